import { setFlagsFromString } from 'node:v8';

/**
 * Says that the run will be over in a fraction of a second: the optimising compiler is left out, whose
 * work would not pay for itself. Not for commands that read input of any length.
 */
export function expectShortRun(): void {
  setFlagsFromString('--no-opt');
}

/**
 * Says that the run reads input of any length: what is read dies young, so a small space for young objects
 * keeps the peak of memory low, for a little more work of the collector.
 */
export function expectLongRun(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--max-semi-space-size=4');
}
