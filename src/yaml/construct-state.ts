/** What the construction of a document keeps while it walks the parser's events. */
import type { Event } from './js-yaml.ts';
import type { Path } from './path.ts';

/** Collections inside collections; deeper text is refused. Real CRDs stay below 60. */
export const MAX_DEPTH = 1000;

/** A key that a mapping holds twice; offsets are those of the keys. */
export interface DuplicateOffsets {
  path: Path;
  first: number;
  second: number;
}

export type Refusal = 'syntax' | 'tag' | 'limit';

/** Thrown with the offset of the trouble; the caller adds file, line and frame. */
export class ConstructError extends Error {
  readonly offset: number;
  readonly refusal: Refusal;

  constructor(offset: number, refusal: Refusal, message: string) {
    super(message);
    this.offset = offset;
    this.refusal = refusal;
  }
}

export interface Frame {
  map: Record<string, unknown> | undefined;
  list: unknown[] | undefined;
  /** The pending key of a mapping; undefined while a key is expected. */
  key: string | undefined;
  /** The pending key is `<<`, or the list is the value of one. */
  merging: boolean;
  event: number;
  anchor: string | undefined;
  countBefore: number;
  height: number;
}

interface Anchor {
  value: unknown;
  /** Nodes that decoding the anchored value once more costs. */
  size: number;
  height: number;
  open: boolean;
}

export interface State {
  readonly text: string;
  readonly events: readonly Event[];
  readonly frames: Frame[];
  readonly anchors: Map<string, Anchor>;
  readonly duplicates: DuplicateOffsets[];
  root: unknown;
  /** Nodes decoded, and those of them that came from an alias. */
  count: number;
  aliased: number;
  /** Where the last scalar ended. */
  last: number;
}
