/** DPS6xxx: offline admission. */
import type { CodeEntry } from './types.ts';

export const admitCodes = {} as const satisfies Record<string, CodeEntry>;
