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
import { execFileSync } from 'node:child_process';
import { join, relative, sep } from 'node:path';
import { builtinModules } from 'node:module';
import { build, type Plugin } from 'esbuild';
import Handlebars from 'handlebars';
import { thirdPartyLicences } from './licences.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
/** Built aside and swapped in when it is whole: a build that fails leaves the last one. */
const STAGE = join(ROOT, `dist.tmp-${process.pid}`);
/** Of 64 KiB: up to the end of what layout.ts of the sieve places. */
const SIEVE_PAGES = '14';
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
};

/** Modules that node has not loaded yet when it starts, and that few runs call. */
const LATE = ['assert', 'node:crypto', 'node:tty'];

/**
 * Node's own modules by getBuiltinModule: an import statement makes node build a facade of every
 * export of the module first, which costs a part of a short run. It serves require in CommonJS
 * libraries as well, which an ES module does not have.
 */
const builtins: Plugin = {
  name: 'builtins',
  setup(build) {
    const names = new RegExp(`^(node:)?(${builtinModules.join('|')})$`);
    build.onResolve({ filter: names }, ({ path, kind, importer }) => ({
      path,
      namespace: kind === 'require-call' ? 'required' : 'imported',
      // Not shared between us and the libraries: it would be a chunk of its own, which takes time to load.
      suffix: importer.includes('node_modules') ? '?library' : '',
    }));
    build.onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = ${builtin(path)};`,
    }));
    build.onLoad({ filter: /.*/, namespace: 'imported' }, ({ path }) => {
      const module = process.getBuiltinModule(path) as Readonly<Record<string, unknown>>;
      const isLate = LATE.includes(path);
      const exports = Object.keys(module)
        .filter((name) => /^[a-zA-Z]\w*$/.test(name) && name !== 'default')
        .map((name) =>
          isLate && typeof module[name] === 'function' && /^[a-z]/.test(name)
            ? `export const ${name} = (...given) => it().${name}(...given);`
            : `export const ${name} = /* @__PURE__ */ (() => it${isLate ? '()' : ''}.${name})();`,
        );
      const it = isLate ? `() => ${builtin(path)}` : builtin(path);
      const whole = isLate ? '/* @__PURE__ */ it()' : 'it';
      return {
        contents: `const it = ${it};\nexport default ${whole};\n${exports.join('\n')}\n`,
      };
    });
  },
};

function builtin(path: string): string {
  return `process.getBuiltinModule(${JSON.stringify(path)})`;
}

process.on('exit', () => {
  rmSync(STAGE, { recursive: true, force: true });
});
mkdirSync(STAGE, { recursive: true });
const templates = join(STAGE, 'templates.js');
writeFileSync(templates, precompiled());
const sieve = join(STAGE, 'sieve.js');
writeFileSync(sieve, assembled('src/workloads/sieve/assembly/index.ts'));
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
  alias: {
    handlebars: 'handlebars/runtime.js',
    '#templates': templates,
    '#sieve': sieve,
    // The other build of the library breaks lines of the help in the middle of words.
    cliui: join(ROOT, 'node_modules/cliui/build/index.cjs'),
  },
  plugins: [builtins],
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

/** The program of the sieve as one module: WebAssembly in base64. */
function assembled(entry: string): string {
  const compiler = join(ROOT, 'node_modules/assemblyscript/bin/asc.js');
  const binary = join(STAGE, 'sieve.wasm');
  const options = [
    ...[
      '-O3',
      '--converge',
      '--noAssert',
      '--runtime',
      'stub',
      '--use',
      'abort=',
      '--enable',
      'simd',
    ],
    ...['--initialMemory', SIEVE_PAGES, '--maximumMemory', SIEVE_PAGES],
  ];
  execFileSync(process.execPath, [compiler, entry, '--outFile', binary, ...options], { cwd: ROOT });
  const program = readFileSync(binary).toString('base64');
  rmSync(binary);
  return `export const program = ${JSON.stringify(program)};\n`;
}
