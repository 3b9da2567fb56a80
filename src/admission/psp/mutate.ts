/** The defaults that a policy writes into a pod (podsecuritypolicy/provider.go MutatePod). Nothing that is set is changed. */
import { generateCapabilities } from '../scc/capabilities.ts';
import { capabilitiesOf } from '../scc/contexts.ts';
import type { PspFeatures } from './features.ts';
import { generateId } from './ids.ts';
import { appArmorKey, generateSeccomp, SECCOMP_POD } from './profiles.ts';
import type { ContainerView, PodView } from './read.ts';
import type { Psp } from './types.ts';

/** What was written, by field; all empty means that the policy takes the pod as it is. */
export interface Written {
  pod: Record<string, unknown>;
  /** By position in `PodView.containers`. */
  containers: Record<string, unknown>[];
  annotations: Record<string, string>;
  runtimeClassName?: string;
}

export interface Mutation {
  /** The pod as it is validated and stored. */
  pod: PodView;
  written: Written;
}

/** Whether anything was written. */
export function changesPod({ pod, containers, annotations, runtimeClassName }: Written): boolean {
  return (
    runtimeClassName !== undefined ||
    [pod, annotations, ...containers].some((fields) => Object.keys(fields).length > 0)
  );
}

/** Sets a field that is not set yet, and records it. */
function fill<T extends object, K extends keyof T & string>(
  target: T,
  written: Record<string, unknown>,
  key: K,
  value: T[K] | undefined,
): void {
  if (value === undefined) return;
  target[key] = value;
  written[key] = value;
}

function fillPod(
  psp: Psp,
  view: PodView,
): { context: PodView['context']; written: Record<string, unknown> } {
  const context = { ...view.context };
  const written: Record<string, unknown> = {};
  if (context.supplementalGroups === undefined) {
    const group = generateId(psp.supplementalGroups);
    if (group !== undefined) fill(context, written, 'supplementalGroups', [group]);
  }
  if (context.fsGroup === undefined) fill(context, written, 'fsGroup', generateId(psp.fsGroup));
  if (context.seLinuxOptions === undefined && psp.seLinux.rule === 'MustRunAs')
    fill(context, written, 'seLinuxOptions', psp.seLinux.seLinuxOptions);
  return { context, written };
}

/** allowPrivilegeEscalation where the container does not say: the default, else no where yes is not allowed. */
function escalation(psp: Psp): boolean | undefined {
  return psp.defaultAllowPrivilegeEscalation ?? (psp.allowPrivilegeEscalation ? undefined : false);
}

type Fields = Record<string, unknown>;

function fillIds(
  psp: Psp,
  { context }: PodView,
  container: ContainerView,
  written: Fields,
  features: PspFeatures,
): void {
  if ((container.runAsUser ?? context.runAsUser) === undefined)
    fill(container, written, 'runAsUser', generateId(psp.runAsUser));
  if (features.runAsGroup && (container.runAsGroup ?? context.runAsGroup) === undefined)
    fill(container, written, 'runAsGroup', generateId(psp.runAsGroup));
  const nonRoot = container.runAsNonRoot ?? context.runAsNonRoot;
  const user = container.runAsUser ?? context.runAsUser;
  // With a uid there is nothing left for the kubelet to look up, so the flag stays as it is.
  if (nonRoot === undefined && user === undefined && psp.runAsUser.rule === 'MustRunAsNonRoot')
    fill(container, written, 'runAsNonRoot', true);
}

/** SELinux options of the pod, written or not, hold for its containers: none are set there. */
function fillContainer(
  psp: Psp,
  pod: PodView,
  view: ContainerView,
  features: PspFeatures,
): { container: ContainerView; written: Fields } {
  const container = { ...view };
  const written: Fields = {};
  if (view.dropped && features.ephemeralContainers === 'absent') return { container, written };
  fillIds(psp, pod, container, written, features);
  const capabilities = generateCapabilities(psp, container.capabilities);
  if (capabilities !== undefined && capabilities !== container.capabilities) {
    container.capabilities = capabilities;
    written['capabilities'] = capabilitiesOf(capabilities);
  }
  if (psp.readOnlyRootFilesystem && container.readOnlyRootFilesystem === undefined)
    fill(container, written, 'readOnlyRootFilesystem', true);
  if (container.allowPrivilegeEscalation === undefined)
    fill(container, written, 'allowPrivilegeEscalation', escalation(psp));
  return { container, written };
}

/** Annotations that the policy writes: seccomp of the pod, AppArmor of each container. */
function newAnnotations(psp: Psp, pod: PodView, features: PspFeatures): Record<string, string> {
  const annotations: Record<string, string> = {};
  const seccomp = generateSeccomp(psp, pod);
  if (seccomp !== (pod.annotations[SECCOMP_POD] ?? '')) annotations[SECCOMP_POD] = seccomp;
  const { default: profile } = psp.appArmor;
  if (profile === undefined || profile === '') return annotations;
  for (const { name, dropped } of pod.containers) {
    if (dropped && features.ephemeralContainers === 'absent') continue;
    const key = appArmorKey(name);
    if ((pod.annotations[key] ?? '') === '') annotations[key] = profile;
  }
  return annotations;
}

/** A copy of the pod with the policy's defaults, and what they are. The input is not changed. */
export function mutate(psp: Psp, view: PodView, features: PspFeatures): Mutation {
  const { context, written: pod } = fillPod(psp, view);
  const annotations = newAnnotations(psp, view, features);
  const runtimeClass = features.runtimeClass ? psp.runtimeClass?.default : undefined;
  const mutated: PodView = {
    ...view,
    context,
    annotations: { ...view.annotations, ...annotations },
    runtimeClassName: view.runtimeClassName ?? runtimeClass,
  };
  const filled = view.containers.map((container) =>
    fillContainer(psp, mutated, container, features),
  );
  mutated.containers = filled.map(({ container }) => container);
  const written: Written = { pod, annotations, containers: filled.map((one) => one.written) };
  if (view.runtimeClassName === undefined && runtimeClass !== undefined)
    written.runtimeClassName = runtimeClass;
  return { pod: mutated, written };
}
