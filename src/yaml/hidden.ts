/**
 * What only kubectl sees in a text. go-yaml ends a line at a lone carriage return, U+0085, U+2028
 * and U+2029; JavaScript parsers do not, so `# x<U+2028>kind: Pod` is a Pod for one and a comment
 * for the other. Such characters become line feeds here (one for one: offsets stay), with a notice.
 */
import { diagnostic, type Diagnostic, type Location } from '../diagnostics.ts';

const HIDDEN_BREAK = /\r(?!\n)|[\u0085\u2028\u2029]/g;
const HIDDEN_BREAK_TEST = /\r(?!\n)|[\u0085\u2028\u2029]/;
const HIDDEN = ['\r', '\u0085', '\u2028', '\u2029'];
const BYTE_ORDER_MARK = '\ufeff';
/** Notices of one kind for one document: a file with old line ends has one at every line. */
const MAX_NOTICES = 20;

/** True when `text` may be given to the parser as it is; one cheap scan. */
export function isOrdinary(text: string): boolean {
  if (text.includes(BYTE_ORDER_MARK)) return false;
  // Searching for a character is much faster than the expression, which few texts need.
  const mayHide = HIDDEN.some((character) => text.includes(character));
  return !mayHide || !HIDDEN_BREAK_TEST.test(text);
}

/** The text as kubectl sees it, and a notice for each place where a JavaScript parser would not. */
export function normalize(
  text: string,
  first: boolean,
  at: (start: number, end?: number) => Location,
): { text: string; notices: Diagnostic[] } {
  const notices: Diagnostic[] = [];
  for (const match of text.matchAll(HIDDEN_BREAK)) {
    if (notices.length === MAX_NOTICES) break;
    notices.push(
      diagnostic(
        'DPS7007',
        `The character ${codePoint(match[0])} ends the line for kubectl, but not for most editors and parsers.`,
        { location: at(match.index, match.index + 1) },
      ),
    );
  }
  let plain = text.replace(HIDDEN_BREAK, '\n');
  if (plain.startsWith(BYTE_ORDER_MARK)) {
    if (!first) {
      notices.push(
        diagnostic(
          'DPS7009',
          'The document begins with a byte order mark (U+FEFF), which kubectl skips and others read as part of the first key.',
          { location: at(0, 1) },
        ),
      );
    }
    // A space would indent the first key, so the mark stays; the parser skips it at the start.
    plain = `${BYTE_ORDER_MARK}${plain.slice(1)}`;
  }
  return { text: plain, notices };
}

function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * The offset and the reason where kubectl refuses or may misread a whole document: a directive, a
 * byte order mark at a later line's start, two carriage returns before a line feed, a NUL. Undefined for an ordinary text.
 */
export function refusal(text: string): { offset: number; message: string } | undefined {
  const start = /^\ufeff?(?:[ \t\r]*(?:#[^\n]*)?\n)*%/.exec(text);
  if (start !== null) {
    return {
      offset: start[0].length - 1,
      message: 'A YAML directive (%) is not accepted by kubectl.',
    };
  }
  const mark = /(?<=[\n\r\u0085\u2028\u2029])\ufeff/.exec(text);
  if (mark !== null) {
    return {
      offset: mark.index,
      message:
        'A byte order mark (U+FEFF) stands at the start of a line, where readers disagree on it.',
    };
  }
  const twice = text.indexOf('\r\r\n');
  if (twice !== -1) {
    return {
      offset: twice,
      message:
        'Two carriage returns before a line feed are one line break for kubectl, and two for others.',
    };
  }
  const nul = text.indexOf('\0');
  if (nul === -1) return undefined;
  return {
    offset: nul,
    message: 'A NUL character is not allowed; the file may be UTF-16 or binary.',
  };
}
