/**
 * The number of single edits (insert, delete, replace, swap of neighbours) between two words.
 * Stops early and returns `limit + 1` when the words are further apart than `limit`.
 */
export function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let rows: [number[], number[]] = [[], Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= from.length; row++) {
    const current = nextRow(from, to, row, rows);
    if (Math.min(...current) > limit) return limit + 1;
    rows = [rows[1], current];
  }
  return Math.min(rows[1][to.length] ?? Infinity, limit + 1);
}

/** One row of the table of distances between the starts of two words, from the two rows before. */
function nextRow(from: string, to: string, row: number, rows: [number[], number[]]): number[] {
  const [beforeLast, last] = rows;
  const at = (cells: number[], column: number): number => cells[column] ?? Infinity;
  const current = [row];
  for (let column = 1; column <= to.length; column++) {
    const replaced = at(last, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1);
    const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
    const swapped = isSwap ? at(beforeLast, column - 2) + 1 : Infinity;
    current.push(Math.min(at(last, column) + 1, at(current, column - 1) + 1, replaced, swapped));
  }
  return current;
}

/** The candidate nearest to `word` (at most two edits, one for short words, case ignored), if any. */
export function nearestName(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = word.length < 4 ? 2 : 3;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance - 1);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
