/**
 * What still refuses a pod that an SCC has admitted: the API server validates the pod as the SCC
 * has written it, then the plugin's final validation must not find anything left to write.
 */
import type { Assignment } from './assign-container.ts';
import { forbidden, invalid, type Failure, type Place } from './failure.ts';
import type { Provider } from './provider.ts';
import type { ContainerView, PodView } from './read.ts';
import { DOCKER_DEFAULT, isValidAnnotation, SECCOMP_POD } from './seccomp.ts';
import type { ContainerContext } from './types.ts';

const SYS_ADMIN = 'CAP_SYS_ADMIN';

/** Why `allowPrivilegeEscalation: false` can not stand (Kubernetes validation.go ValidateSecurityContext). */
function conflict(escalation: unknown, privileged: unknown, add: unknown): string | undefined {
  if (escalation !== false) return undefined;
  if (privileged === true) return '`privileged` to true';
  return Array.isArray(add) && add.includes(SYS_ADMIN)
    ? `\`capabilities.Add\` ${SYS_ADMIN}`
    : undefined;
}

function written({ securityContext }: ContainerContext): string | undefined {
  const capabilities = securityContext?.['capabilities'] as { add?: unknown } | undefined;
  return conflict(
    securityContext?.['allowPrivilegeEscalation'],
    securityContext?.['privileged'],
    capabilities?.add,
  );
}

function stated({ allowPrivilegeEscalation, privileged, capabilities }: ContainerView): boolean {
  return conflict(allowPrivilegeEscalation, privileged, capabilities?.add) !== undefined;
}

/** What the server's validation says of the pod as written, where it had nothing to say of the pod as sent. */
function invalidAsWritten(assignment: Assignment, pod: PodView): Failure | undefined {
  const { seccompAnnotation } = assignment;
  const sent =
    pod.context.seccompProfile !== undefined || (pod.annotations[SECCOMP_POD] ?? '') !== '';
  if (!sent && seccompAnnotation !== '' && !isValidAnnotation(seccompAnnotation)) {
    const field = `metadata.annotations.${SECCOMP_POD}`;
    const place = { field, named: false, path: `metadata.annotations[${SECCOMP_POD}]` };
    return invalid(place, seccompAnnotation, 'must be a valid seccomp profile');
  }
  for (const [i, container] of pod.containers.entries()) {
    const context = assignment.containers[i];
    const why = context === undefined || stated(container) ? undefined : written(context);
    if (why === undefined) continue;
    const path = `spec.${container.place}.securityContext`;
    const place: Place = { field: path, named: false, path };
    // The server prints the whole context as the value; its words without it.
    return {
      ...place,
      kind: 'Invalid value',
      detail: `cannot set \`allowPrivilegeEscalation\` to false and ${why}`,
    };
  }
  return undefined;
}

/** A reason against a pod without failures; `byPlugin` where it is the plugin's final validation. */
export interface LateRefusal {
  failure: Failure;
  byPlugin: boolean;
}

/**
 * The first reason that comes up only after an SCC has admitted a pod. The final validation writes
 * the seccomp annotation anew from the field, and so never agrees with `docker/default`
 * (apiserver-library-go sccadmission Validate, seccomp/strategy.go Generate).
 */
export function refusedAfterwards(
  { features }: Provider,
  assignment: Assignment,
  pod: PodView,
): LateRefusal | undefined {
  const failure = invalidAsWritten(assignment, pod);
  if (failure !== undefined) return { failure, byPlugin: false };
  if (!features.seccompFromField || assignment.seccompAnnotation !== DOCKER_DEFAULT)
    return undefined;
  const place = {
    field: `pod.metadata.annotations[${SECCOMP_POD}]`,
    named: false,
    path: 'spec.securityContext.seccompProfile',
  };
  const detail = `${DOCKER_DEFAULT} would become runtime/default in the final validation, which may not change the pod`;
  return { failure: forbidden(place, detail), byPlugin: true };
}
