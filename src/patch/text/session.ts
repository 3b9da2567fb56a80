/** What one run of edits over a document keeps: the text, its tree, and the changes so far. */
import type { Code } from '../../codes/index.ts';
import type { Path } from '../../yaml/path.ts';
import { lineBreak, lineStart, nextLine, type Splice } from './lines.ts';
import type { Node, Tree } from './tree.ts';

/** A stretch of the text that is thrown away. */
interface Range {
  start: number;
  end: number;
}

export interface Session {
  /**
   * The text that was parsed, and the same before hidden line breaks became line feeds. Both end
   * with a line break.
   */
  readonly text: string;
  readonly original: string;
  readonly tree: Tree;
  readonly splices: Splice[];
  /** Collections in which something changes. */
  readonly walked: Set<Node>;
  /** What is replaced or removed; anchors in it are gone. */
  readonly dropped: Range[];
  /** Ends the run with a positioned error. */
  readonly refuse: Refusal;
}

export type Refusal = (
  code: Code,
  at: { offset: number; path: Path | undefined },
  message: string,
) => never;

/** Notes one change. */
export function splice(session: Session, start: number, end: number, text: string): void {
  session.splices.push({ start, end, text });
}

/** Puts whole lines behind the line of `at`, with the line break that this line has. */
export function insertLines(session: Session, at: number, lines: readonly string[]): void {
  const { text, original } = session;
  const eol = lineBreak(original, text, at);
  const place = nextLine(text, at);
  splice(session, place, place, lines.map((line) => line + eol).join(''));
}

/** Takes the whole lines from that of `start` to that of `end` away. */
export function deleteLines(session: Session, start: number, end: number): void {
  splice(session, lineStart(session.text, start), nextLine(session.text, end), '');
}
