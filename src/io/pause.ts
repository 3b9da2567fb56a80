const cell = new Int32Array(new SharedArrayBuffer(4));

/** Sleeps without turning the event loop: for a non-blocking stdin or stderr that is not ready yet. */
export function pause(milliseconds: number): void {
  Atomics.wait(cell, 0, 0, milliseconds);
}
