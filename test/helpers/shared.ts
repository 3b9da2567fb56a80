/** Data that lies beside the project where it is built, and is absent from a lone clone. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const SHARED = join(import.meta.dirname, '..', '..', '..', 'shared');

export const CORPUS = join(SHARED, 'corpus', 'charts');
export const CONFORMANCE = join(SHARED, 'conformance');

export const hasCorpus = (): boolean => existsSync(CORPUS);
export const NO_CORPUS = 'the folder ../shared/corpus is absent';

/** The names of the rendered charts, without their ending. */
export function corpusCharts(): string[] {
  if (!hasCorpus()) return [];
  return readdirSync(CORPUS)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace(/\.yaml$/, ''))
    .sort();
}
