import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');
export const BIN = join(ROOT, 'dist', 'bin.js');
export const CACHE = join(ROOT, '.cache', 'bench');
export const PROGRAMS = join(ROOT, '.cache', 'programs');
