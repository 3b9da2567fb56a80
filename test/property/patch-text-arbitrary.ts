/** Random documents in random styles of text, and edits for them. */
import fc from 'fast-check';
import { applyEdits, type ValueEdit } from '../../src/patch/apply.ts';

export type Json = Record<string, unknown>;
export type Style = Readonly<{
  step: number;
  list: number;
  eol: string;
  quote: '' | '"' | "'";
  flow: number;
  comments: boolean;
  open: boolean;
}>;

/** Text of a value in a random style; `dice` gives a fresh number from 0 to 99 at every call. */
export function print(value: unknown, style: Style, dice: () => number): string {
  const comment = (): string => (style.comments && dice() < 30 ? ` # note ${dice()}` : '');
  const word = (scalar: unknown): string => {
    if (typeof scalar !== 'string') return JSON.stringify(scalar);
    return style.quote === '' ? scalar : `${style.quote}${scalar}${style.quote}`;
  };
  const flow = (node: unknown): string => {
    if (Array.isArray(node)) return `[${node.map(flow).join(', ')}]`;
    if (typeof node !== 'object' || node === null) return word(node);
    const pad = dice() < 50 ? ' ' : '';
    const entries = Object.entries(node).map(([key, entry]) => `${key}: ${flow(entry)}`);
    return entries.length === 0 ? '{}' : `{${pad}${entries.join(', ')}${pad}}`;
  };
  const isBlock = (node: unknown): node is object =>
    typeof node === 'object' &&
    node !== null &&
    Object.keys(node).length > 0 &&
    dice() >= style.flow;
  const lines = (node: object, column: number): string[] => {
    const indent = ' '.repeat(column);
    const above = (): string[] => {
      if (!style.comments || dice() < 80) return [];
      return dice() < 20 ? [''] : [`${indent}# above ${dice()}`];
    };
    if (Array.isArray(node)) {
      return node.flatMap((item: unknown) => {
        if (!isBlock(item)) return [...above(), `${indent}- ${flow(item)}${comment()}`];
        const [first = '', ...rest] = lines(item, column + 2);
        if (first.trim() === '' || first.trim().startsWith('#')) {
          return [`${indent}-`, first, ...rest];
        }
        return [...above(), `${indent}- ${first.slice(column + 2)}`, ...rest];
      });
    }
    return Object.entries(node).flatMap(([key, entry]: [string, unknown]) => {
      const start = `${indent}${key}:`;
      if (typeof entry === 'string' && style.quote === '' && dice() < 10) {
        return [...above(), `${start} |-`, `${indent}  ${entry}`, ...(dice() < 30 ? [''] : [])];
      }
      if (entry === null && dice() < 60) return [...above(), `${start}${comment()}`];
      if (!isBlock(entry)) return [...above(), `${start} ${flow(entry)}${comment()}`];
      const inner = column + (Array.isArray(entry) ? style.list : style.step);
      return [...above(), `${start}${comment()}`, ...lines(entry, inner)];
    });
  };
  const root = isBlock(value) ? lines(value, 0) : [flow(value)];
  return root.join(style.eol) + (style.open ? '' : style.eol);
}

const KEYS = ['name', 'image', 'privileged', 'capabilities', 'drop', 'level', 'type', 'runAsUser'];
const scalar = fc.oneof(
  fc.constantFrom('ALL', 'spc_t', 'NET_RAW', 'container_t', 'RuntimeDefault', 'x'),
  fc.boolean(),
  fc.integer({ min: 0, max: 70000 }),
  fc.constant(null),
);
const key = fc.constantFrom(...KEYS);
const node = fc.letrec<{ map: Json; any: unknown }>((tie) => ({
  map: fc.dictionary(key, tie('any'), { maxKeys: 4, noNullPrototype: true }),
  any: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'pod' },
    scalar,
    fc.array(scalar, { maxLength: 3 }),
    fc.array(fc.dictionary(key, scalar, { minKeys: 1, maxKeys: 3, noNullPrototype: true }), {
      maxLength: 3,
    }),
    tie('map'),
  ),
})).map;
export const document = fc.record({ spec: node, metadata: node });

export const style: fc.Arbitrary<Style> = fc.record({
  step: fc.constantFrom(2, 4),
  list: fc.constantFrom(0, 2, 4),
  eol: fc.constantFrom('\n', '\r\n'),
  quote: fc.constantFrom<'' | '"' | "'">('', '"', "'"),
  flow: fc.constantFrom(0, 20, 60),
  comments: fc.boolean(),
  open: fc.boolean(),
});

/** A path that exists, one that goes on from it, or one that is new. */
function pathIn(
  value: unknown,
  picks: readonly number[],
  more: readonly string[],
): (string | number)[] {
  const path: (string | number)[] = [];
  let at = value;
  for (const pick of picks) {
    if (typeof at !== 'object' || at === null) break;
    const steps = Array.isArray(at) ? [...at.keys()] : Object.keys(at);
    const step = steps[pick % Math.max(steps.length, 1)];
    if (step === undefined) break;
    path.push(step);
    at = (at as Json)[step];
  }
  for (const step of more) {
    if (Array.isArray(at) || (typeof at !== 'object' && at !== undefined)) break;
    path.push(step);
    at = (at as Json | null | undefined)?.[step];
  }
  return path;
}

export const planned = fc.array(
  fc.record({
    picks: fc.array(fc.nat(9), { maxLength: 4 }),
    more: fc.array(key, { maxLength: 2 }),
    op: fc.constantFrom<'set' | 'remove'>('set', 'remove'),
    value: fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), node),
  }),
  { minLength: 1, maxLength: 5 },
);

export function editsFor(
  value: unknown,
  plans: readonly (Omit<ValueEdit, 'path'> & { picks: number[]; more: string[] })[],
): ValueEdit[] {
  const edits: ValueEdit[] = [];
  let current = value;
  for (const { picks, more, op, value: wanted } of plans) {
    const path = pathIn(current, picks, more);
    const last = path.at(-1);
    if (last === undefined || (op === 'remove' && typeof last === 'number')) continue;
    // Two edits of which one leads through the other are tried by hand, in the tables.
    if (edits.some((other) => isPrefix(other.path, path) || isPrefix(path, other.path))) continue;
    const edit: ValueEdit = op === 'set' ? { path, op, value: wanted } : { path, op };
    edits.push(edit);
    current = applyEdits(current, [edit]);
  }
  return edits;
}

export function isPrefix(short: ValueEdit['path'], long: ValueEdit['path']): boolean {
  return short.every((step, index) => step === long[index]);
}
