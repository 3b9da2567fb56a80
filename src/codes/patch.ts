/** DPS5xxx: patching manifests. */
import type { CodeEntry } from './types.ts';

export const patchCodes = {
  DPS5001: {
    severity: 'error',
    title: 'Edit would change a shared part',
    why: 'The value is shared by an anchor, an alias or a merge key (<<), so a change at one place would change all of them.',
    fix: 'Write the shared part out at each place, then patch again.',
  },
  DPS5002: {
    severity: 'error',
    title: 'Edit touches a key that is given twice',
    why: 'Of two equal keys Kubernetes takes the last; an edit of a document that says two things would hide which one was meant.',
    fix: 'Remove one of the two keys.',
  },
  DPS5003: {
    severity: 'error',
    title: 'Document cannot be edited safely',
    why: 'The edited text was read back and did not say exactly what was decided, so it was thrown away; nothing was written.',
    fix: 'Write the part shown in a plain form (one key a line, no anchors), then patch again.',
  },
  DPS5004: {
    severity: 'error',
    title: 'Field is in the way of an edit',
    why: 'The decision sets a field inside a value that is not a mapping, or in a list item that does not exist, so the manifest is not valid for Kubernetes.',
    fix: 'Correct the value in the chart.',
  },
  DPS5005: {
    severity: 'error',
    title: 'Input is no ResourceList',
    why: 'A KRM function gets one document of kind ResourceList; anything else was not meant for it.',
    fix: 'Let an orchestrator call the function, or leave --krm out for plain manifests.',
  },
  DPS5006: {
    severity: 'error',
    title: 'functionConfig is not right',
    why: 'The function takes its configuration from a PodSecurityPatch, and a value of it cannot be used.',
    fix: 'Correct the key shown; schemas/function.schema.json describes the kind.',
  },
  DPS5007: {
    severity: 'error',
    title: 'Input is empty',
    why: 'An empty input is mostly what a failed command in front of the pipe leaves; passed on as success, it would tell a deployment that nothing is to be there.',
    fix: 'See whether the command before it failed (in bash: set -o pipefail). If nothing is right, say --allow-empty.',
  },
} as const satisfies Record<string, CodeEntry>;
