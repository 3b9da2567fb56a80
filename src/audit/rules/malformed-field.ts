/**
 * A field that the rules read has a type that Kubernetes does not take, or no field of that name exists.
 *
 * Fields: every field of the pod that a Pod Security check reads.
 * Allowed: the type of the API. An unknown field of a security context is a note: the server drops it.
 * Since: every version. Source: the types of core/v1; T41 (runAsRoot is no field).
 */
import { evaluatePod } from '../../admission/pss/index.ts';
import { isNormal, normalTemplate } from '../../workloads/normal-template.ts';
import { shortened } from '../context.ts';
import { DOCS } from '../docs.ts';
import type { Path } from '../../yaml/read.ts';
import type { PodRule } from '../types.ts';

const PREFIX = 'Not checked: ';
/** Its checks are few: only the types of the fields count here. */
const LEVEL = { level: 'privileged', version: 'latest' } as const;

export const malformedField: PodRule = {
  id: 'malformed-field',
  code: 'DPS4030',
  severity: 'error',
  title: 'Field that Kubernetes does not take',
  why: 'The API server refuses a value of a wrong type and drops a field that it does not know, so the setting has no effect.',
  fix: 'Correct the field at the place shown.',
  docs: DOCS.contexts,
  fields: ['spec', 'spec.securityContext', 'containers[*].securityContext'],
  scope: 'pod',
  check: ({ pod }) => {
    const { template, realPath } = isNormal(pod)
      ? { template: pod, realPath: (path: Path) => [...pod.path, ...path] }
      : normalTemplate(pod);
    return evaluatePod(template, LEVEL).notChecked.flatMap((sentence) => {
      const text = sentence.slice(PREFIX.length);
      const field = text.split(' ')[0] ?? '';
      const path = pathOf(field);
      if (path[0] !== 'spec') return [];
      const isUnknown = text.includes(' is no field ');
      return [
        {
          message: shortenedSentence(text),
          path: realPath(path),
          field: `malformed.${shortened(field)}`,
          ...(isUnknown ? { severity: 'note' as const, what: 'key' as const } : {}),
        },
      ];
    });
  },
};

/** `spec.containers[0].name` as a path; keys with dots or slashes stand in brackets. */
function pathOf(text: string): Path {
  const steps = [...text.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)];
  return steps.map(([, bracket, name]) => {
    if (bracket === undefined) return name ?? '';
    return /^\d+$/.test(bracket) ? Number(bracket) : bracket;
  });
}

function shortenedSentence(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 296)}....`;
}
