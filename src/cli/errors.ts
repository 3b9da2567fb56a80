/** The one place that turns an error into words on stderr and an exit code. */
import { countLine, UserError, type Diagnostic } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import { textWidth, wantsColor } from '../io/terminal.ts';
import { diagnosticText } from '../report/formats/text.ts';
import { VERSION } from '../version.ts';

export interface ErrorOptions {
  debug: boolean;
  color: boolean | undefined;
}

/** Prints diagnostics to stderr, one block each, then the total. */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  io: Io,
  color: boolean | undefined,
): void {
  if (diagnostics.length === 0) return;
  const colored = wantsColor({ color }, (name) => io.env(name), io.stderrIsTerminal);
  const width = textWidth(io.columns, io.stderrIsTerminal);
  const blocks = diagnostics.map((entry) => diagnosticText(entry, { color: colored, width }));
  io.err(`${blocks.join('\n')}\n${countLine(diagnostics)}.\n`);
}

/** @returns the exit code */
export function explainError(error: unknown, io: Io, { debug, color }: ErrorOptions): number {
  if (error instanceof UserError) {
    printDiagnostics(error.diagnostics, io, color);
    if (debug) io.err(`${error.stack ?? ''}\n`);
    return error.exitCode;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.err(
    `This is a bug in domino-podsec ${VERSION}; nothing was written after it.\n${stack}\nPlease report it with the command and, without its secrets, the input.\n`,
  );
  return 2;
}
