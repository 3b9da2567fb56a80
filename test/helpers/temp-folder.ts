/** Folders and child programs for tests that need a real disk or a real process. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  lstatSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { buildSync } from 'esbuild';

/** Runs `action` with an empty folder that is removed afterwards. */
export async function inFolder<T>(action: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'domino-podsec-test-'));
  try {
    return await action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every file and every empty folder below a folder: path to content, `null` for an empty folder. */
export function snapshot(folder: string): Record<string, string | null> {
  const found: Record<string, string | null> = {};
  const walk = (path: string): void => {
    const names = readdirSync(path).sort();
    if (names.length === 0 && path !== folder) found[relative(folder, path)] = null;
    for (const name of names) {
      const full = join(path, name);
      if (lstatSync(full).isSymbolicLink())
        found[relative(folder, full)] = `-> ${readlinkSync(full)}`;
      else if (statSync(full).isDirectory()) walk(full);
      else found[relative(folder, full)] = readFileSync(full, 'utf8');
    }
  };
  walk(folder);
  return found;
}

/** Writes files below a folder. */
export function fill(folder: string, files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Bundles a TypeScript program into a file that plain node starts quickly. */
export function bundleChild(source: string, target: string): string {
  buildSync({
    entryPoints: [source],
    outfile: target,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
  return target;
}

/** An empty folder for each test of the suite that calls it; ask for its path inside a test. */
export function useTempFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'domino-podsec-test-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return () => folder;
}
