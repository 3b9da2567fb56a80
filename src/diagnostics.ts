/**
 * What the program says about its input, before any format is chosen: a diagnostic has a stable
 * code, a place and a remedy. Every layer may import this file; it imports only the code table.
 */
import { codeEntry, type Code } from './codes/index.ts';

export type Severity = 'error' | 'warning' | 'note';

/** A place in a file. Lines and columns count from 1; columns count UTF-16 code units. */
export interface Location {
  file: string;
  line: number;
  column: number;
  endLine?: number;
  endColumn?: number;
}

/** The Kubernetes object, and the container in it, that a diagnostic speaks of. */
export interface Subject {
  kind: string;
  namespace?: string;
  name: string;
  container?: string;
}

export interface Diagnostic {
  code: Code;
  severity: Severity;
  /** One sentence: capital first, full stop last, the field path in full, the user's value quoted. */
  message: string;
  location?: Location;
  /** Other places that belong to the problem (the first of two duplicate keys, ...). */
  related?: { message: string; location: Location }[];
  subject?: Subject;
  /** What to do, as one sentence or as text to paste. */
  fix?: string;
  /** The source lines around the location, secrets masked; filled where the text is at hand. */
  frame?: string;
}

/** Builds a diagnostic; the severity comes from the code table unless `more.severity` says otherwise. */
export function diagnostic(
  code: Code,
  message: string,
  more: Partial<Omit<Diagnostic, 'code' | 'message'>> = {},
): Diagnostic {
  return { code, severity: codeEntry(code).severity, message, ...more };
}

/**
 * The only error that a user is meant to see. Anything else that is thrown is a bug of ours.
 * `exitCode` follows contracts: 2 could not run, 1 findings or a failed check, 130 interrupted.
 */
export class UserError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: 1 | 2 | 130;

  constructor(diagnostics: readonly Diagnostic[], exitCode: 1 | 2 | 130 = 2) {
    super(diagnostics.map((entry) => entry.message).join('\n'));
    this.name = 'UserError';
    this.diagnostics = diagnostics;
    this.exitCode = exitCode;
  }
}

/** Shorthand for the common case: one diagnostic that ends the run. */
export function fail(
  code: Code,
  message: string,
  more: Partial<Omit<Diagnostic, 'code' | 'message'>> = {},
): never {
  throw new UserError([diagnostic(code, message, more)]);
}

const SEVERITY_RANK: Record<Severity, number> = { error: 2, warning: 1, note: 0 };

/** True when `severity` is at least `threshold`. */
export function atLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITY_RANK[severity] >= SEVERITY_RANK[threshold];
}

/** `2 errors, 1 warning`: the total line of a report; empty for no diagnostics. */
export function countLine(diagnostics: readonly Diagnostic[]): string {
  const parts: string[] = [];
  for (const severity of ['error', 'warning', 'note'] as const) {
    const count = diagnostics.filter((entry) => entry.severity === severity).length;
    if (count > 0) parts.push(`${count} ${severity}${count === 1 ? '' : 's'}`);
  }
  return parts.join(', ');
}
