import process from 'node:process';
import { diagnostic, UserError } from '../diagnostics.ts';

/** Tells whether a signal has asked the run to end. */
export interface InterruptWatch {
  requested(): boolean;
  /** Gives the signals back their usual effect. */
  stop(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Holds signals back while files are being written, so that the writer can choose where to stop. */
export function watchSignals(): InterruptWatch {
  let isRequested = false;
  const note = (): void => {
    isRequested = true;
  };
  for (const signal of SIGNALS) process.on(signal, note);
  return {
    requested: () => isRequested,
    stop: () => {
      for (const signal of SIGNALS) process.removeListener(signal, note);
    },
  };
}

/** Lets the event loop turn once: node delivers signals between turns only. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** The end of a run by Ctrl-C. */
export function interruptedError(): UserError {
  return new UserError([diagnostic('DPS1004', 'Interrupted; nothing was changed.')], 130);
}
