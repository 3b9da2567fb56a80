import { fstatSync, statSync, type Stats } from 'node:fs';
import process from 'node:process';
import { isatty } from 'node:tty';

/**
 * True for a descriptor that is a terminal. In a pipeline none is, and a look at the descriptor tells:
 * only what can be one is asked of node:tty, which takes time to load.
 */
export function isTerminal(descriptor: number): boolean {
  return (process.platform === 'win32' || canBe(descriptor)) && isatty(descriptor);
}

function canBe(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor);
    return stat.isCharacterDevice() && !isNullDevice(stat);
  } catch {
    return false;
  }
}

function isNullDevice({ rdev }: Stats): boolean {
  return statSync('/dev/null', { throwIfNoEntry: false })?.rdev === rdev;
}
