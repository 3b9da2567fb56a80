/**
 * Turns the table of checks into one list for each level and version. Source: policy/registry.go of
 * kubernetes/pod-security-admission.
 */
import { MAX_MINOR } from './version.ts';
import type { Check, CheckPod } from './types.ts';

/** A check as it stands at one version. */
export interface CheckRow {
  readonly id: string;
  readonly check: CheckPod;
}

/** The lists by minor version, v1.0 first. */
export interface CheckLists {
  readonly baseline: readonly (readonly CheckRow[])[];
  readonly restricted: readonly (readonly CheckRow[])[];
}

function minorOf(since: string): number {
  return Number(since.slice(2));
}

/** Problems of the versions of one check; a sound check has none. */
function versionProblems(check: Check, levels: ReadonlyMap<string, string>): string[] {
  const problems: string[] = [];
  let last = -1;
  for (const { since, overrides = [] } of check.versions) {
    const minor = minorOf(since);
    if (!(minor > last && minor <= MAX_MINOR)) {
      problems.push(`Check ${check.id}: version ${since} is out of order or out of range.`);
    }
    last = minor;
    for (const id of overrides) {
      if (check.level !== 'restricted') {
        problems.push(`Check ${check.id}: only a restricted check may override another.`);
      }
      if (levels.get(id) !== 'baseline') {
        problems.push(`Check ${check.id}: overrides "${id}", which is no baseline check.`);
      }
    }
  }
  return problems;
}

/** Everything that is wrong with a table of checks, one sentence each; an empty list when sound. */
export function checkTableProblems(checks: readonly Check[]): string[] {
  const problems: string[] = [];
  const levels = new Map<string, string>();
  for (const check of checks) {
    if (levels.has(check.id)) problems.push(`Check ${check.id}: the id is used twice.`);
    levels.set(check.id, check.level);
    if (check.versions.length === 0) problems.push(`Check ${check.id}: there is no version.`);
  }
  return [...problems, ...checks.flatMap((check) => versionProblems(check, levels))];
}

function inForce(check: Check, minor: number): Check['versions'][number] | undefined {
  return check.versions.findLast((row) => minorOf(row.since) <= minor);
}

function rowsAt(checks: readonly Check[], minor: number, skip: ReadonlySet<string>): CheckRow[] {
  const rows: CheckRow[] = [];
  for (const check of checks) {
    const row = inForce(check, minor);
    if (row !== undefined && !skip.has(check.id)) rows.push({ id: check.id, check: row.check });
  }
  return rows;
}

/** The checks of every level and version in the order in which the server reports them. */
export function checkLists(checks: readonly Check[]): CheckLists {
  const sorted = [...checks].sort((a, b) => (a.id < b.id ? -1 : 1));
  const baselineChecks = sorted.filter((check) => check.level === 'baseline');
  const restrictedChecks = sorted.filter((check) => check.level === 'restricted');
  const baseline: CheckRow[][] = [];
  const restricted: CheckRow[][] = [];
  const nothing = new Set<string>();
  for (let minor = 0; minor <= MAX_MINOR; minor += 1) {
    const overridden = new Set(
      restrictedChecks.flatMap((check) => inForce(check, minor)?.overrides ?? []),
    );
    baseline.push(rowsAt(baselineChecks, minor, nothing));
    restricted.push([
      ...rowsAt(baselineChecks, minor, overridden),
      ...rowsAt(restrictedChecks, minor, nothing),
    ]);
  }
  return { baseline, restricted };
}
