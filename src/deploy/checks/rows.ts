/** Rows of pod_security.catalog that contradict each other or say nothing. */
import type { Diagnostic } from '../../diagnostics.ts';
import { isMapping } from '../../yaml/mapping.ts';
import { valueOf } from '../issues.ts';
import { given, problem, type FileContext } from './context.ts';
import { pathText } from '../value-text.ts';

/** `path` is the dotted path of the list. */
export function catalogProblems(context: FileContext, path: string): Diagnostic[] {
  const rows = given(context, path);
  if (!Array.isArray(rows)) return [];
  const found: Diagnostic[] = [];
  const first = new Map<unknown, number>();
  for (const [index, row] of rows.entries()) {
    if (!isMapping(row) || typeof row.id !== 'string') continue;
    const name = pathText([...path.split('.'), index]);
    const other = first.get(row.id);
    if (other !== undefined) {
      found.push(
        problem(
          context,
          'DPS2090',
          `${path}.${index}.id`,
          `${name} corrects "${row.id}", as an earlier row does already.`,
          {
            also: [`${path}.${other}.id`],
            fix: 'Write one row for the pod.',
          },
        ),
      );
    } else first.set(row.id, index);
    const written = valueOf(context.text.value, [...path.split('.'), index]);
    if (isMapping(written) && Object.keys(written).length === 1) {
      found.push(
        problem(
          context,
          'DPS2091',
          `${path}.${index}.id`,
          `${name} names "${row.id}" but corrects nothing.`,
          {
            fix: 'Add what differs on your cluster (names, namespace, containers, exceptions), or remove the row.',
          },
        ),
      );
    }
  }
  return found;
}
