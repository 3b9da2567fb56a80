/**
 * The source lines around a place, with carets under it. Secrets never reach a frame: the values of
 * keys that hold one are `***`, also where they go on over the next lines.
 */
import type { Location } from '../diagnostics.ts';
import { maskLines, withoutValues } from './mask-lines.ts';
import { terminalSafe } from './terminal-safe.ts';

/** Lines longer than this are cut around the place. */
const MAX_WIDTH = 160;

const SECRET_KEY =
  /^(?:.*[-_.])?(?:password|passwd|passphrase|secret|token|license[-_]?key|access[-_]?key|secret[-_]?access[-_]?key|private[-_]?key|api[-_]?key|credentials?|dockerconfigjson)$|(?:Password|Secret|Token|LicenseKey|AccessKey|PrivateKey|ApiKey|Credentials?)$/i;
/** Every key that SECRET_KEY knows holds one of these: most lines hold none, and are read no further. */
const SECRET_WORD = /key|pass|secret|token|credential|dockerconfig/i;
const SECRET_OBJECT = /(?:^|[\s{,"'])kind["']?\s*:\s*["']?Secret/;
const SECRET_OBJECT_KEY = /^(?:data|stringData)$/;

/** True for a key whose value must not be shown (contracts: password, secret, token, ..., and names that end so). */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key);
}

/**
 * Three lines of `text` with carets under `location`. `firstLine` is the line of the file at which
 * `text` begins. `isSecret` decides by a key's name whether its value is masked; below a Secret's
 * data and stringData everything is. Empty when the location lies outside the text.
 */
export function frame(
  text: string,
  location: Location,
  isSecret: (key: string) => boolean = isSecretKey,
  firstLine = 1,
): string {
  const target = location.line - firstLine;
  if (target < 0) return '';
  const { lines, masked, values } = maskedText(text, isSecret);
  const line = lines[target];
  if (line === undefined) return '';
  const from = Math.max(0, target - 1);
  const to = Math.min(masked.length, target + 2);
  const width = String(firstLine + to - 1).length;
  const cut = Math.max(0, location.column - 1 - MAX_WIDTH / 2);
  const output: string[] = [];
  for (let index = from; index < to; index++) {
    const whole = withoutValues(masked[index] ?? '', values);
    const shown = visible(whole.slice(cut, cut + MAX_WIDTH));
    output.push(`  ${String(firstLine + index).padStart(width)} | ${shown}`.trimEnd());
    if (index === target)
      output.push(`  ${' '.repeat(width)} | ${carets(line, whole, location, cut)}`);
  }
  return output.join('\n');
}

/** The text with the values of secrets hidden and its lines kept, for diffs. A carriage return at a line's end goes. */
export function hideSecrets(text: string): string {
  const { masked, values } = maskedText(text, isSecretKey);
  return masked.map((line) => withoutValues(line, values)).join('\n');
}

function visible(line: string): string {
  return terminalSafe(line.replaceAll('\t', ' '));
}

interface Masked {
  text: string;
  isSecret: (key: string) => boolean;
  lines: readonly string[];
  masked: readonly string[];
  values: readonly string[];
}

/** One text usually has many frames, and a secret may stand anywhere in it. */
let last: Masked | undefined;

function maskedText(text: string, isSecret: (key: string) => boolean): Masked {
  if (last?.text === text && last.isSecret === isSecret) return last;
  const split = text.split('\n');
  const lines = text.includes('\r') ? split.map((line) => line.replace(/\r$/, '')) : split;
  const secretObject = SECRET_OBJECT.test(text);
  const hides = (key: string): boolean =>
    isSecret(key) || (secretObject && SECRET_OBJECT_KEY.test(key));
  const word = isSecret === isSecretKey && !secretObject ? SECRET_WORD : undefined;
  const { lines: masked, values } = maskLines(lines, hides, word);
  last = { text, isSecret, lines, masked, values };
  return last;
}

function carets(line: string, shown: string, location: Location, cut: number): string {
  const start = Math.min(location.column - 1, shown.length);
  const sameLine = location.endLine === undefined || location.endLine === location.line;
  const end = sameLine ? (location.endColumn ?? location.column + 1) - 1 : line.length;
  const stop = Math.min(
    Math.max(end, start + 1),
    Math.max(shown.length, start + 1),
    cut + MAX_WIDTH,
  );
  const before = visible(shown.slice(cut, start));
  const marked = visible(shown.slice(start, stop));
  return ' '.repeat(before.length) + '^'.repeat(Math.max(1, marked.length));
}
