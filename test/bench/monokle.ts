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
import { loadAll } from 'js-yaml';
import { createDefaultMonokleValidator } from '@monokle/validation';
const text = readFileSync(process.argv[2], 'utf8');
const resources = loadAll(text).map((content, index) => ({
  id: String(index), fileId: 'f', filePath: 'f', fileOffset: 0, name: content.metadata.name,
  apiVersion: content.apiVersion, kind: content.kind, namespace: content.metadata.namespace, content, text: '',
}));
const validator = createDefaultMonokleValidator();
await validator.preload({ plugins: { 'pod-security-standards': true } });
const { runs } = await validator.validate({ resources });
process.stdout.write(String(runs[0].results.length));
`;
