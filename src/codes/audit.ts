/** DPS49xx: the audit's own messages. The rules, DPS4001 and up, live in src/audit/rules. */
import type { CodeEntry } from './types.ts';

export const auditCodes = {
  DPS4901: {
    severity: 'error',
    title: 'Exception has expired',
    why: 'An accepted finding is accepted until a day that has passed, so the finding counts again.',
    fix: 'Repair the finding, or review the exception and set a later day.',
  },
  DPS4902: {
    severity: 'warning',
    title: 'Exception is not used',
    why: 'No finding of the input matches it: what it accepted is gone, or a name in it is wrong.',
    fix: 'Remove the exception, or correct its selector.',
  },
  DPS4903: {
    severity: 'warning',
    title: 'Exception is too broad',
    why: 'An exception for every name, every kind or every rule also accepts what nobody has looked at.',
    fix: 'Name the workload and the rule; a pattern such as "spark-*" may stand for a group of names.',
  },
  DPS4904: {
    severity: 'error',
    title: 'Exceptions file is wrong',
    why: 'A row that lacks a selector or a reason would accept too much, or nothing, without a word.',
    fix: 'Each row needs namespace, kind, name, rule and reason; container, owner and expires are optional.',
  },
  DPS4905: {
    severity: 'error',
    title: 'No workload found',
    why: 'An audit of nothing finds nothing, which must not look like success.',
    fix: 'Check the paths and the rendering, or say --allow-empty.',
  },
  DPS4906: {
    severity: 'error',
    title: 'Baseline cannot be used',
    why: 'The file is not a JSON report of this program, so nothing can be compared with it.',
    fix: 'Write one with audit --format json=FILE.',
  },
  DPS4907: {
    severity: 'note',
    title: 'Pod described in pieces',
    why: 'The operator of the resource makes the pod; what it adds by itself cannot be seen in the manifest.',
    fix: 'Audit the pods that run as well: kubectl get pods -o yaml.',
  },
} as const satisfies Record<string, CodeEntry>;
