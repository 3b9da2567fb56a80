/** privileged and capabilities: the controls that only a container has. */
import { ANY_CAPABILITY } from './decide.ts';
import type { SettleNote, WorkingContainer } from './settle.ts';
import { asMap } from './template.ts';

export function settlePrivileged(container: WorkingContainer, notes: SettleNote[]): void {
  const { context, limits, name } = container;
  const limit = limits.privileged;
  if (limit.rule === 'free' || (limit.rule === 'atMost' && limit.value)) return;
  const asked = context.privileged === true;
  if (limit.rule === 'equals') context.privileged = false;
  if (!asked) return;
  const kept = limit.rule === 'atMost';
  notes.push({
    code: kept ? 'DPS3002' : 'DPS3001',
    container: name,
    field: 'privileged',
    message: kept
      ? `Container "${name}" asks for privileged: true, above its assumed ceiling; the value is kept.`
      : `Container "${name}" asks for privileged: true, which is above its ceiling; privileged: false is written.`,
  });
}

export function settleCapabilities(container: WorkingContainer, notes: SettleNote[]): void {
  const limit = container.limits.capabilities;
  if (limit.rule === 'free') return;
  const capabilities = asMap(container.context.capabilities);
  const drop = strings(capabilities?.drop);
  const add = strings(capabilities?.add);
  const excess = excessOf(add, limit.value.add);
  const taken = limit.rule === 'equals' || limit.reason.confidence !== 'assumed';
  if (excess.length > 0) note(container, excess, taken, notes);
  const next = { ...capabilities };
  if (excess.length > 0 && taken) {
    const kept = add.filter((name) => !excess.includes(name));
    if (kept.length > 0) next.add = kept;
    else delete next.add;
  }
  if (!drop.includes('ALL') && dropsAll(container, drop, add)) next.drop = ['ALL'];
  if (capabilities !== undefined || next.drop !== undefined) container.context.capabilities = next;
}

function excessOf(add: readonly string[], allowed: readonly string[]): string[] {
  if (allowed.includes(ANY_CAPABILITY)) return [];
  return add.filter((name) => !allowed.includes(bare(name)));
}

/**
 * Under `equals`, ALL is dropped. Under a ceiling a stated drop list stands, and an unset one is
 * filled with what the upstream chart drops, unless the chart then lacked what it adds upstream.
 */
function dropsAll(
  { limits }: WorkingContainer,
  drop: readonly string[],
  add: readonly string[],
): boolean {
  if (limits.capabilities.rule === 'equals') return true;
  const need = limits.need?.capabilities;
  if (drop.length > 0 || need?.drop?.includes('ALL') !== true) return false;
  return (need.add ?? []).every((name) => add.some((added) => bare(added) === name));
}

function note(
  { name }: WorkingContainer,
  excess: readonly string[],
  taken: boolean,
  notes: SettleNote[],
): void {
  const list = excess.join(', ');
  notes.push({
    code: taken ? 'DPS3001' : 'DPS3002',
    container: name,
    field: 'capabilities.add',
    message: taken
      ? `Container "${name}" adds capabilities above its ceiling (${list}); they are removed.`
      : `Container "${name}" adds capabilities above its assumed ceiling (${list}); they are kept.`,
  });
}

/** The API accepts a capability with and without the kernel's prefix. */
function bare(capability: string): string {
  return capability.startsWith('CAP_') ? capability.slice('CAP_'.length) : capability;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
