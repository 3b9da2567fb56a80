/** How a value of the file is shown in a sentence. */
import { formatPath, type Path, type RawScalar } from '../yaml/read.ts';
import { isMapping } from '../yaml/mapping.ts';

const LONGEST = 60;

/** `"ebz"`, `yes` as it is written, "a map", "a list", "nothing". Secrets are the caller's business. */
export function valueText(value: unknown, raw?: RawScalar): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (isMapping(value)) return 'a map';
  const text =
    typeof value === 'string' ? JSON.stringify(value) : (raw?.text ?? JSON.stringify(value));
  return shortened(text);
}

/** The path as `formatPath` writes it; of a key of any length only the beginning. */
export function pathText(path: Path): string {
  return formatPath(path.map((step) => (typeof step === 'string' ? shortened(step) : step)));
}

/** The beginning of a text that a user wrote, with an ellipsis where more follows. */
export function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

/** "a, b and c". */
export function listText(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
