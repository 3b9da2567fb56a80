/**
 * PodSecurityPolicy (policy/v1beta1, Kubernetes before 1.25): what its admission plugin says of a pod,
 * without a cluster. Pure, and never throws whatever a pod holds.
 */
export {
  admitPod,
  createPspAdmission,
  type PspAdmission,
  type PspRequest,
  type PspSetup,
} from './admit.ts';
export { available } from './features.ts';
export { mutatedPod } from './mutated-pod.ts';
export { parsePsp, readPsps } from './parse.ts';
export {
  controllerUser,
  NO_PSP_GRANTS,
  pspGrantsForNamespace,
  readPspGrants,
  type PspGrant,
  type PspGrants,
} from './rbac.ts';
export type { AnyPsp, MutatedPod, Psp, PspRefusal, PspVerdict } from './types.ts';
