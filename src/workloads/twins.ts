/**
 * Twins: pods of a big List that differ from one that was visited in their names alone, and in what
 * nobody reads. Replicas are such, and a dump of a cluster holds little else. They are recognised by
 * what the sieve leaves of their text, and taken without being parsed.
 */
import { isMapping } from '../yaml/mapping.ts';
import type { ByteWindow } from './byte-window.ts';
import type { JsonBatch } from './json-stream.ts';
import { ownersOf } from './metadata.ts';
import { podTemplates } from './pods.ts';
import { openSieve, type SievedPlace } from './sieve/sieve.ts';
import type { PodReading } from './spec-parts.ts';
import type { PodNames, PodTemplate, TakeTwin, Twins } from './types.ts';

const MAX_FORMS = 500;
/** A longer one belongs to no pod of many. */
const MAX_FORM = 8192;
/** After this many that had to be read, twins must pay off or are not looked for any more. */
const TRIAL = 500;
/** What a batch counts in which the sieve found nothing beyond doubt. */
const DOUBTFUL = 10;

export interface TwinReader {
  /**
   * Takes items from the window's start, as many as it can, and moves the window behind the last.
   * @param first position of the first of them in its List
   * @returns how many; 0: they are to be read in the ordinary way
   */
  take: (window: ByteWindow, first: number) => number;
}

/**
 * @param read visits one item; tells whom to ask how its twins are taken, undefined if they must be visited
 * @returns undefined where there is no sieve
 */
export function twinReader(
  reading: PodReading,
  read: (batch: JsonBatch, position: number) => Twins['ofVisited'] | undefined,
  taken: () => void,
): TwinReader | undefined {
  const opened = openSieve(reading);
  if (opened === undefined) return undefined;
  const sieve = opened;
  const forms = new Map<number, { rest: Uint8Array; takeTwin: TakeTwin }>();
  let [hits, misses] = [0, 0];

  function takeKnown(item: number, position: number): boolean {
    const form = forms.get(sieve.hash(item));
    if (form === undefined || !sieve.isRest(item, form.rest)) return false;
    const names = namesOf(sieve.names(item), position);
    return names !== undefined && form.takeTwin(names);
  }

  function readItem(window: ByteWindow, item: number, position: number): boolean {
    const batch = batchOf(window, sieve.start(item), sieve.end(item));
    if (batch === undefined) return false;
    const ofVisited = read(batch, position);
    if (ofVisited !== undefined && isPod(batch.values[0])) keepForm(item, ofVisited);
    return true;
  }

  function keepForm(item: number, ofVisited: Twins['ofVisited']): void {
    if (forms.size >= MAX_FORMS || forms.has(sieve.hash(item))) return;
    const rest = sieve.rest(item);
    const takeTwin = rest.length > MAX_FORM ? undefined : ofVisited(() => podOf(rest));
    if (takeTwin !== undefined) forms.set(sieve.hash(item), { rest, takeTwin });
  }

  return {
    take(window, first) {
      if (misses > TRIAL && hits < misses) return 0;
      if (!window.moveInto(sieve.buffer)) return 0;
      const found = sieve.take(window.start, window.end);
      let item = 0;
      for (; item < found; item++) {
        if (takeKnown(item, first + item)) {
          hits++;
          taken();
        } else if (readItem(window, item, first + item)) {
          misses++;
        } else {
          break;
        }
      }
      if (item === 0) misses += DOUBTFUL;
      else moveTo(window, sieve.end(item - 1));
      return item;
    },
  };
}

/** It says so itself: an item that is a Pod by the kind of its List is something else in another List. */
function isPod(value: unknown): boolean {
  return isMapping(value) && value.apiVersion === 'v1' && value.kind === 'Pod';
}

/** A plain volume is its type there, and an object again in what is read. */
function podOf(rest: Uint8Array): PodTemplate | undefined {
  const item = JSON.parse(Buffer.from(rest).toString('utf8')) as Record<string, unknown>;
  const { spec } = item;
  if (isMapping(spec) && Array.isArray(spec.volumes)) {
    spec.volumes = spec.volumes.map((volume: unknown) =>
      typeof volume === 'string' ? { [volume]: {} } : volume,
    );
  }
  const context = { locate: () => undefined, notice: () => undefined };
  return podTemplates(item, { apiVersion: 'v1', kind: 'Pod' }, context)[0];
}

/** What is parsed here is short, and nothing keeps it. */
const asIs = (text: string): string => text;

/** undefined where something else than text stands for a name: whoever reads the object says so. */
function namesOf(text: string, item: number): PodNames | undefined {
  const { name, namespace, generateName, ownerReferences } = JSON.parse(text) as Readonly<
    Record<string, unknown>
  >;
  if (typeof name !== 'string' || name === '') return undefined;
  if (namespace !== undefined && typeof namespace !== 'string') return undefined;
  if (generateName !== undefined && typeof generateName !== 'string') return undefined;
  return { name, generateName, namespace, owners: ownersOf(ownerReferences, asIs), item };
}

function batchOf(window: ByteWindow, start: SievedPlace, end: SievedPlace): JsonBatch | undefined {
  const length = end.offset - start.offset;
  const from = window.start + start.offset;
  const text = window.buffer.toString('utf8', from, from + length);
  try {
    const value: unknown = JSON.parse(text);
    return isMapping(value)
      ? { values: [value], text, length, ...positionOf(window, start) }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Columns count characters, as everywhere. */
function positionOf(
  { buffer, start, line, column }: ByteWindow,
  place: SievedPlace,
): { line: number; column: number } {
  const at = start + place.offset;
  const before = buffer.toString('utf8', at - place.column + 1, at).length;
  return { line: line + place.lines, column: before + (place.lines === 0 ? column : 1) };
}

function moveTo(window: ByteWindow, end: SievedPlace): void {
  Object.assign(window, positionOf(window, end), { start: window.start + end.offset });
}
