/** DPS3xxx: catalog and decisions. */
import type { CodeEntry } from './types.ts';

export const decisionCodes = {
  DPS3001: {
    severity: 'warning',
    title: 'Above the ceiling',
    why: 'The manifest asks for a privilege that neither the default policy nor an exception of this pod allows, so the decision takes it away. What relies on it may stop working.',
    fix: 'Check whether the pod needs it. If it does, record that in pod_security.catalog with its source.',
  },
  DPS3002: {
    severity: 'note',
    title: 'Above an assumed ceiling',
    why: 'The manifest asks for more than the catalog assumes, but the assumption is a guess, and a guess must not break a driver: the value is kept.',
    fix: 'Correct the row in pod_security.catalog, or take the privilege away with --enforce-assumed.',
  },
  DPS3003: {
    severity: 'note',
    title: 'User of the image unknown',
    why: 'The container may run as root and states no user, so the image decides; a manifest cannot tell which.',
    fix: 'Set runAsNonRoot in the chart, or record the need in pod_security.catalog.',
  },
  DPS3004: {
    severity: 'warning',
    title: 'Several catalog rows match',
    why: 'Two rows of the catalog claim the same workload; the first in catalog order is used.',
    fix: 'Narrow the names of one of them in pod_security.catalog.',
  },
  DPS3005: {
    severity: 'note',
    title: 'Match rests on an assumption',
    why: 'The name, the namespace or the version by which the workload was recognised is assumed, not documented.',
    fix: 'Confirm it on a cluster and record it in pod_security.catalog.',
  },
  DPS3006: {
    severity: 'note',
    title: 'Similar to a catalog pod',
    why: 'The workload resembles a pod of the catalog but does not match it; it gets no exception.',
    fix: 'If it is that pod, add its name to the row in pod_security.catalog.',
  },
  DPS3007: {
    severity: 'warning',
    title: 'Expected pod not found',
    why: 'The configuration installs this pod, but the input does not hold it; nothing was written for it.',
    fix: 'Render the chart that holds it into the input, or switch its option off.',
  },
  DPS3008: {
    severity: 'warning',
    title: 'Namespace unknown',
    why: 'The manifest states no namespace, so it is not certain that it belongs to Domino.',
    fix: 'Say where it is installed with --namespace NS.',
  },
  DPS3009: {
    severity: 'note',
    title: 'Refused by the API server',
    why: 'allowPrivilegeEscalation: false beside privileged: true is refused when the pod is created.',
    fix: 'Nothing: the field is removed where the privilege is allowed.',
  },
  DPS3010: {
    severity: 'note',
    title: 'Windows pod',
    why: 'The fields of the policy are for Linux; they do not apply to a Windows pod, which is left as it is.',
    fix: 'Nothing, or review the pod by hand.',
  },
  DPS3011: {
    severity: 'note',
    title: 'User workload, not judged',
    why: 'Pods of users run as root with added capabilities, and which ones is not published.',
    fix: 'Nothing, or apply the default policy with --patch-unknown.',
  },
  DPS3012: {
    severity: 'warning',
    title: 'Found but not expected',
    why: 'The input holds a pod of the catalog that the configuration does not install, so its exception is not in force.',
    fix: 'Switch on the option that brings it in, or do not install it.',
  },
  DPS3013: {
    severity: 'error',
    title: 'Unknown name',
    why: 'No pod, option, rule, target or code has this name.',
    fix: 'See `domino-podsec list pods`, `list options`, `list rules` or `list targets`.',
  },
  DPS3014: {
    severity: 'error',
    title: 'Container without a name',
    why: 'A merge patch finds containers by name; an unnamed one makes the named ones vanish.',
    fix: 'Give every container a name in the chart.',
  },
} as const satisfies Record<string, CodeEntry>;
