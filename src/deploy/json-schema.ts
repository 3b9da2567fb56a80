/**
 * deploy.yaml as JSON Schema 2020-12, for editors. Types, values, unknown keys and the contradictions
 * below give the verdict of `validate`. Only `validate` judges: mistyped keys beside the strict
 * sections, mistyped storage types, options said twice in an old and a new form, namespaces used
 * twice, versions without quotes (`1.10` is the number 1.1 to an editor), versions that disagree or do not fit, an unclear PodSecurityPolicy setting, rows of the
 * catalog that repeat or are empty, and all that flags change.
 */
import * as z from 'zod/mini';
import { contradictions } from './json-schema-rules.ts';
import { optionTable, otherKeys } from './option-table.ts';
import type { Column, OptionRow } from './option-types.ts';
import { deploySchema } from './schema.ts';

export type JsonSchema = Record<string, unknown>;

/** The schema as a plain object; the same input gives the same text when it is printed. */
export function deployJsonSchema(): JsonSchema {
  const registry = z.registry<Record<string, unknown>>();
  const schema = deploySchema({
    option: (part, row) => registry.add(part, optionNotes(row)),
    column: (part, column) => registry.add(part, columnNotes(column)),
  });
  const { $schema, ...rest } = z.toJSONSchema(schema, { metadata: registry }) as JsonSchema;
  return {
    $schema,
    title: 'deploy.yaml',
    description:
      "The configuration of Domino's installer, with the block pod_security of domino-podsec. Unknown keys are refused where pods depend on them, and everywhere in schema 1.0 to 1.4.",
    ...rest,
    allOf: [closedSchemas(), ...contradictions],
  };
}

function optionNotes(row: OptionRow): JsonSchema {
  const moved = row.movedTo === undefined ? '' : ` Read as ${row.movedTo}.`;
  const effect = row.effect === 'None.' ? '' : ` Security: ${row.effect}`;
  return {
    description: `${row.description}${moved}${effect}`,
    ...(row.default === undefined ? {} : { default: row.default }),
    ...(row.example === undefined ? {} : { examples: [row.example] }),
    ...(row.secret ? { writeOnly: true } : {}),
    ...(row.until || row.movedTo !== undefined ? { deprecated: true } : {}),
  };
}

function columnNotes(column: Column): JsonSchema {
  return { description: column.description };
}

/** Up to 1.4 every key is known; a number (`schema: 1.0`) is as good as the text. */
function closedSchemas(): JsonSchema {
  const texts = ['1.0', '1.1', '1.2', '1.3', '1.4'];
  const names = [
    ...new Set(optionTable.map((row) => row.path.split('.')[0] ?? '')),
    ...Object.keys(otherKeys),
  ];
  return {
    if: {
      properties: { schema: { enum: [...texts, ...texts.map(Number)] } },
      required: ['schema'],
    },
    then: { propertyNames: { enum: names } },
  };
}
