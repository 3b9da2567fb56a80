/**
 * Pod Security Standards: what the admission plugin of Kubernetes 1.0 to 1.37 says of a pod, without
 * a cluster. Pure, and never throws whatever a pod holds.
 */
export { CHECKS } from './checks/index.ts';
export { checkTableProblems } from './registry.ts';
export { evaluatePod, evaluateView, type EvaluateOptions, type PodVerdict } from './evaluate.ts';
export {
  compareLevels,
  DEFAULT_POLICY,
  parseLevel,
  parseNamespaceLabels,
  type LabelError,
  type NamespacePolicy,
} from './labels.ts';
export {
  judgeNamespaced,
  refusalsOf,
  type Exemptions,
  type NamespacedPod,
  type NamespaceJudgement,
  type PsaOutcome,
  type PsaRefusal,
} from './namespace.ts';
export { runVersionCases, VERSION_CASES, type SelftestFigures } from './selftest-cases.ts';
export { MAX_MINOR, MAX_VERSION, parsePolicyVersion } from './version.ts';
export type { Check, CheckResult, Level, PolicyVersion } from './types.ts';
