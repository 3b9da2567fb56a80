/**
 * Takes the values of secret keys out of lines that need not be valid YAML. It rather hides too much:
 * what a typo near a key makes of its value is not known.
 */
import { quotedText, readOn, WAITING, type HiddenValue } from './hidden-value.ts';

const MASK = '***';
/** Shorter values would be found in words that have nothing to do with them. */
const SHORTEST = 4;

/** No key is longer; a line of one long text is not read again from each of its characters. */
const WORD = /(?:"((?:[^"\\]|\\.){0,100})"|'((?:[^']|''){0,100})'|([A-Za-z_.][\w./-]{0,100}))/
  .source;
/**
 * A colon without a space, an equals sign, a quote that is lost and a bracket too much are typos, and
 * what follows is as secret.
 */
const KEY = new RegExp(`(?:^|[-\\s{,[}\\]"'])${WORD}["'{}[\\]]?[ \\t]*[:=]`, 'g');
/** The key alone or without its colon: `? password`, `password x`, `"token"` with the colon below. */
const BARE = new RegExp(`(?:^|[{,[])[ \\t]*(?:[-?][ \\t]+)*${WORD}(?=[ \\t]|$)`, 'g');
const NEW_KEY = new RegExp(`^[ \\t]*(?:-[ \\t]+)*${WORD}[ \\t]*:(?=[ \\t{["']|$)`);
const HARMLESS = /^(?:true|false|null|~|yes|no|\{\}|\[\])?[ \t]{0,9},?[ \t]{0,9}(?:#.*)?$/i;
const COLON = 58;
const EXPLICIT_VALUE = /^[ \t]*:(?:[ \t]|$)/;
const PROPERTIES = /^(?:[&!]\S*(?:\s+|$))*/;
const ANY = /^/;
/** An environment variable: the name stands beside its value, on the same line or on the next one. */
const VALUE = /(?:^|[\s{,"'])value["']?[ \t]*:/;
const NAME = /(?:^|[\s{,"'])name["']?[ \t]*:[ \t]*["']?([A-Za-z_][\w.-]{0,100})/;
const ITEM = /^[ \t]*-[ \t]/;
const PUNCTUATION = /^[ \t]*[[\]{},][[\]{}, \t]*$/;

interface SecretKeys {
  hides: (key: string) => boolean;
  word: RegExp;
}

interface Secret {
  /** Where the value begins, and the column of the key. */
  start: number;
  indent: number;
  /** The value begins or goes on below, at any depth. */
  open: boolean;
  /** The key stands between brackets, so that a bracket or comma ends a plain value. */
  isFlow: boolean;
  value: HiddenValue;
}

export interface MaskedLines {
  /** Without the values of secret keys and what goes on below them. */
  lines: readonly string[];
  /** The hidden texts, the longest first: `withoutValues` finds them elsewhere. */
  values: readonly string[];
}

/**
 * Takes the values of keys that `hides` names out of lines. Time is linear in the text.
 *
 * @param word found in every such key; absent: not known
 */
export function maskLines(
  lines: readonly string[],
  hides: (key: string) => boolean,
  word = ANY,
): MaskedLines {
  const values = new Set<string>();
  let secret: Secret | undefined;
  const masked = lines.map((line, index) => {
    const indent = line.search(/[^ \t]/);
    if (indent === -1) return line;
    const keys = holdsNamedSecret(lines, index, hides) ? namedSecret(hides) : { hides, word };
    if (secret !== undefined && goesOn(line, indent, secret)) {
      const isShown = isOnlyPunctuation(line, indent, secret);
      const next = after(secret, line);
      secret = next?.open === true ? next : (unendedSecretOf(line, indent, keys) ?? next);
      if (isShown) return line;
      collect(line, values);
      return `${' '.repeat(indent)}${MASK}`;
    }
    // An explicit value: its key stands somewhere above, in any form.
    if (line.charCodeAt(indent) === COLON && EXPLICIT_VALUE.test(line)) {
      const value = readOn(WAITING, line.slice(indent + 1));
      secret = { start: indent + 1, indent, open: isUnended(value), isFlow: false, value };
      collect(line.slice(indent + 1), values);
      return `${' '.repeat(indent)}: ${MASK}`;
    }
    secret = secretOf(line, indent, keys);
    if (secret === undefined) return line;
    const value = line.slice(secret.start);
    if (HARMLESS.test(value.trim())) return line;
    collect(value, values);
    return `${line.slice(0, secret.start)} ${MASK}`;
  });
  return { lines: masked, values: [...values].sort((a, b) => b.length - a.length) };
}

/** True for the `value` of a variable whose name says that it is a secret: `name: DB_PASSWORD`. */
function holdsNamedSecret(
  lines: readonly string[],
  index: number,
  hides: (key: string) => boolean,
): boolean {
  const line = lines[index] ?? '';
  if (!line.includes('value') || !VALUE.test(line)) return false;
  const before = ITEM.test(line) ? '' : (lines[index - 1] ?? '');
  const next = lines[index + 1] ?? '';
  return [before, line, ITEM.test(next) ? '' : next].some((text) => {
    const name = NAME.exec(text)?.[1];
    return name !== undefined && hides(name);
  });
}

function namedSecret(hides: (key: string) => boolean): SecretKeys {
  return { hides: (key) => key === 'value' || hides(key), word: ANY };
}

/** The line without texts that are hidden elsewhere, as of an anchor. */
export function withoutValues(line: string, values: readonly string[]): string {
  let shown = line;
  for (const value of values) {
    if (value.length <= shown.length && shown.includes(value))
      shown = shown.replaceAll(value, MASK);
  }
  return shown;
}

function goesOn(line: string, indent: number, { indent: ofKey, open, value }: Secret): boolean {
  if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) return false;
  if (indent > ofKey) return true;
  if (indent === ofKey && /^\s*-(?:\s|$)/.test(line)) return true;
  return open && (value.mode === 'flow' || !NEW_KEY.test(line));
}

/** Brackets and commas that cannot be a part of a text: those of a flow, or not below the key. */
function isOnlyPunctuation(
  line: string,
  indent: number,
  { indent: ofKey, isFlow, value }: Secret,
): boolean {
  if (!PUNCTUATION.test(line) || value.quote !== undefined) return false;
  return isFlow || value.mode === 'flow' || indent <= ofKey;
}

/** The secret below one more of its lines; undefined where its closing bracket or quote was found. */
function after(secret: Secret, line: string): Secret | undefined {
  const value = readOn(secret.value, line);
  if (value.mode !== 'closed') {
    const closes = value.mode !== 'flow' && isOnlyPunctuation(line, line.search(/\S/), secret);
    return { ...secret, value, open: secret.open && !closes };
  }
  if (secret.value.mode === 'flow' || secret.isFlow) return undefined;
  return { ...secret, value, open: false };
}

/** A key behind the end of a value, with its own value below. */
function unendedSecretOf(line: string, indent: number, keys: SecretKeys): Secret | undefined {
  const secret = secretOf(line, indent, keys);
  return secret?.open === true ? secret : undefined;
}

function secretOf(
  line: string,
  lineIndent: number,
  { hides, word }: SecretKeys,
): Secret | undefined {
  if (!word.test(line)) return undefined;
  const matches = [...line.matchAll(KEY), ...line.matchAll(BARE)]
    .filter((match) => hides(match[1] ?? match[2] ?? match[3] ?? ''))
    .sort((a, b) => a.index - b.index);
  const [head] = matches;
  const tail = matches.at(-1);
  if (head === undefined || tail === undefined) return undefined;
  const first = secretBehind(head, line, lineIndent);
  // What goes on below is the value of the last key, unless the first one holds it.
  if (first.open || head === tail) return first;
  return { ...secretBehind(tail, line, lineIndent), start: first.start };
}

function secretBehind(match: RegExpExecArray, line: string, lineIndent: number): Secret {
  const [written] = match;
  const start = match.index + written.length;
  const column = match.index + Math.max(0, written.search(/["'A-Za-z_.]/));
  const text = line.slice(start);
  const value = readOn(WAITING, text);
  const isFlow = balance(line.slice(0, column)) > 0;
  const goesOnInFlow = isFlow && balance(line) > 0 && !/,\s*$/.test(text);
  const open = isUnended(value) || (value.mode === 'plain' && goesOnInFlow);
  return { start, indent: isFlow && open ? lineIndent : column, open, isFlow, value };
}

/** Nothing yet, or an open quote or bracket. */
function isUnended({ mode }: HiddenValue): boolean {
  return mode === 'waiting' || mode === 'quoted' || mode === 'flow';
}

function balance(text: string): number {
  return (text.match(/[{[]/g)?.length ?? 0) - (text.match(/[}\]]/g)?.length ?? 0);
}

/** The scalar that a hidden piece begins with, as it would stand elsewhere. */
function collect(piece: string, values: Set<string>): void {
  const text = piece
    .replace(NEW_KEY, '')
    .trim()
    .replace(/^[-:]\s+/, '')
    .replace(PROPERTIES, '');
  const value = quotedText(text) ?? plainText(text);
  if (value.length >= SHORTEST && !HARMLESS.test(value)) values.add(value);
}

function plainText(text: string): string {
  const comment = text.indexOf(' #');
  return (comment === -1 ? text : text.slice(0, comment)).replace(/[,}\]].*$/, '').trim();
}
