/** A container under one SCC: what the plugin writes into it, and every reason against it in the plugin's order. */
import { checkCapabilities, generateCapabilities } from './capabilities.ts';
import { appArmorFromAnnotation, capabilitiesOf, containerContext } from './contexts.ts';
import { child, invalid, type Failure, type Place } from './failure.ts';
import { checkUser, generateUser } from './ids.ts';
import { checkHostNamespace, checkHostPorts } from './pod-rules.ts';
import type { Provider } from './provider.ts';
import type { CapabilitiesView, ContainerView, PodView, SeccompProfile } from './read.ts';
import { checkSeccomp, containerAnnotation, effectiveSeccomp, profileOf } from './seccomp.ts';
import { checkSeLinux } from './selinux.ts';
import type { ContainerContext, Scc } from './types.ts';

export interface Assignment {
  failures: Failure[];
  pod: Record<string, unknown>;
  /** The value of the pod's seccomp annotation after mutation; empty for none. */
  seccompAnnotation: string;
  /** Complete when there are no failures. */
  containers: ContainerContext[];
  /** Annotations whose unknown values are missing from the contexts. */
  valuesFrom: Set<string>;
}

/** What containers inherit from the pod after its mutation. */
export interface Inherited {
  seLinuxGenerated: boolean;
  seccompAnnotation: string;
  seccompProfile: SeccompProfile | undefined;
  appArmorProfile: unknown;
}

type Changes = Record<string, unknown>;

/** The uid and runAsNonRoot: what is written, then what is wrong. */
function assignUser(
  provider: Provider,
  pod: PodView,
  container: ContainerView,
  changes: Changes,
  result: Assignment,
): void {
  const place = containerPlace(container);
  let uid = container.runAsUser ?? pod.context.runAsUser;
  let nonRoot = container.runAsNonRoot ?? pod.context.runAsNonRoot;
  if (uid === undefined) {
    const generated = generateUser(provider.user);
    if (generated !== undefined && 'unknown' in generated) {
      // The uid will be right, whatever it is; whether it is 0 (and so runAsNonRoot) only the annotation tells.
      result.valuesFrom.add(generated.unknown);
      return;
    }
    if (generated !== undefined) {
      uid = generated.value;
      changes['runAsUser'] = uid;
    }
  }
  if (nonRoot === undefined) {
    const byUid = provider.features.nonRootFromUid && uid !== undefined && uid > 0;
    if (uid === undefined ? provider.user.type === 'nonRoot' : byUid) {
      nonRoot = true;
      changes['runAsNonRoot'] = true;
    }
  }
  result.failures.push(...checkUser(provider.user, place, uid, nonRoot));
}

function containerPlace(container: ContainerView): Place {
  return {
    field: `.${container.place}`,
    named: true,
    path: `spec.${container.place}.securityContext`,
  };
}

/** Only the literal CAP_SYS_ADMIN counts, as in the API's own validation. */
function escalates(container: ContainerView, capabilities: CapabilitiesView | undefined): boolean {
  return container.privileged === true || capabilities?.add.includes('CAP_SYS_ADMIN') === true;
}

function defaultEscalation(
  scc: Scc,
  container: ContainerView,
  capabilities: CapabilitiesView | undefined,
): boolean | undefined {
  if (container.allowPrivilegeEscalation !== undefined) return undefined;
  const byDefault = scc.defaultAllowPrivilegeEscalation;
  if (byDefault !== undefined && !escalates(container, capabilities)) return byDefault;
  return scc.allowPrivilegeEscalation ? undefined : false;
}

function checkPrivileged(scc: Scc, place: Place, container: ContainerView): Failure[] {
  if (scc.allowPrivilegedContainer || container.privileged !== true) return [];
  return [invalid(child(place, 'privileged'), true, 'Privileged containers are not allowed')];
}

function checkReadOnlyRoot(scc: Scc, place: Place, readOnly: boolean | undefined): Failure[] {
  // An unset field was set to true by the mutation.
  if (!scc.readOnlyRootFilesystem || readOnly !== false) return [];
  return [
    invalid(
      child(place, 'readOnlyRootFilesystem'),
      false,
      'ReadOnlyRootFilesystem must be set to true',
    ),
  ];
}

