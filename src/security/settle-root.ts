/** runAsNonRoot and uid 0, which live on the pod and on its containers. */
import type { SettleNote, Work, WorkingContainer } from './settle.ts';

/**
 * A container that must not be root gets an effective `runAsNonRoot: true` and no uid 0: with both
 * it would never start (T45). Where only some may be root, a pod-level uid 0 moves down to those.
 */
export function settleRoot(work: Work): void {
  const locked = work.containers.filter(({ limits }) => limits.runAsNonRoot.rule === 'equals');
  for (const container of locked) noteLostRoot(work, container);
  // Own values first: without its own uid 0 a container inherits the pod's.
  for (const { context } of locked) {
    if (context.runAsUser === 0) delete context.runAsUser;
    if (context.runAsNonRoot === false) context.runAsNonRoot = true;
  }
  if (locked.length > 0 && locked.length === work.containers.length) lockPod(work);
  else lockSome(work, locked);
  for (const container of work.containers) {
    if (container.limits.runAsNonRoot.rule === 'atMost') settleMayBeRoot(work, container);
  }
}

function lockPod(work: Work): void {
  if (work.context.runAsUser === 0) delete work.context.runAsUser;
  const silent = work.containers.some(({ context }) => context.runAsNonRoot !== true);
  if (silent) work.context.runAsNonRoot = true;
}

function lockSome(work: Work, locked: readonly WorkingContainer[]): void {
  const inherits = locked.some(({ context }) => context.runAsUser === undefined);
  if (work.context.runAsUser === 0 && inherits) {
    delete work.context.runAsUser;
    for (const container of work.containers) {
      if (!locked.includes(container)) container.context.runAsUser ??= 0;
    }
  }
  if (work.context.runAsNonRoot === true) return;
  for (const container of locked) container.context.runAsNonRoot = true;
}

/** What the container's user is, before anything is changed. */
function asksForRoot(work: Work, container: WorkingContainer): string | undefined {
  const uid = container.context.runAsUser ?? work.context.runAsUser;
  if (uid === 0) return 'runAsUser: 0';
  const nonRoot = container.context.runAsNonRoot ?? work.context.runAsNonRoot;
  return nonRoot === false && uid === undefined ? 'runAsNonRoot: false' : undefined;
}

function noteLostRoot(work: Work, container: WorkingContainer): void {
  const asked = asksForRoot(work, container);
  if (asked === undefined) return;
  work.notes.push({
    code: 'DPS3001',
    container: container.name,
    field: asked.startsWith('runAsUser') ? 'runAsUser' : 'runAsNonRoot',
    message: `Container "${container.name}" asks for root (${asked}), which is above its ceiling; runAsNonRoot: true is written.`,
  });
}

function settleMayBeRoot(work: Work, container: WorkingContainer): void {
  const { limits, context, name } = container;
  const effective = context.runAsNonRoot ?? work.context.runAsNonRoot;
  const limit = limits.runAsNonRoot;
  if (limit.rule !== 'atMost') return;
  if (limit.value) noteAssumed(work, container);
  if (effective !== undefined && effective !== null) return;
  const uid = context.runAsUser ?? work.context.runAsUser;
  if (typeof uid === 'number' && uid !== 0) return;
  if (!limit.value && limits.need?.runAsNonRoot !== undefined) {
    // The image runs as root and says so nowhere: made visible, not granted.
    context.runAsNonRoot = limits.need.runAsNonRoot;
    return;
  }
  if (uid === 0) return;
  const note: SettleNote = {
    code: 'DPS3003',
    container: name,
    field: 'runAsNonRoot',
    message: `Container "${name}" states no user; whether its image runs as root is unknown.`,
  };
  work.notes.push(note);
}

function noteAssumed(work: Work, container: WorkingContainer): void {
  const asked = asksForRoot(work, container);
  if (asked === undefined) return;
  work.notes.push({
    code: 'DPS3002',
    container: container.name,
    field: 'runAsNonRoot',
    message: `Container "${container.name}" asks for root (${asked}), above its assumed ceiling; the value is kept.`,
  });
}
