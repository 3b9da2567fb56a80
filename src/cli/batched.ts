/** A report comes in many small pieces; a system call for each would take longer than the audit. */
const BATCH = 64 * 1024;

/** The same text in pieces of about `size` characters. */
export function* batched(pieces: Iterable<string>, size = BATCH): Generator<string> {
  let waiting: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    if (length < size) continue;
    yield waiting.join('');
    waiting = [];
    length = 0;
  }
  if (waiting.length > 0) yield waiting.join('');
}
