/**
 * Probes and lifecycle hooks may not name a host: the kubelet would send the request from the node.
 *
 * Restricted fields: httpGet.host and tcpSocket.host in livenessProbe, readinessProbe, startupProbe,
 *   lifecycle.postStart and lifecycle.preStop of every container.
 * Allowed values: empty, unset.
 * Since: 1.34. Source: policy/check_hostProbesAndhostLifecycle.go.
 */
import { mapOf, stringOf, type ContainerView, type Json, type PodView } from '../../pod.ts';
import { offendingContainers, quoted, type BadField } from '../offences.ts';
import type { Check, Refusal } from '../types.ts';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const HOOKS = ['postStart', 'preStop'] as const;
const ACTIONS = ['httpGet', 'tcpSocket'] as const;

function addHosts(
  handler: Json | undefined,
  path: string,
  known: BadField[] | null,
): BadField[] | null {
  if (handler === undefined) return known;
  let bad = known;
  for (const action of ACTIONS) {
    const value = stringOf(mapOf(handler, action), 'host') ?? '';
    if (value !== '') (bad ??= []).push({ field: `${path}.${action}.host`, value });
  }
  return bad;
}

function namedHosts(container: ContainerView): readonly BadField[] | null {
  let bad: BadField[] | null = null;
  for (const probe of PROBES) bad = addHosts(mapOf(container.raw, probe), probe, bad);
  const lifecycle = mapOf(container.raw, 'lifecycle');
  if (lifecycle === undefined) return bad;
  for (const hook of HOOKS) bad = addHosts(mapOf(lifecycle, hook), `lifecycle.${hook}`, bad);
  return bad;
}

function check(pod: PodView): Refusal | null {
  const found = offendingContainers(pod, namedHosts);
  if (found === null) return null;
  const hosts = found.values.length === 1 ? 'host' : 'hosts';
  return {
    reason: 'host of a probe or lifecycle hook',
    detail: `${found.who} must not name ${hosts} ${quoted(found.values)} in probes or lifecycle hooks`,
    fields: found.fields,
  };
}

export const hostProbesAndHostLifecycle: Check = {
  id: 'hostProbesAndHostLifecycle',
  level: 'baseline',
  versions: [{ since: '1.34', check }],
};
