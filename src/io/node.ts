import process from 'node:process';
import type { Io } from './io.ts';
import { isTerminal } from './is-terminal.ts';
import { listFiles, pathKind } from './list.ts';
import { createOutput, writeStderr } from './output.ts';
import { openSource, readWholeText } from './source.ts';

const DEFAULT_COLUMNS = 80;

/** The Io of a real process. Imported by the entry point alone; everything else receives it. */
export function nodeIo(): Io {
  const output = createOutput();
  return {
    readText: (path) => readWholeText(path),
    open: openSource,
    kind: pathKind,
    list: listFiles,
    out: (text) => output.write(text),
    get outClosed() {
      return output.isClosed();
    },
    err: writeStderr,
    stdinIsTerminal: isTerminal(0),
    stdoutIsTerminal: isTerminal(1),
    stderrIsTerminal: isTerminal(2),
    get columns() {
      return terminalColumns();
    },
    env: (name) => process.env[name],
    now: () => new Date(),
    cwd: () => process.cwd(),
  };
}

/** Asked late: node's stdout object costs start-up time that a report to a file need not pay. */
function terminalColumns(): number {
  if (isTerminal(1)) return process.stdout.columns || DEFAULT_COLUMNS;
  if (isTerminal(2)) return process.stderr.columns || DEFAULT_COLUMNS;
  return DEFAULT_COLUMNS;
}
