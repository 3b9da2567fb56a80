/** The option table as a tree of keys, for the schema and for looking a path up. */
import { optionTable } from './option-table.ts';
import type { Column, OptionRow, OptionType } from './option-types.ts';
import type { Path } from '../yaml/read.ts';

export interface OptionNode {
  row?: OptionRow;
  children: Map<string, OptionNode>;
}

function grow(rows: readonly OptionRow[]): OptionNode {
  const root: OptionNode = { children: new Map() };
  for (const row of rows) {
    let node = root;
    for (const key of row.path.split('.')) {
      let next = node.children.get(key);
      if (next === undefined) {
        next = { children: new Map() };
        node.children.set(key, next);
      }
      node = next;
    }
    node.row = row;
  }
  return root;
}

export const optionTree: OptionNode = grow(optionTable);

/** What is known of a place: its node (a section or an option), or the type of a part of an option's value. */
export interface Known {
  node?: OptionNode;
  type?: OptionType;
  /** The columns of a row of a list, where the place is such a row. */
  columns?: Readonly<Record<string, Column>>;
}

/** Looks a path of the file up; undefined where no row covers it. */
export function knownAt(path: Path): Known | undefined {
  let node: OptionNode = optionTree;
  for (const [index, step] of path.entries()) {
    const next =
      typeof step === 'string' ? (node.children.get(step) ?? node.children.get('*')) : undefined;
    if (next === undefined) return node.row && partOf(node.row.type, path.slice(index));
    node = next;
  }
  return node.row ? { node, type: node.row.type } : { node };
}

function partOf(type: OptionType, path: Path): Known | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return { type };
  switch (type.kind) {
    case 'rows': {
      const [key, ...deeper] = rest;
      if (key === undefined) return { columns: type.columns };
      const column = typeof key === 'string' ? type.columns[key] : undefined;
      return column && partOf(column.type, deeper);
    }
    case 'text map':
      return { type: { ...textOf(type) } };
    case 'texts':
      return { type: textOf(type) };
    case 'choices':
      return { type: { kind: 'choice', values: type.values } };
    case 'anything':
    case 'flag':
    case 'text':
    case 'choice':
    case 'version':
      return { type };
  }
}

function textOf(type: { pattern?: RegExp; form?: string }): OptionType {
  return {
    kind: 'text',
    ...(type.pattern ? { pattern: type.pattern } : {}),
    ...(type.form ? { form: type.form } : {}),
  };
}
