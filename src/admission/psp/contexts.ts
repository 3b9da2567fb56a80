/** The contexts as the server stores them: fields that the release has, nothing null, no empty lists. */
import { fieldOf, isObject, type Json } from '../scc/json.ts';
import type { PspFeatures } from './features.ts';
import type { Mutation } from './mutate.ts';
import { containerSeccomp, fieldOfAnnotation, SECCOMP_POD } from './profiles.ts';
import type { PodView, SeccompProfile } from './read.ts';
import type { MutatedPod } from './types.ts';

/** ProcMountType is off in every release that has policies, so the server stores no other value. */
export const STORED_PROC_MOUNT = 'Default';

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/** One level down only: nothing that admission reads lies deeper, and a file may nest as deep as it likes. */
function cleanInner(key: string, value: Json, { hostProcess }: PspFeatures): object {
  // The parts of SELinux options are plain strings, and an empty one is none.
  const none = key === 'seLinuxOptions' ? '' : null;
  const unknown = key === 'windowsOptions' && !hostProcess ? 'hostProcess' : undefined;
  return Object.fromEntries(
    Object.entries(value).filter(
      ([name, inner]) => !isEmpty(inner) && inner !== none && name !== unknown,
    ),
  );
}

function clean(
  raw: Json | undefined,
  known: ReadonlySet<string>,
  features: PspFeatures,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(raw ?? {})) {
    if (!known.has(key) || isEmpty(value)) continue;
    if (key === 'fsGroupChangePolicy' && !features.fsGroupChangePolicy) continue;
    if (key === 'procMount') result[key] = STORED_PROC_MOUNT;
    else result[key] = isObject(value) ? cleanInner(key, value, features) : value;
  }
  return result;
}

/** The field that goes with an annotation, where the context has none yet (KEP-135, from 1.19 on). */
function synchronised(
  field: unknown,
  annotation: string | undefined,
): { seccompProfile?: SeccompProfile } {
  const profile = field === undefined ? fieldOfAnnotation(annotation) : undefined;
  return profile === undefined ? {} : { seccompProfile: profile };
}

/** Both kinds of contexts after admission; init containers first, and none that the server drops. */
export function storedContexts({ pod, written }: Mutation, features: PspFeatures): MutatedPod {
  const { context } = pod;
  const sync = features.seccompFields
    ? synchronised(context.seccompProfile, pod.annotations[SECCOMP_POD])
    : {};
  return {
    pod: { ...clean(context.raw, features.podFields, features), ...written.pod, ...sync },
    containers: pod.containers.flatMap((container, i) => {
      if (container.dropped) return [];
      const own = features.seccompFields
        ? synchronised(container.seccompProfile, containerSeccomp(pod, container.name))
        : {};
      const more = { ...written.containers[i], ...own };
      const none = container.raw === undefined && Object.keys(more).length === 0;
      const kept = clean(container.raw, features.containerFields, features);
      const securityContext = none ? null : { ...kept, ...more };
      return [{ name: container.name, securityContext }];
    }),
  };
}

/** Parts of the pod that no policy looks at, in words: what the release does not have, and Windows' hostProcess. */
export function uncheckedFields(pod: PodView, features: PspFeatures): string[] {
  const notes = (raw: Json | undefined, path: string, known: ReadonlySet<string>): string[] => {
    if (raw === undefined) return [];
    const unknown = Object.keys(raw).filter((key) => !known.has(key));
    const windows = fieldOf(raw, 'windowsOptions');
    const hostProcess = isObject(windows) && fieldOf(windows, 'hostProcess') === true;
    const what = features.hostProcess ? 'not checked' : 'an unknown field';
    return [
      ...unknown.map((key) => `${path}.${key} is an unknown field`),
      ...(hostProcess ? [`${path}.windowsOptions.hostProcess is ${what}`] : []),
    ];
  };
  return [
    ...notes(pod.context.raw, 'spec.securityContext', features.podFields),
    ...pod.containers
      .filter(({ dropped }) => !dropped)
      .flatMap(({ raw, path }) => notes(raw, `${path}.securityContext`, features.containerFields)),
  ];
}
