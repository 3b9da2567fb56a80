/**
 * Only kernel parameters that belong to the pod alone may be set.
 *
 * Restricted fields: spec.securityContext.sysctls[*].name.
 * Allowed values: the safe parameters of the version (SAFE, each with the version that made it safe).
 * Since: 1.0; 1.27, 1.29, 1.32 and 1.37 each add some. Source: policy/check_sysctls.go.
 */
import { asMap, listOf, stringOf, type PodView } from '../../pod.ts';
import { quoted } from '../offences.ts';
import type { Check, CheckPod, CheckVersion, Refusal } from '../types.ts';

const SAFE = [
  {
    since: '1.0',
    names: [
      'kernel.shm_rmid_forced',
      'net.ipv4.ip_local_port_range',
      'net.ipv4.ip_unprivileged_port_start',
      'net.ipv4.ping_group_range',
      'net.ipv4.tcp_syncookies',
    ],
  },
  { since: '1.27', names: ['net.ipv4.ip_local_reserved_ports'] },
  {
    since: '1.29',
    names: [
      'net.ipv4.tcp_fin_timeout',
      'net.ipv4.tcp_keepalive_intvl',
      'net.ipv4.tcp_keepalive_probes',
      'net.ipv4.tcp_keepalive_time',
    ],
  },
  { since: '1.32', names: ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'] },
  {
    since: '1.37',
    names: ['net.ipv4.tcp_notsent_lowat', 'net.ipv4.tcp_slow_start_after_idle'],
  },
] as const satisfies readonly { since: CheckVersion['since']; names: readonly string[] }[];

function allowing(safe: ReadonlySet<string>): CheckPod {
  return (pod: PodView): Refusal | null => {
    const sysctls = listOf(pod.securityContext, 'sysctls');
    let bad: string[] | null = null;
    const fields: string[] = [];
    for (let index = 0; index < sysctls.length; index += 1) {
      const entry = asMap(sysctls[index]);
      if (entry === undefined) continue;
      const name = stringOf(entry, 'name') ?? '';
      if (safe.has(name)) continue;
      (bad ??= []).push(name);
      fields.push(`spec.securityContext.sysctls[${index}].name`);
    }
    return bad === null ? null : { reason: 'unsafe sysctls', detail: quoted(bad), fields };
  };
}

export const sysctls: Check = {
  id: 'sysctls',
  level: 'baseline',
  versions: SAFE.map(({ since }, step) => {
    const names = SAFE.slice(0, step + 1).flatMap((row): readonly string[] => row.names);
    return { since, check: allowing(new Set(names)) };
  }),
};
