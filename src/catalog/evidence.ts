/** Statements that rows of several files rest on. */
import type { Evidence } from './types.ts';

/** The table as read on the page of 5.4: names and exceptions of the first four rows. */
export const page54: Evidence = { confidence: 'documented', source: 'DOC-PODSEC-5.4' };
/** The table as read on the pages of 5.7 and later: names and exceptions of the first two rows. */
export const page57: Evidence = { confidence: 'documented', source: 'DOC-PODSEC-5.7' };

/** The pages of Domino list pods from 5.4 on. */
export const before54: Evidence = {
  confidence: 'derived',
  source: 'DOC-PODSEC-5.4',
  note: 'No page before 5.4 lists pods; as in 5.4 and in the upstream chart.',
};
export const before54Complete: Evidence = {
  confidence: 'assumed',
  source: 'DOC-PODSEC-5.4',
  note: 'No page before 5.4 lists pods.',
};

/** 5.6 has the rows of 5.7, but its exceptions could not be read. */
export const guess56: Evidence = {
  confidence: 'assumed',
  source: 'DOC-PODSEC-5.6',
  note: 'The page of 5.6 has the rows of 5.7; its exceptions could not be read.',
};
/** An exception on both sides of 5.6. */
export const around56: Evidence = {
  confidence: 'derived',
  source: 'DOC-PODSEC-5.6',
  note: 'Excepted in 5.4 and in 5.7; the exceptions of 5.6 could not be read.',
};

/** A key that the installer's documentation does not name: the file has one of our own for it. */
export const ourKey: Evidence = { confidence: 'assumed', source: 'OURS' };
