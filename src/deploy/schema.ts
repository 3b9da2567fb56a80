/** The zod schema of deploy.yaml, built from the option table: what each value may be, in every form that is taken. */
import * as z from 'zod/mini';
import { otherKeys, strictKeys } from './option-table.ts';
import { optionTree, type OptionNode } from './option-tree.ts';
import type { Column, OptionRow, OptionType } from './option-types.ts';

export type Schema = z.ZodMiniType;

/** Is told of each part as it is built; the JSON Schema attaches its descriptions so. */
export interface SchemaListener {
  option(schema: Schema, row: OptionRow): void;
  column(schema: Schema, column: Column): void;
}

/** The schema of the whole file. Unknown keys are refused inside the strict sections only. */
export function deploySchema(listener?: SchemaListener): z.ZodMiniType<Record<string, unknown>> {
  const shape: Record<string, Schema> = {};
  for (const [key, node] of optionTree.children) {
    shape[key] = z.optional(nodeSchema(node, strictKeys.has(key), listener));
  }
  for (const key of Object.keys(otherKeys)) shape[key] = z.optional(z.unknown());
  return z.looseObject(shape);
}

/** The schema of one top-level section; undefined for a key that is not read, which any value may have. */
export function sectionSchema(key: string): Schema | undefined {
  const node = optionTree.children.get(key);
  return node === undefined ? undefined : z.optional(nodeSchema(node, strictKeys.has(key)));
}

/** The schema of one list of rows (`pod_security.catalog`), for files that hold such a list alone. */
export function rowsSchema(columns: Readonly<Record<string, Column>>): Schema {
  return typeSchema({ kind: 'rows', columns });
}

function nodeSchema(node: OptionNode, strict: boolean, listener?: SchemaListener): Schema {
  const { row } = node;
  if (row === undefined) return section(node, strict, listener);
  const value = typeSchema(row.type, listener);
  let schema = node.children.size > 0 ? z.union([value, section(node, strict, listener)]) : value;
  if (row.nullable) schema = z.nullable(schema);
  listener?.option(schema, row);
  return schema;
}

/** A map of options. An empty section ("gpu:" and nothing else) is as good as an absent one. */
function section(node: OptionNode, strict: boolean, listener?: SchemaListener): Schema {
  const any = node.children.get('*');
  if (any !== undefined) {
    return z.nullable(z.record(z.string(), nodeSchema(any, strict, listener)));
  }
  const shape: Record<string, Schema> = {};
  for (const [key, child] of node.children)
    shape[key] = z.optional(nodeSchema(child, strict, listener));
  return z.nullable(strict ? z.strictObject(shape) : z.looseObject(shape));
}

function typeSchema(type: OptionType, listener?: SchemaListener): Schema {
  switch (type.kind) {
    case 'flag':
      return z.boolean();
    case 'text':
      return textSchema(type.pattern);
    case 'version':
      return z.union([textSchema(type.pattern), z.number()]);
    case 'choice':
      return choiceSchema(type);
    case 'texts':
      return z.array(textSchema(type.pattern));
    case 'choices':
      return z.array(z.enum([...type.values]));
    case 'text map':
      return z.nullable(z.record(z.string(), mapValue(type.pattern)));
    case 'rows':
      return z.array(rowSchema(type.columns, listener));
    case 'anything':
      return z.unknown();
  }
}

type Choice = Extract<OptionType, { kind: 'choice' }>;

function choiceSchema(type: Choice): Schema {
  if (type.open) return z.nullable(z.string().check(z.minLength(1)));
  const words = z.enum([...type.values]);
  return type.onOff ? z.union([words, z.boolean()]) : words;
}

function textSchema(pattern: RegExp | undefined): Schema {
  return pattern ? z.string().check(z.regex(pattern)) : z.string().check(z.minLength(1));
}

/** Unlike an option, a label may be empty. */
function mapValue(pattern: RegExp | undefined): Schema {
  return pattern ? z.string().check(z.regex(pattern)) : z.string();
}

function rowSchema(columns: Readonly<Record<string, Column>>, listener?: SchemaListener): Schema {
  const shape: Record<string, Schema> = {};
  for (const [key, column] of Object.entries(columns)) {
    const schema = typeSchema(column.type, listener);
    listener?.column(schema, column);
    shape[key] = column.required ? schema : z.optional(schema);
  }
  return z.strictObject(shape);
}
