/** What is said of a pod that differs from one already judged in its names alone. */
import { identityOf } from '../security/identity.ts';
import { standingOf, type Standing } from '../security/standing.ts';
import { NO_TEXTS } from '../workloads/metadata.ts';
import type { ManifestObject, PodNames, PodTemplate } from '../workloads/types.ts';
import { auditPod } from './context.ts';
import { judgeAgain, type AuditContext, type ObjectAudit } from './judge.ts';
import type { AuditPod } from './types.ts';

/** Namespaces of one form. */
const MAX_KNOWN = 100;

/**
 * The audit of a twin by its names; undefined where they make a difference, or where what is found will be
 * shown with its place: then it has to be judged by its text. One object serves all twins: it holds until
 * the next is asked for.
 * @param kept what is read of the pod, without what would keep the text of its document alive
 */
export function twinAudit(
  { pods, isSilent, isOfObject }: ObjectAudit,
  context: AuditContext,
  kept: () => PodTemplate | undefined,
): ((names: PodNames) => ObjectAudit | undefined) | undefined {
  const [audit] = pods;
  if (isOfObject || audit === undefined || !isPlain(audit.pod.standing)) return undefined;
  const template = kept();
  if (template === undefined) return undefined;
  const { policy, target } = context;
  const pod = auditPod(bare(audit.pod.object), template, policy, target);
  if (audit.pod.shape !== undefined) pod.shape = audit.pod.shape;
  const silent: ObjectAudit = { findings: [], pods: [{ ...audit, pod }], isSilent, isOfObject };
  const { state } = pod.standing;
  const decided = decideAgain(pod, context);
  const known = new Map<string | undefined, Standing>();
  const standing = (): Standing => {
    // Without the catalog, the namespace alone decides.
    const found = policy.useCatalog ? undefined : known.get(pod.object.namespace);
    if (found !== undefined) return found;
    const made = standingOf(identityOf(pod.object, pod.pod), pod.pod.spec, policy);
    if (known.size < MAX_KNOWN) known.set(pod.object.namespace, made);
    return made;
  };
  return (names) => {
    if (!isSilent && context.isShown?.() !== false) return undefined;
    Object.assign(pod.object, names);
    pod.standing = standing();
    if (!isPlain(pod.standing) || pod.standing.state !== state) return undefined;
    if (isSilent) return silent;
    return context.namesMatter === false ? decided() : judgeAgain(pod, context);
  };
}

/** What is found is the same for every name: only what becomes of it is asked, since that counts it. */
function decideAgain(pod: AuditPod, context: AuditContext): () => ObjectAudit {
  const { fateOf } = context;
  let audit: ObjectAudit | undefined;
  return () => {
    audit ??= judgeAgain(pod, { ...context, fateOf: () => 'keep' });
    const findings = audit.findings.filter((finding) => fateOf?.(finding, []) !== 'hidden');
    return { ...audit, findings };
  };
}

/** Nothing in the catalog is it, or resembles it. */
function isPlain({ match, others, near, companion, omitted }: Standing): boolean {
  return (
    match === undefined &&
    others.length === 0 &&
    near.length === 0 &&
    companion === undefined &&
    omitted === undefined
  );
}

/** Without what its twins have of their own, and without what would keep the text of its document alive. */
function bare(object: ManifestObject): ManifestObject {
  return {
    ...object,
    labels: NO_TEXTS,
    annotations: NO_TEXTS,
    hooks: [],
    value: {},
    pods: [],
    duplicates: [],
    notices: [],
    locate: () => undefined,
    text: () => ({ text: '', firstLine: Infinity }),
  };
}