function checkEscalation(scc: Scc, place: Place, allowed: boolean | undefined): Failure[] {
  if (scc.allowPrivilegeEscalation || allowed === false) return [];
  return [
    invalid(
      child(place, 'allowPrivilegeEscalation'),
      allowed ?? null,
      'Allowing privilege escalation for containers is not allowed',
    ),
  ];
}

/** A container's seccomp annotation overrides its field; returns the value that it is judged by. */
function assignSeccomp(
  pod: PodView,
  container: ContainerView,
  inherited: Inherited,
  changes: Changes,
): string {
  const annotation = containerAnnotation(pod, container.name);
  let { seccompProfile } = container;
  if (annotation !== undefined) {
    seccompProfile = profileOf(annotation);
    if (seccompProfile !== undefined || container.seccompProfile !== undefined)
      changes['seccompProfile'] = seccompProfile;
  }
  return effectiveSeccomp(
    seccompProfile,
    annotation,
    inherited.seccompProfile,
    inherited.seccompAnnotation,
  );
}

/** Mutates and checks one container; adds to `result`. */
export function assignContainer(
  provider: Provider,
  pod: PodView,
  container: ContainerView,
  inherited: Inherited,
  result: Assignment,
): void {
  const { scc, features } = provider;
  const { failures } = result;
  const place = containerPlace(container);
  const changes: Changes = {};
  assignUser(provider, pod, container, changes, result);

  const seLinux =
    container.seLinuxOptions ??
    (inherited.seLinuxGenerated ? undefined : pod.context.seLinuxOptions);
  if (seLinux !== undefined) failures.push(...checkSeLinux(provider.seLinux, place, seLinux));

  const seccomp = assignSeccomp(pod, container, inherited, changes);
  failures.push(...checkSeccomp(provider.seccomp, seccomp, container));
  failures.push(...checkPrivileged(scc, place, container));
  const capabilities = generateCapabilities(scc, container.capabilities);
  // The same object means that nothing was added, and what was written stays as it was.
  if (capabilities !== container.capabilities)
    changes['capabilities'] = capabilities && capabilitiesOf(capabilities);
  const escalation = defaultEscalation(scc, container, capabilities);
  if (escalation !== undefined) changes['allowPrivilegeEscalation'] = escalation;
  const readOnly = container.readOnlyRootFilesystem;
  if (scc.readOnlyRootFilesystem && readOnly === undefined)
    changes['readOnlyRootFilesystem'] = true;
  failures.push(
    ...checkCapabilities(scc, place, capabilities),
    ...checkHostNamespace(scc, pod, place, 'hostNetwork'),
    ...checkHostPorts(scc, pod.containers, place),
    ...checkHostNamespace(scc, pod, place, 'hostPID'),
    ...checkHostNamespace(scc, pod, place, 'hostIPC'),
    ...checkReadOnlyRoot(scc, place, readOnly),
    ...checkEscalation(scc, place, container.allowPrivilegeEscalation ?? escalation),
  );

  // Nobody looks at the contexts of a pod that is refused.
  if (failures.length > 0) return;
  if (features.appArmorFields) {
    const appArmor = appArmorFromAnnotation(pod, container, inherited.appArmorProfile);
    if (appArmor !== undefined) changes['appArmorProfile'] = appArmor;
  }
  result.containers.push({
    name: container.name,
    securityContext: applied(containerContext(container), changes),
  });
}

/** The context with the changes; a change to undefined takes the field away. */
function applied(
  context: Record<string, unknown> | null,
  changes: Changes,
): Record<string, unknown> | null {
  const keys = Object.keys(changes);
  if (keys.length === 0) return context;
  const result = context ?? {};
  for (const key of keys) {
    if (changes[key] === undefined) Reflect.deleteProperty(result, key);
    else result[key] = changes[key];
  }
  return result;
}
