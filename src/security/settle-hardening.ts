/** SELinux type on every Domino pod; privilege escalation and seccomp where hardening is strict. */
import type { SettleNote, Work, WorkingContainer } from './settle.ts';
import { asMap, type Json } from './template.ts';

/** The type stands on the pod; a container's own options, and level, user and role, give way. */
export function settleSeLinux(work: Work): void {
  const limit = work.containers.find(({ limits }) => limits.seLinuxType.rule !== 'free')?.limits
    .seLinuxType;
  if (limit === undefined || limit.rule === 'free') return;
  work.context.seLinuxOptions = { type: limit.value };
  for (const { context } of work.containers) {
    if (asMap(context.seLinuxOptions)) context.seLinuxOptions = { type: limit.value };
  }
}

export function settleEscalation(container: WorkingContainer, notes: SettleNote[]): void {
  const { context, limits, name } = container;
  // Refused by the API beside privileged: true or the literal CAP_SYS_ADMIN (T44).
  const cannot = context.privileged === true || addsLiteralSysAdmin(context);
  if (cannot && context.allowPrivilegeEscalation === false) {
    delete context.allowPrivilegeEscalation;
    notes.push({
      code: 'DPS3009',
      container: name,
      field: 'allowPrivilegeEscalation',
      message: `Container "${name}" sets allowPrivilegeEscalation: false beside a privilege with which the API server refuses it; the field is removed.`,
    });
  }
  if (limits.allowPrivilegeEscalation.rule === 'equals' && !cannot) {
    context.allowPrivilegeEscalation = limits.allowPrivilegeEscalation.value;
  }
}

function addsLiteralSysAdmin(context: Json): boolean {
  const add = asMap(context.capabilities)?.add;
  return Array.isArray(add) && add.includes('CAP_SYS_ADMIN');
}

/** RuntimeDefault on the pod when every container takes it, else on those that do. */
export function settleSeccomp(work: Work): void {
  const locked = work.containers.filter(({ limits }) => limits.seccompProfile.rule === 'equals');
  if (locked.length === 0) return;
  const podConfined = isConfined(work.context);
  if (!podConfined && locked.length === work.containers.length) {
    work.context.seccompProfile = { type: 'RuntimeDefault' };
  }
  const inherited = podConfined || isConfined(work.context);
  for (const { context } of locked) {
    if (isConfined(context)) continue;
    if (asMap(context.seccompProfile) === undefined && inherited) continue;
    context.seccompProfile = { type: 'RuntimeDefault' };
  }
}

/** RuntimeDefault, or a profile of the node's own, which is the administrator's stricter choice. */
function isConfined(context: Json): boolean {
  const type = asMap(context.seccompProfile)?.type;
  return type === 'RuntimeDefault' || type === 'Localhost';
}
