/**
 * Builds dist/: the templates precompiled, then one bundle with a chunk a command, minified and
 * without source maps. Every library is bundled, so the lockfile pins what ships.
 */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import Handlebars from 'handlebars';
import { thirdPartyLicences } from './licences.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
/** Built aside and swapped in when it is whole: a build that fails leaves the last one. */
const STAGE = join(ROOT, `dist.tmp-${process.pid}`);
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
};

process.on('exit', () => {
  rmSync(STAGE, { recursive: true, force: true });
});
mkdirSync(STAGE, { recursive: true });
const templates = join(STAGE, 'templates.js');
writeFileSync(templates, precompiled());
const result = await build({
  absWorkingDir: ROOT,
  entryPoints: { bin: 'src/bin.ts' },
  outdir: STAGE,
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  metafile: true,
  define: { __VERSION__: JSON.stringify(version) },
  alias: { handlebars: 'handlebars/runtime.js', '#templates': templates },
  // CommonJS libraries ask for Node's own modules by require, which an ES module does not have.
  banner: {
    js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);",
  },
});
writeFileSync(
  join(STAGE, 'THIRD_PARTY_LICENCES.txt'),
  thirdPartyLicences(ROOT, Object.keys(result.metafile.inputs)),
);
chmodSync(join(STAGE, 'bin.js'), 0o755);
rmSync(DIST, { recursive: true, force: true });
renameSync(STAGE, DIST);

/** templates/<target>/<name>.hbs as one module: `{ "<target>/<name>": spec }`. */
function precompiled(): string {
  const folder = join(ROOT, 'templates');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.hbs'))
    .sort();
  const entries = files.map((name) => {
    const id = relative('.', name)
      .split(sep)
      .join('/')
      .replace(/\.hbs$/, '');
    const spec = Handlebars.precompile(readFileSync(join(folder, name), 'utf8'), {
      strict: true,
      noEscape: true,
      knownHelpers: { yaml: true, comment: true, cell: true },
      knownHelpersOnly: true,
      preventIndent: true,
    }) as string;
    return `${JSON.stringify(id)}: ${spec}`;
  });
  return `export const templates = {\n${entries.join(',\n')}\n};\n`;
}
