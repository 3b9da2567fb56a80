/**
 * Says in words what the checks could not judge: values of a type that the API does not take, and
 * fields of a security context that are unknown here. The checks read such a field as unset; the API
 * server refuses a wrong type, and drops an unknown field or refuses it.
 */
import { asMap, type Json } from '../pod.ts';
import { POD, type ListShape, type MapShape, type Shape } from './shape-tables.ts';

const NOUNS = {
  boolean: 'a boolean',
  integer: 'a whole number',
  string: 'a string',
} as const;

function takes(shape: Shape): string {
  if (typeof shape === 'string') return NOUNS[shape];
  return 'items' in shape ? 'a list' : 'a map';
}

/** The user's value, short; lists and maps are named only, since an alias may make them endless. */
function inWords(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  }
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
    return String(value);
  }
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : 'a map';
}

function fits(kind: keyof typeof NOUNS, value: unknown): boolean {
  return kind === 'integer' ? Number.isInteger(value) : typeof value === kind;
}

/** Where the walk is: member names and list positions. Joined only for a sentence. */
type Path = (string | number)[];

/** Members with a dot or slash in them, as annotations have, stand in brackets. */
function pathInWords(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number' || /[./]/.test(part)) text += `[${part}]`;
    else text += text === '' ? part : `.${part}`;
  }
  return text;
}

function wrongType(shape: Shape, value: unknown, path: Path): string {
  return `Not checked: ${pathInWords(path)} takes ${takes(shape)} but is ${inWords(value)}; the API server refuses such a pod.`;
}

function walk(shape: Shape, value: unknown, path: Path, out: string[]): void {
  if (typeof shape === 'string') {
    if (!fits(shape, value)) out.push(wrongType(shape, value, path));
  } else if ('items' in shape) {
    if (Array.isArray(value)) walkList(shape, value, path, out);
    else out.push(wrongType(shape, value, path));
  } else {
    const map = asMap(value);
    if (map === undefined) out.push(wrongType(shape, value, path));
    else walkMap(shape, map, path, out);
  }
}

/** A null in a list is a wrong type, not an absence: the list would have an empty item. */
function walkList(shape: ListShape, list: readonly unknown[], path: Path, out: string[]): void {
  for (let index = 0; index < list.length; index += 1) {
    path.push(index);
    walk(shape.items, list[index], path, out);
    path.pop();
  }
}

function walkMap(shape: MapShape, map: Json, path: Path, out: string[]): void {
  for (const key in map) {
    const member = shape.members.get(key) ?? shape.others;
    const value = map[key];
    if (member === 'ignored' || value === undefined || value === null) continue;
    path.push(key);
    if (member !== 'unknown') walk(member, value, path, out);
    else
      out.push(`Not checked: ${pathInWords(path)} is no field of Kubernetes that is known here.`);
    path.pop();
  }
}

/** One sentence for each field that could not be checked; empty for a pod of the API's shape. */
export function notChecked(pod: unknown): readonly string[] {
  const root = asMap(pod);
  if (root === undefined) return [`Not checked: the pod takes a map but is ${inWords(pod)}.`];
  const out: string[] = [];
  if (root['spec'] === undefined || root['spec'] === null) {
    out.push('Not checked: spec is missing; the API server refuses such a pod.');
  }
  walkMap(POD, root, [], out);
  return out;
}
