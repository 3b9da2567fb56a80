/** Fields whose case is wrong: Kubernetes ignores `HostNetwork`, so what it promises does not happen. */
import { diagnostic } from '../diagnostics.ts';
import { isMapping } from '../yaml/mapping.ts';
import { formatPath, type Path } from '../yaml/read.ts';
import type { ObjectContext } from './containers.ts';
import type { PodTemplate } from './types.ts';

const POD_FIELDS = names(
  'containers initContainers ephemeralContainers securityContext hostNetwork hostPID hostIPC hostUsers volumes ' +
    'serviceAccountName automountServiceAccountToken nodeSelector affinity os shareProcessNamespace runtimeClassName restartPolicy',
);
const CONTAINER_FIELDS = names('name image securityContext ports volumeMounts restartPolicy');
const SECURITY_FIELDS = names(
  'runAsNonRoot runAsUser runAsGroup privileged capabilities allowPrivilegeEscalation readOnlyRootFilesystem ' +
    'procMount seLinuxOptions seccompProfile appArmorProfile windowsOptions fsGroup supplementalGroups sysctls',
);
const CAPABILITY_FIELDS = names('add drop');
const OBJECT_FIELDS = names('apiVersion kind metadata spec');

type Names = ReadonlyMap<string, string>;

/** From the lower-case form to the right one. */
function names(words: string): Names {
  return new Map(words.split(' ').map((word) => [word.toLowerCase(), word]));
}

/** Reports wrong case at the top of an object. */
export function checkObjectCase(object: Record<string, unknown>, context: ObjectContext): void {
  check(object, [], OBJECT_FIELDS, context);
}

/** Reports wrong case in a pod's spec, its containers, and their security contexts. */
export function checkPodCase(pod: PodTemplate, context: ObjectContext): void {
  check(pod.spec, pod.specPath, POD_FIELDS, context);
  check(pod.spec.securityContext, [...pod.specPath, 'securityContext'], SECURITY_FIELDS, context);
  for (const { value, path } of pod.containers) {
    check(value, path, CONTAINER_FIELDS, context);
    const security = value.securityContext;
    if (!isMapping(security)) continue;
    const place = [...path, 'securityContext'];
    check(security, place, SECURITY_FIELDS, context);
    check(security.capabilities, [...place, 'capabilities'], CAPABILITY_FIELDS, context);
  }
}

function check(object: unknown, path: Path, known: Names, context: ObjectContext): void {
  if (!isMapping(object)) return;
  for (const key in object) {
    if (known.get(key) === key) continue;
    const right = known.get(key.toLowerCase());
    if (right === undefined || right === key) continue;
    const place = [...path, key];
    const location = context.locate(place, 'key');
    context.notice(
      diagnostic(
        'DPS7012',
        `The field ${formatPath(place)} is ignored by Kubernetes, which knows only "${right}".`,
        { ...(location === undefined ? {} : { location }), fix: `Write ${right}.` },
      ),
    );
  }
}
