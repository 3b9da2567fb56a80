/** Runs what is built in to check the three engines, anywhere and without data. */
import { createPspAdmission, parsePsp, pspGrantsForNamespace } from './psp/index.ts';
import { checkTableProblems, CHECKS, runVersionCases } from './pss/index.ts';
import { createSccAdmission } from './scc/admit.ts';
import { grantsForNamespace } from './scc/rbac.ts';
import { sccsForRelease } from './scc/tables.ts';
import { MCS, SUPPLEMENTAL_GROUPS, UID_RANGE } from './scc/types.ts';
import { PERMISSIVE, PSP_CASES, SCC_CASES, type PspCase, type SccCase } from './selftest-cases.ts';
import { isMapping } from '../yaml/mapping.ts';

export interface SelftestRow {
  readonly engine: string;
  readonly cases: number;
  readonly verdicts: number;
  /** One sentence each. */
  readonly wrong: readonly string[];
}

const NAMESPACE = {
  name: 'selftest',
  annotations: {
    [UID_RANGE]: '1000650000/10000',
    [MCS]: 's0:c26,c5',
    [SUPPLEMENTAL_GROUPS]: '1000650000/10000',
  },
};
/** The last Kubernetes that has PodSecurityPolicies. */
const PSP_MINOR = 24;

function sccProblem({
  name,
  minor,
  bind,
  spec,
  annotations,
  scc,
  runAsUser,
}: SccCase): string | null {
  const release = sccsForRelease({ minor, z: 99 });
  if (!release.ok) return `Case "${name}": ${release.reason}`;
  const grants = grantsForNamespace(NAMESPACE.name, bind);
  const admission = createSccAdmission({ sccs: release.sccs, features: release.features, grants });
  const pod = { metadata: { annotations: annotations ?? {} }, spec };
  const verdict = admission({ pod, namespace: NAMESPACE });
  if (verdict.scc !== scc || verdict.admitted !== (scc !== null)) {
    return `Case "${name}": ${verdict.scc ?? 'refused'} instead of ${scc ?? 'refused'}.`;
  }
  const context = verdict.mutated?.containers[0]?.securityContext;
  const uid = isMapping(context) ? context.runAsUser : undefined;
  if (runAsUser === undefined || uid === runAsUser) return null;
  return `Case "${name}": runs as ${String(uid)} instead of ${runAsUser}.`;
}

function pspProblem({ name, spec, policies, usable, psp }: PspCase): string | null {
  const admission = createPspAdmission({
    policies: Object.entries(policies).map(([policy, more]) =>
      parsePsp({ metadata: { name: policy }, spec: { ...PERMISSIVE, ...more } }),
    ),
    grants: pspGrantsForNamespace(NAMESPACE.name, usable),
    kubernetesMinor: PSP_MINOR,
  });
  const verdict = admission({ pod: { metadata: {}, spec }, namespace: NAMESPACE.name });
  const isRight = verdict.psp === psp && verdict.admitted === (psp !== null);
  return isRight
    ? null
    : `Case "${name}": ${verdict.psp ?? 'refused'} instead of ${psp ?? 'refused'}.`;
}

function row<T>(
  engine: string,
  cases: readonly T[],
  problemOf: (item: T) => string | null,
): SelftestRow {
  const wrong = cases.map(problemOf).filter((problem) => problem !== null);
  return { engine, cases: cases.length, verdicts: cases.length, wrong };
}

/** Every built-in case of every engine; v1.34 to v1.37 of Pod Security stand apart. */
export function runSelftest(): readonly SelftestRow[] {
  const { cases, verdicts, wrong } = runVersionCases();
  return [
    {
      engine: 'Pod Security: table of checks',
      cases: CHECKS.length,
      verdicts: CHECKS.length,
      wrong: checkTableProblems(CHECKS),
    },
    { engine: 'Pod Security: v1.33 to v1.37, own cases', cases, verdicts, wrong },
    row('SecurityContextConstraints, own cases', SCC_CASES, sccProblem),
    row('PodSecurityPolicy, own cases', PSP_CASES, pspProblem),
  ];
}
