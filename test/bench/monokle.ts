/** The one other Pod Security engine in TypeScript, fetched for the bench alone into .cache/bench. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from './measure.ts';
import { CACHE } from './places.ts';

const PACKAGE = '@monokle/validation@0.33.0';

/** A program that judges the pods of a file with the peer; a sentence where it cannot be had. */
export function monokle(file: string): Program | string {
  const folder = join(CACHE, 'monokle');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'node_modules/@monokle/validation'))) {
    writeFileSync(join(folder, 'package.json'), '{"private": true, "type": "module"}');
    const args = [
      'install',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--engine-strict=false',
      PACKAGE,
      'js-yaml@4',
    ];
    const { status } = spawnSync('npm', args, { cwd: folder, stdio: 'ignore' });
    if (status !== 0) return `${PACKAGE} could not be installed.`;
  }
  const script = join(folder, 'judge.mjs');
  writeFileSync(script, JUDGE);
  return { name: '@monokle/validation', command: `node ${script} ${file}`, cwd: folder };
}

const JUDGE = `import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { createDefaultMonokleValidator } from '@monokle/validation';
// The peer places each finding in the text of its document, so it gets that text, as its own tools give it.
const texts = readFileSync(process.argv[2], 'utf8').split(/^---\\n/m).filter((text) => text !== '');
const resources = texts.map((text, index) => {
  const content = load(text);
  const { name, namespace } = content.metadata;
  const { apiVersion, kind } = content;
  const file = { fileId: String(index), filePath: index + '.yaml', fileOffset: 0 };
  return { id: String(index), ...file, name, namespace, apiVersion, kind, content, text };
});
const validator = createDefaultMonokleValidator();
await validator.preload({ plugins: { 'pod-security-standards': true } });
const { runs } = await validator.validate({ resources });
process.stdout.write(String(runs[0].results.length));
`;
