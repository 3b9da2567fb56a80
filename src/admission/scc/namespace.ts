/**
 * What a namespace gives to the SCCs that leave a range or a level open: its annotations
 * openshift.io/sa.scc.* (apiserver-library-go sccmatching/matcher.go, library-go security/uid).
 * An annotation that is not known is `unknown`, never a guess.
 */
import { goQuote } from './failure.ts';
import { MCS, SUPPLEMENTAL_GROUPS, UID_RANGE } from './types.ts';
import type { IdRange, NamespaceInfo } from './types.ts';

/** Why a value cannot be used: for the user, and in the words that the plugin prints. */
export interface ValueError {
  error: string;
  cause: string;
}

/** A value of the namespace; `unknown` names the annotation that would tell, `error` why it has none. */
export type Preallocated<T> = { value: T } | { unknown: string } | ValueError;

export interface NamespaceValues {
  uid: Preallocated<IdRange>;
  level: Preallocated<string>;
  fsGroup: Preallocated<IdRange[]>;
  supplementalGroups: Preallocated<IdRange[]>;
}

const UINT32 = 2 ** 32;
const UINT64 = 2n ** 64n;

/** Two numbers with `separator` between them, as Go's Sscanf reads `%d/%d` into 32 bits; a string is its error. */
function scanPair(text: string, separator: '/' | '-'): [number, number] | string {
  let rest = text;
  const numbers: number[] = [];
  for (const before of ['', separator]) {
    if (before !== '' && rest === '') return 'unexpected EOF';
    if (!rest.startsWith(before)) return 'input does not match format';
    rest = rest.slice(before.length).replace(/^[^\S\n]+/, '');
    if (rest === '') return 'EOF';
    if (rest.startsWith('\n')) return 'unexpected newline';
    const digits = /^\d+/.exec(rest)?.[0];
    if (digits === undefined) return 'expected integer';
    if (BigInt(digits) >= UINT64)
      return `strconv.ParseUint: parsing ${goQuote(digits)}: value out of range`;
    const number = Number(digits);
    if (number >= UINT32) return `unsigned integer overflow on token ${digits}`;
    numbers.push(number);
    rest = rest.slice(digits.length);
  }
  const [first = 0, second = 0] = numbers;
  // What follows the second number is ignored, as the server's scanner does.
  return [first, second];
}

/** `start/size` or `start-end`; a string is what the server's scanner says of anything else. */
export function parseBlock(text: string): IdRange | string {
  const separator = text.includes('/') ? '/' : '-';
  const pair = scanPair(text, separator);
  if (typeof pair === 'string') return pair;
  const [first, second] = pair;
  // 32-bit arithmetic, as in the server: a block that runs over the end wraps around.
  const max = separator === '-' ? second : (first + second - 1 + UINT32) % UINT32;
  return { min: first, max };
}

function isEmpty(annotation: string, cause: string): ValueError {
  return { error: `the annotation ${annotation} is empty`, cause };
}

function uidRange(text: string | undefined): Preallocated<IdRange> {
  if (text === undefined) return { unknown: UID_RANGE };
  if (text === '') return isEmpty(UID_RANGE, `found annotation ${UID_RANGE} but it was empty`);
  const block = parseBlock(text);
  return typeof block === 'string'
    ? { error: `the annotation ${UID_RANGE} "${text}" is not a range`, cause: block }
    : { value: block };
}

function groupBlocks(annotations: Readonly<Record<string, string>>): Preallocated<IdRange[]> {
  const own = annotations[SUPPLEMENTAL_GROUPS];
  const name = own === undefined ? UID_RANGE : SUPPLEMENTAL_GROUPS;
  const text = own ?? annotations[UID_RANGE];
  if (text === undefined) return { unknown: SUPPLEMENTAL_GROUPS };
  if (text === '')
    return isEmpty(
      name,
      `unable to find groups using ${SUPPLEMENTAL_GROUPS} and ${UID_RANGE} annotations`,
    );
  const blocks: IdRange[] = [];
  for (const part of text.split(',')) {
    const block = parseBlock(part);
    if (typeof block === 'string')
      return { error: `the annotation ${name} "${text}" is not a list of ranges`, cause: block };
    blocks.push(block);
  }
  return { value: blocks };
}

function firstGroup(groups: Preallocated<IdRange[]>): Preallocated<IdRange[]> {
  if (!('value' in groups)) return groups;
  const start = groups.value[0]?.min ?? 0;
  return { value: [{ min: start, max: start }] };
}

/** The values of a namespace. The groups fall back to the uid range where their annotation is missing. */
export function namespaceValues(namespace: NamespaceInfo): NamespaceValues {
  const annotations = namespace.annotations ?? {};
  const level = annotations[MCS];
  const groups = groupBlocks(annotations);
  return {
    uid: uidRange(annotations[UID_RANGE]),
    level:
      level === undefined
        ? { unknown: MCS }
        : level === ''
          ? isEmpty(MCS, `found annotation ${MCS} but it was empty`)
          : { value: level },
    fsGroup: firstGroup(groups),
    supplementalGroups: groups,
  };
}
