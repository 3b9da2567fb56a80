/** Whether the keys, the schema and the Domino release belong together. */
import { diagnostic, type Diagnostic } from '../../diagnostics.ts';
import { isMapping } from '../../yaml/mapping.ts';
import { optionTable } from '../option-table.ts';
import type { OptionRow } from '../option-types.ts';
import { compareVersions, NEWEST_SCHEMA, schemaReleases } from '../versions.ts';
import { broken, given, problem, type CheckContext } from './context.ts';
import { pathText } from '../value-text.ts';

export function schemaProblems(context: CheckContext): Diagnostic[] {
  const schema = given(context, 'schema');
  if (typeof schema !== 'string') {
    return broken(context, 'schema')
      ? []
      : [
          unknownSchema(
            context,
            `schema is not given; the newest known one, ${NEWEST_SCHEMA}, is assumed.`,
          ),
        ];
  }
  const found: Diagnostic[] = [];
  if (compareVersions(schema, NEWEST_SCHEMA) > 0) {
    found.push(
      unknownSchema(
        context,
        `schema is "${schema}", newer than ${NEWEST_SCHEMA}, the newest that this program knows.`,
      ),
    );
  }
  return [...found, ...release(context, schema), ...outdated(context, schema)];
}

function unknownSchema(context: CheckContext, message: string): Diagnostic {
  return diagnostic('DPS2034', message, {
    location: context.text.at(['schema'], 'value'),
    fix: 'Compare the list of options with the reference of your release.',
  });
}

function release(context: CheckContext, schema: string): Diagnostic[] {
  const { domino } = context;
  const range = Object.hasOwn(schemaReleases, schema) ? schemaReleases[schema] : undefined;
  if (domino?.path === undefined || range === undefined) return [];
  const minor = domino.value.split('.').slice(0, 2).join('.');
  if (compareVersions(minor, range.first) >= 0 && compareVersions(minor, range.last) <= 0)
    return [];
  const releases = range.first === range.last ? range.first : `${range.first} to ${range.last}`;
  return [
    problem(
      context,
      'DPS2033',
      domino.path,
      `${domino.name} is ${domino.value}, but schema ${schema} belongs to Domino ${releases}.`,
      {
        also: ['schema'],
        fix: 'Correct the one that is wrong: exceptions depend on the release, the reading of keys on the schema.',
      },
    ),
  ];
}

/** Keys that the installer of this schema or release does not read. */
function outdated(context: CheckContext, schema: string): Diagnostic[] {
  return optionTable.flatMap((row) => {
    const reason = notRead(context, row, schema);
    if (reason === undefined) return [];
    return places(context.text.value, row.path.split('.'), [])
      .filter((place) => place.value !== null && !isReported(row, place.value))
      .slice(0, 1)
      .map(({ path }) => {
        const location = context.text.at(path, 'key');
        return diagnostic('DPS2032', `${pathText(path)} is not read by the installer: ${reason}.`, {
          location,
          frame: context.text.frame(location),
          fix: row.movedTo === undefined ? 'Remove the key.' : `Write ${row.movedTo} instead.`,
        });
      });
  });
}

function notRead(context: CheckContext, row: OptionRow, schema: string): string | undefined {
  const { since, until } = row;
  if (until?.schema !== undefined && compareVersions(schema, until.schema) > 0) {
    return `schema ${until.schema} was the last that has it, and the file is of schema ${schema}`;
  }
  if (since?.schema !== undefined && compareVersions(schema, since.schema) < 0) {
    return `it came with schema ${since.schema}, and the file is of schema ${schema}`;
  }
  const domino = context.domino?.value;
  if (
    since?.schema === undefined &&
    since?.domino !== undefined &&
    domino !== undefined &&
    compareVersions(domino, since.domino) < 0
  ) {
    return `it came with Domino ${since.domino}, and the version is ${domino}`;
  }
  return undefined;
}

/** True policies of a release without policies are an error of their own. */
function isReported(row: OptionRow, value: unknown): boolean {
  return row.path.endsWith('_pod_security_policies') || row.path.endsWith('_pod_security_policy')
    ? value === true
    : false;
}

interface Place {
  path: string[];
  value: unknown;
}

/** Where a row's path exists in the file; `*` may stand for several names. */
function places(value: unknown, path: readonly string[], done: string[]): Place[] {
  const [step, ...rest] = path;
  if (step === undefined) return [{ path: done, value }];
  if (!isMapping(value)) return [];
  const keys = step === '*' ? Object.keys(value) : Object.hasOwn(value, step) ? [step] : [];
  return keys.flatMap((key) => places(value[key], rest, [...done, key]));
}
