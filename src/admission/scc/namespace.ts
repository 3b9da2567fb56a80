/**
 * What a namespace gives to the SCCs that leave a range or a level open: its annotations
 * openshift.io/sa.scc.* (apiserver-library-go sccmatching/matcher.go, library-go security/uid).
 * An annotation that is not known is `unknown`, never a guess.
 */
import { MCS, SUPPLEMENTAL_GROUPS, UID_RANGE } from './types.ts';
import type { IdRange, NamespaceInfo } from './types.ts';

/** A value of the namespace; `unknown` names the annotation that would tell, `error` why it has none. */
export type Preallocated<T> = { value: T } | { unknown: string } | { error: string };

export interface NamespaceValues {
  uid: Preallocated<IdRange>;
  level: Preallocated<string>;
  fsGroup: Preallocated<IdRange[]>;
  supplementalGroups: Preallocated<IdRange[]>;
}

const UINT32 = 2 ** 32;

/** `start/size` or `start-end`; text after the numbers is ignored, as the server's scanner does. */
export function parseBlock(text: string): IdRange | null {
  const match = text.includes('/')
    ? /^\s*\+?(\d+)\/\+?(\d+)/.exec(text)
    : /^\s*\+?(\d+)-\+?(\d+)/.exec(text);
  if (match === null) return null;
  const [first, second] = [Number(match[1]), Number(match[2])];
  if (first >= UINT32 || second >= UINT32) return null;
  if (!text.includes('/')) return { min: first, max: second };
  // 32-bit arithmetic, as in the server: a block that runs over the end wraps around.
  return { min: first, max: (first + second - 1 + UINT32) % UINT32 };
}

function uidRange(text: string | undefined): Preallocated<IdRange> {
  if (text === undefined) return { unknown: UID_RANGE };
  const block = parseBlock(text);
  return block === null
    ? { error: `the annotation ${UID_RANGE} "${text}" is not a range` }
    : { value: block };
}

function groupBlocks(annotations: Readonly<Record<string, string>>): Preallocated<IdRange[]> {
  const own = annotations[SUPPLEMENTAL_GROUPS];
  const name = own === undefined ? UID_RANGE : SUPPLEMENTAL_GROUPS;
  const text = own ?? annotations[UID_RANGE];
  if (text === undefined) return { unknown: SUPPLEMENTAL_GROUPS };
  const blocks: IdRange[] = [];
  for (const part of text.split(',')) {
    const block = parseBlock(part);
    if (block === null)
      return { error: `the annotation ${name} "${text}" is not a list of ranges` };
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
          ? { error: `the annotation ${MCS} is empty` }
          : { value: level },
    fsGroup: firstGroup(groups),
    supplementalGroups: groups,
  };
}
