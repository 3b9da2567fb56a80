/** The contexts as the server stores them: fields that the release has, nothing null, no empty lists. */
import { fieldOf, isObject, type Json } from '../scc/json.ts';
import type { PspFeatures } from './features.ts';
import type { Mutation } from './mutate.ts';
import { containerSeccomp, fieldOfAnnotation, SECCOMP_POD } from './profiles.ts';
import type { PodView, SeccompProfile } from './read.ts';
import type { MutatedPod } from './types.ts';

const SHARED = 'seLinuxOptions windowsOptions runAsUser runAsGroup runAsNonRoot';
const POD = `${SHARED} supplementalGroups fsGroup fsGroupChangePolicy sysctls`.split(' ');
const CONTAINER =
  `${SHARED} capabilities privileged readOnlyRootFilesystem allowPrivilegeEscalation procMount`.split(
    ' ',
  );

/** The fields that the API has before 1.19, and from then on. */
function fieldSets(fields: readonly string[]): Record<'before' | 'since', ReadonlySet<string>> {
  return { before: new Set(fields), since: new Set([...fields, 'seccompProfile']) };
}

const POD_FIELDS = fieldSets(POD);
const CONTAINER_FIELDS = fieldSets(CONTAINER);

function knownFields(sets: typeof POD_FIELDS, { seccompFields }: PspFeatures): ReadonlySet<string> {
  return seccompFields ? sets.since : sets.before;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

/** One level down only: nothing that admission reads lies deeper, and a file may nest as deep as it likes. */
function cleanInner(value: Json): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => !isEmpty(inner)));
}

function clean(raw: Json | undefined, known: ReadonlySet<string>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(raw ?? {})) {
    if (!known.has(key) || isEmpty(value)) continue;
    result[key] = isObject(value) ? cleanInner(value) : value;
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

/** Both kinds of contexts after admission; init containers first. */
export function storedContexts({ pod, written }: Mutation, features: PspFeatures): MutatedPod {
  const known = knownFields(CONTAINER_FIELDS, features);
  const { context } = pod;
  const sync = features.seccompFields
    ? synchronised(context.seccompProfile, pod.annotations[SECCOMP_POD])
    : {};
  return {
    pod: { ...clean(context.raw, knownFields(POD_FIELDS, features)), ...written.pod, ...sync },
    containers: pod.containers.map((container, i) => {
      const own = features.seccompFields
        ? synchronised(container.seccompProfile, containerSeccomp(pod, container.name))
        : {};
      const more = { ...written.containers[i], ...own };
      const none = container.raw === undefined && Object.keys(more).length === 0;
      const securityContext = none ? null : { ...clean(container.raw, known), ...more };
      return { name: container.name, securityContext };
    }),
  };
}

/** Parts of the contexts that no policy looks at, in words: fields that the release does not have, and Windows' hostProcess. */
export function uncheckedFields(pod: PodView, features: PspFeatures): string[] {
  const notes = (raw: Json | undefined, path: string, sets: typeof POD_FIELDS): string[] => {
    const known = knownFields(sets, features);
    if (raw === undefined) return [];
    const unknown = Object.keys(raw).filter((key) => !known.has(key));
    const windows = fieldOf(raw, 'windowsOptions');
    const hostProcess = isObject(windows) && fieldOf(windows, 'hostProcess') === true;
    return [
      ...unknown.map((key) => `${path}.${key} is an unknown field`),
      ...(hostProcess ? [`${path}.windowsOptions.hostProcess is not checked`] : []),
    ];
  };
  return [
    ...notes(pod.context.raw, 'spec.securityContext', POD_FIELDS),
    ...pod.containers.flatMap(({ raw, path }) =>
      notes(raw, `${path}.securityContext`, CONTAINER_FIELDS),
    ),
  ];
}
