import { setFlagsFromString } from 'node:v8';

/**
 * Says that the run will be over in a fraction of a second: the optimising compiler is left out, whose
 * work would not pay for itself. Not for commands that read input of any length.
 */
export function expectShortRun(): void {
  setFlagsFromString('--no-opt');
}
