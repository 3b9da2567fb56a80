/**
 * `npm run bench [NAME...]`: measures what design promises as ratios taken in one run, a peer or bare node beside
 * ours. Nothing here is asserted: it prints what it measured, and what it could not.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { benches } from './benches.ts';
import { CACHE } from './places.ts';

const wanted = process.argv.slice(2);
mkdirSync(CACHE, { recursive: true });
process.stdout.write(`node ${process.version}, ${new Date().toISOString()}, results are medians\n`);
for (const { name, run } of benches) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`\n## ${name}\n`);
  for (const line of run()) process.stdout.write(`${line}\n`);
}
process.stdout.write(`\nInput is kept in ${join('.cache', 'bench')}.\n`);
