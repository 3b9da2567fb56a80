/**
 * Takes the items of a JSON List apart without parsing them, faster than JSON.parse: a program in
 * WebAssembly, written in AssemblyScript (assembly/).
 */
import { program } from '#sieve';
import type { PodReading } from '../spec-parts.ts';
import { writeTable, type Constant } from './table.ts';

/** A place in the bytes that were given. */
export interface SievedPlace {
  /** From the first of the bytes. */
  offset: number;
  /** Line feeds in front of it. */
  lines: number;
  /** Distance in bytes from the last of them; where there is none, from the first byte, plus 1. */
  column: number;
}

/** Items are named by their position among those that were taken apart last. */
export interface Sieve {
  /** What is read has to stand in it. */
  readonly buffer: Buffer;
  /**
   * Takes the items between two places of the buffer apart, separated by commas, as far as they are
   * whole, beyond doubt and not too many for one call; returns how many.
   */
  take: (start: number, end: number) => number;
  start: (item: number) => SievedPlace;
  end: (item: number) => SievedPlace;
  /** A copy of JSON of the item without what is not read and without its names: equal for equal reading. */
  rest: (item: number) => Uint8Array;
  isRest: (item: number, rest: Uint8Array) => boolean;
  /** 32 bits of it. */
  hash: (item: number) => number;
  /** JSON of what names it: name, namespace, generateName and ownerReferences, as far as it has them. */
  names: (item: number) => string;
}

/** undefined where Node runs without WebAssembly, or without memory for it. */
export function openSieve(reading: PodReading): Sieve | undefined {
  const exports = instantiate();
  if (exports === undefined) return undefined;
  const constant: Constant = (name) => (exports[name] as { value: number }).value;
  const shared = (exports.memory as { buffer: ArrayBuffer }).buffer;
  const memory = Buffer.from(shared);
  writeTable(memory, reading, constant);
  const buffer = Buffer.from(shared, constant('INPUT'), constant('CAPACITY'));
  const records = new Int32Array(shared, constant('RECORDS'));
  const fields = constant('RECORD_BYTES') / 4;
  const take = exports.sieve as Sieve['take'];
  const at = (item: number, field: number): number => records[item * fields + field] ?? 0;
  return {
    buffer,
    take,
    start: (item) => ({ offset: at(item, 0), lines: at(item, 2), column: at(item, 3) }),
    end: (item) => ({ offset: at(item, 1), lines: at(item, 8), column: at(item, 9) }),
    rest: (item) => new Uint8Array(memory.subarray(at(item, 4), at(item, 5))),
    isRest: (item, rest) => memory.compare(rest, 0, rest.length, at(item, 4), at(item, 5)) === 0,
    hash: (item) => at(item, 10),
    names: (item) => memory.toString('utf8', at(item, 6), at(item, 7)),
  };
}

function instantiate(): Readonly<Record<string, unknown>> | undefined {
  try {
    const module = new WebAssembly.Module(Buffer.from(program, 'base64'));
    return new WebAssembly.Instance(module).exports;
  } catch {
    return undefined;
  }
}
