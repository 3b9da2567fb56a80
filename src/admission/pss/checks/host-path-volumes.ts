/**
 * A pod may not mount directories of its node.
 *
 * Restricted fields: spec.volumes[*].hostPath.
 * Allowed values: unset.
 * Since: 1.0. Source: policy/check_hostPathVolumes.go.
 */
import { asMap, has, listOf, stringOf, type PodView } from '../../pod.ts';
import { quoted } from '../offences.ts';
import type { Check, Refusal } from '../types.ts';

function check(pod: PodView): Refusal | null {
  const volumes = listOf(pod.spec, 'volumes');
  let names: string[] | null = null;
  const fields: string[] = [];
  for (let index = 0; index < volumes.length; index += 1) {
    const volume = asMap(volumes[index]);
    if (!has(volume, 'hostPath')) continue;
    (names ??= []).push(stringOf(volume, 'name') ?? '');
    fields.push(`spec.volumes[${index}].hostPath`);
  }
  if (names === null) return null;
  return {
    reason: 'hostPath volumes',
    detail: `${names.length === 1 ? 'volume' : 'volumes'} ${quoted(names)}`,
    fields,
  };
}

export const hostPathVolumes: Check = {
  id: 'hostPathVolumes',
  level: 'baseline',
  versions: [{ since: '1.0', check }],
};
