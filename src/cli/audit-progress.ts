/** A line on stderr that shows how far a long run is; nothing where nobody watches. */
import type { Severity } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';

export interface Progress {
  step: (pods: number, counts: Readonly<Record<Severity, number>>) => void;
  /** Wipes the line. */
  done: () => void;
}

const FIRST_MS = 2000;
const NEXT_MS = 250;
/** The clock is asked this often, in steps. */
const STRIDE = 64;
const WIPE = '\r\x1b[K';

/** Shown from the third second on, on a terminal only. */
export function progressOn(io: Io, quiet: boolean): Progress {
  if (quiet || !io.stderrIsTerminal) return { step: () => undefined, done: () => undefined };
  let steps = 0;
  let due = io.now().getTime() + FIRST_MS;
  let isShown = false;
  return {
    step(pods, counts) {
      if (++steps % STRIDE !== 0) return;
      const now = io.now().getTime();
      if (now < due) return;
      due = now + NEXT_MS;
      isShown = true;
      io.err(`${WIPE}${pods} pods, ${counts.error} errors, ${counts.warning} warnings ...`);
    },
    done() {
      if (isShown) io.err(WIPE);
    },
  };
}
