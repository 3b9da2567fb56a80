/** The parser's refusals as diagnostics: place, frame, and what to do. */
import { YAMLException } from './js-yaml.ts';
import type { Code } from '../codes/index.ts';
import { diagnostic, UserError } from '../diagnostics.ts';
import { frame } from '../text/codeframe.ts';
import { ConstructError } from './construct-state.ts';
import { locator, type Origin } from './lines.ts';

interface Trouble {
  code: Code;
  offset: number;
  message: string;
  fix: string;
}

/** The UserError for a text that cannot be read; anything that is not about the text is thrown on. */
export function readError(error: unknown, text: string, origin: Origin): UserError {
  const trouble = troubleOf(error, text);
  if (trouble === undefined) throw error;
  return positioned(trouble, text, origin);
}

/** A refusal found before parsing (directive, byte order mark, NUL). */
export function refusalError(
  refusal: { offset: number; message: string },
  text: string,
  origin: Origin,
): UserError {
  const fix = 'Remove the character or line shown and save the file as UTF-8.';
  return positioned({ code: 'DPS7005', fix, ...refusal }, text, origin);
}

function positioned(trouble: Trouble, text: string, origin: Origin): UserError {
  const location = locator(text, origin)(trouble.offset);
  const { code, message, fix } = trouble;
  const shown = frame(text, location, undefined, origin.line);
  return new UserError([diagnostic(code, message, { location, fix, frame: shown })]);
}

function troubleOf(error: unknown, text: string): Trouble | undefined {
  if (error instanceof RangeError) {
    return limit(0, 'The document is nested too deeply.');
  }
  if (error instanceof ConstructError) {
    const { offset } = error;
    const message = unquoted(error.message);
    if (error.refusal === 'limit') return limit(offset, message);
    if (error.refusal === 'tag') {
      return { code: 'DPS7004', offset, message, fix: 'Remove the tag.' };
    }
    return templateAt(text, offset) ?? syntax(offset, message);
  }
  if (!(error instanceof YAMLException)) return undefined;
  const offset = error.mark?.position ?? 0;
  if (error.reason.startsWith('nesting exceeded')) {
    return limit(offset, 'The document is nested too deeply.');
  }
  if (error.reason.includes('tag')) {
    return {
      code: 'DPS7004',
      offset,
      message: `The tag is not valid: ${unquoted(error.reason)}.`,
      fix: 'Remove the tag.',
    };
  }
  return (
    templateAt(text, offset) ??
    syntax(offset, `The text is not valid YAML: ${unquoted(error.reason)}.`)
  );
}

/** A password may begin with "*" or "!": the names of aliases and tags are not repeated. */
function unquoted(message: string): string {
  return message.replace(/ "[^]*"| !<[^]*>|(?<=^tag [^:]*):[^]*/g, '');
}

function limit(offset: number, message: string): Trouble {
  const fix = 'Write the repeated or nested part out, or split the document.';
  return { code: 'DPS7003', offset, message, fix };
}

function syntax(offset: number, message: string): Trouble {
  return { code: 'DPS7001', offset, message, fix: 'Correct the syntax at the place shown.' };
}

/** The trouble when a template action stands on the line of the offset or on the two before it. */
function templateAt(text: string, offset: number): Trouble | undefined {
  let start = offset;
  for (let line = 0; line < 3 && start > 0; line++) start = text.lastIndexOf('\n', start - 1);
  const end = text.indexOf('\n', offset);
  const near = text.slice(Math.max(start, 0), end === -1 ? undefined : end);
  const action = near.lastIndexOf('{{');
  if (action === -1) return undefined;
  return {
    code: 'DPS7002',
    offset: Math.max(start, 0) + action,
    message:
      'The text holds template actions ("{{"), so it is a template that is not rendered yet.',
    fix: 'Render it first, for example with "helm template RELEASE CHART", and read the result.',
  };
}
