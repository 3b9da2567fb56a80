/**
 * Takes the values of secret keys out of lines that need not be valid YAML. It rather hides too much:
 * what a typo near a key makes of its value is not known.
 */
const MASK = '***';
/** Shorter values would be found in words that have nothing to do with them. */
const SHORTEST = 4;

const WORD = /(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([A-Za-z_.][\w./-]*))/.source;
/** A colon without a space and an equals sign are typos, and what follows is as secret. */
const KEY = new RegExp(`(?:^|[\\s{,[-])${WORD}[ \\t]*[:=]`, 'g');
/** The key alone or without its colon: `? password`, `password x`, `"token"` with the colon below. */
const BARE = new RegExp(`(?:^|[{,[])[ \\t]*(?:[-?][ \\t]+)*${WORD}(?=[ \\t]|$)`, 'g');
const NEW_KEY = new RegExp(`^[ \\t]*(?:-[ \\t]+)*${WORD}[ \\t]*:(?=[ \\t{["']|$)`);
const HARMLESS = /^[ \t]*(?:true|false|null|~|yes|no|\{\}|\[\])?[ \t]*,?[ \t]*(?:#.*)?$/i;
const EXPLICIT_VALUE = /^[ \t]*:(?:[ \t]|$)/;
const PROPERTIES = /^(?:[&!]\S*(?:\s+|$))*/;

interface Secret {
  /** Where the value begins, and the column of the key. */
  start: number;
  indent: number;
  /** The value begins or goes on below, at any depth. */
  open: boolean;
}

/** Replaces the values of secret keys, what goes on below them, and the same texts elsewhere. */
export function maskLines(lines: readonly string[], hides: (key: string) => boolean): string[] {
  const values = new Set<string>();
  let secret: Secret | undefined;
  const masked = lines.map((line) => {
    const indent = line.search(/[^ \t]/);
    if (indent === -1) return line;
    if (secret !== undefined && goesOn(line, indent, secret)) {
      collect(line, values);
      return `${' '.repeat(indent)}${MASK}`;
    }
    // An explicit value: its key stands somewhere above, in any form.
    if (EXPLICIT_VALUE.test(line)) {
      secret = { start: indent + 1, indent, open: false };
      collect(line.slice(indent + 1), values);
      return `${' '.repeat(indent)}: ${MASK}`;
    }
    secret = secretOf(line, indent, hides);
    if (secret === undefined) return line;
    const value = line.slice(secret.start);
    if (HARMLESS.test(value)) return line;
    collect(value, values);
    return `${line.slice(0, secret.start)} ${MASK}`;
  });
  const found = [...values].sort((a, b) => b.length - a.length);
  if (found.length === 0) return masked;
  const again = new RegExp(
    found.map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'),
    'g',
  );
  return masked.map((line) => line.replace(again, MASK));
}

function goesOn(line: string, indent: number, secret: Secret): boolean {
  if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) return false;
  if (indent > secret.indent) return true;
  if (indent === secret.indent && /^\s*-(?:\s|$)/.test(line)) return true;
  return secret.open && !NEW_KEY.test(line);
}

function secretOf(
  line: string,
  lineIndent: number,
  hides: (key: string) => boolean,
): Secret | undefined {
  for (const match of [...line.matchAll(KEY), ...line.matchAll(BARE)]) {
    const key = match[1] ?? match[2] ?? match[3] ?? '';
    if (!hides(key)) continue;
    const written = match[0];
    const start = match.index + written.length;
    const column = match.index + Math.max(0, written.search(/["'A-Za-z_.]/));
    const value = line.slice(start);
    const isFlow = balance(line.slice(0, column)) > 0;
    const open = isOpen(value) || (isFlow && balance(line) > 0 && !/,\s*$/.test(value));
    return { start, indent: isFlow && open ? lineIndent : column, open };
  }
  return undefined;
}

/** True when the value does not end on its line: nothing yet, an open quote or bracket. */
function isOpen(value: string): boolean {
  const text = value.trim().replace(PROPERTIES, '');
  if (text === '' || text.startsWith('#')) return true;
  if (text.startsWith('"')) return !/^"(?:[^"\\]|\\.)*"/.test(text);
  if (text.startsWith("'")) return !/^'(?:[^']|'')*'/.test(text);
  return /^[{[]/.test(text) && balance(text) > 0;
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
  const quoted = /^"((?:[^"\\]|\\.)*)"|^'((?:[^']|'')*)'/.exec(text);
  const value = quoted?.[1] ?? quoted?.[2] ?? text.replace(/[,}\]].*$|\s+#.*$/, '').trim();
  if (value.length >= SHORTEST && !HARMLESS.test(value)) values.add(value);
}
