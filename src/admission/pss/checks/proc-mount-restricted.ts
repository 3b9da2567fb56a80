/**
 * The masks over /proc stay in place, in a user namespace too.
 *
 * Restricted fields: procMount in the securityContext of every container.
 * Allowed values: Default, unset.
 * Since: 1.35, when baseline became laxer. Overrides procMount. Source: policy/check_procMount_restricted.go.
 */
import type { Check } from '../types.ts';
import { onlyDefaultProcMount } from './proc-mount.ts';

export const procMountRestricted: Check = {
  id: 'procMount_restricted',
  level: 'restricted',
  versions: [{ since: '1.35', check: onlyDefaultProcMount, overrides: ['procMount'] }],
};
