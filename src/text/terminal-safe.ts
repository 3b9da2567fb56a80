/**
 * What a terminal would obey instead of showing: control characters (C0 but tab and line feed,
 * DEL, C1), marks that change the direction of text, invisible characters, line breaks that only
 * some programs see, halves of surrogate pairs.
 */
const UNSAFE =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udc7f]/g;

/** Nearly all text is plain, and a look at that is much cheaper than the search. */
const PLAIN = /^[\x20-\x7e]*$/;

const LINE_BREAK_OR_TAB = /[\t\n]/g;

function visible(match: string): string {
  return Array.from(match, visibleCharacter).join('');
}

function visibleCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\u{${code.toString(16)}}`;
}

/**
 * One line of text in which nothing acts on a terminal: `\x1b[2J` in a pod's name is shown as the
 * four characters `\x1b` and the rest. Line feeds and tabs become visible too. Safe to apply twice.
 */
export function terminalSafe(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(UNSAFE, visible).replace(LINE_BREAK_OR_TAB, visible);
}

/** The same for text of several lines (frames, patches to paste): line feeds and tabs stay. */
export function terminalSafeLines(text: string): string {
  return PLAIN.test(text) ? text : text.replace(UNSAFE, visible);
}

/**
 * The same characters as JSON escapes, for text that JSON.stringify made: it escapes C0 only, and
 * U+009B alone starts an escape sequence in some terminals. The decoded values stay the same.
 */
export function jsonSafe(json: string): string {
  if (PLAIN.test(json)) return json;
  return json.replace(UNSAFE, (match) =>
    match.replace(/[^\n]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
