/**
 * Only volumes that are local to the pod or come through a claim or a CSI driver may be used.
 *
 * Restricted fields: the source of spec.volumes[*].
 * Allowed values: the sources of ALLOWED; a volume without any source is an emptyDir by the API's defaults.
 * Since: 1.0; `image` counts at every version. Overrides hostPathVolumes. Source: policy/check_restrictedVolumes.go.
 */
import { asMap, has, listOf, mapOf, stringOf, type Json, type PodView } from '../../pod.ts';
import { distinct, quoted } from '../offences.ts';
import type { Check, Refusal } from '../types.ts';

const ALLOWED = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
] as const;

/** The source that makes the volume a restricted one; null when it is none. */
function restrictedSource(volume: Json): string | null {
  for (const source of ALLOWED) if (mapOf(volume, source) !== undefined) return null;
  for (const key in volume) if (key !== 'name' && has(volume, key)) return key;
  return null;
}

function check(pod: PodView): Refusal | null {
  const volumes = listOf(pod.spec, 'volumes');
  const names: string[] = [];
  const sources: string[] = [];
  const fields: string[] = [];
  for (let index = 0; index < volumes.length; index += 1) {
    const volume = asMap(volumes[index]);
    const source = volume === undefined ? null : restrictedSource(volume);
    if (source === null) continue;
    names.push(stringOf(volume, 'name') ?? '');
    sources.push(source);
    fields.push(`spec.volumes[${index}].${source}`);
  }
  if (fields.length === 0) return null;
  const subject = names.length === 1 ? 'volume' : 'volumes';
  return {
    reason: 'restricted volume types',
    detail: `${subject} ${quoted(distinct(names))} of type ${quoted(distinct(sources))}`,
    fields,
  };
}

export const restrictedVolumes: Check = {
  id: 'restrictedVolumes',
  level: 'restricted',
  versions: [{ since: '1.0', check, overrides: ['hostPathVolumes'] }],
};
