/**
 * Which YAML documents may stay unparsed: those whose bytes prove that Kubernetes would see one of
 * a closed list of core kinds that hold no pod and nothing else we judge. Any doubt means parsing.
 */
const CORE = /^v1$/;
/** Stable versions only: alpha and beta ones may be gone from the target, which audit tells. */
const group = (name: string): RegExp => new RegExp(`^${name.replaceAll('.', '\\.')}/v[0-9]+$`);
const AUTOSCALING = group('autoscaling');
const NETWORKING = group('networking.k8s.io');
const STORAGE = group('storage.k8s.io');

/** Kind, and the API groups in which it is the one meant: a Knative Service does hold a pod. */
const SKIPPED: ReadonlyMap<string, RegExp> = new Map([
  ['ConfigMap', CORE],
  ['ConfigMapList', CORE],
  ['Endpoints', CORE],
  ['Event', CORE],
  ['LimitRange', CORE],
  ['PersistentVolume', CORE],
  ['PersistentVolumeClaim', CORE],
  ['ResourceQuota', CORE],
  ['Secret', CORE],
  ['SecretList', CORE],
  ['Service', CORE],
  ['ServiceList', CORE],
  ['APIService', group('apiregistration.k8s.io')],
  ['CSIDriver', STORAGE],
  ['CustomResourceDefinition', group('apiextensions.k8s.io')],
  ['EndpointSlice', group('discovery.k8s.io')],
  ['HorizontalPodAutoscaler', AUTOSCALING],
  ['Ingress', NETWORKING],
  ['IngressClass', NETWORKING],
  ['Lease', group('coordination.k8s.io')],
  ['NetworkPolicy', NETWORKING],
  ['PodDisruptionBudget', group('policy')],
  ['PriorityClass', group('scheduling.k8s.io')],
  ['StorageClass', STORAGE],
]);

/** True for a kind of the closed list in the group meant: it holds no pod. */
export function holdsNoWorkload(kind: string, apiVersion: string): boolean {
  return SKIPPED.get(kind)?.test(apiVersion) === true;
}

/** Sequences that end a line for kubectl only, and the byte order mark. */
const HIDDEN = ['\u0085', '\u2028', '\u2029', '\ufeff'].map((text) => Buffer.from(text));
const CARRIAGE_RETURN = 13;
const LINE_FEED = 10;
const SPACE = 32;
const HASH = 35;
const LOWER_K = 107;
/** A longer line is no bare word. */
const MAX_LINE = 200;
/** First characters of a line that may open a key, a flow collection, a tag, ... other than a plain word. */
const DOUBTFUL = new Uint8Array(256).fill(1, 128);
for (const char of '"\'?{}[]&*!<-%.:,|>@`	') DOUBTFUL[char.charCodeAt(0)] = 1;

/** True when `chunk`, the bytes between two separators, is proven to be of a kind of the closed list. */
export function canSkip(chunk: Buffer): boolean {
  const top = topLevelLines(chunk);
  if (top === undefined) return false;
  const kind = wordBehind('kind:', top.kind);
  const apiVersion = wordBehind('apiVersion:', top.apiVersion);
  if (kind === undefined || apiVersion === undefined || !holdsNoWorkload(kind, apiVersion))
    return false;
  return !hasHiddenBreak(chunk);
}

interface TopLevel {
  kind?: string;
  apiVersion?: string;
  /**
   * No indented line may follow here: before the first key it would be the root, which ends at the
   * first line in column 0 (kubectl drops the rest), behind kind it may belong to its value.
   */
  flush: boolean;
}

/** The only line with the key kind and the only one with apiVersion; undefined when there is any doubt. */
function topLevelLines(chunk: Buffer): { kind: string; apiVersion: string } | undefined {
  const found: TopLevel = { flush: true };
  let next = separatorEnd(chunk);
  while (next < chunk.length) {
    const at = next;
    const end = chunk.indexOf(LINE_FEED, at);
    next = end === -1 ? chunk.length : end + 1;
    const first = chunk[at] ?? 0;
    if (first === SPACE) {
      if (found.flush && !isBlankOrComment(chunk, at, next)) return undefined;
    } else if (first !== HASH && first !== LINE_FEED && first !== CARRIAGE_RETURN) {
      if (DOUBTFUL[first] === 1 || !noteKey(chunk, at, next, found)) return undefined;
    }
  }
  const { kind, apiVersion } = found;
  return kind === undefined || apiVersion === undefined ? undefined : { kind, apiVersion };
}

/** False when the line is a second kind or apiVersion, or a kind that is not of the list. */
function noteKey(chunk: Buffer, at: number, next: number, found: TopLevel): boolean {
  const key = chunk[at] === LOWER_K ? 'kind' : 'apiVersion';
  found.flush = startsWith(chunk, at, key);
  if (!found.flush) return true;
  if (found[key] !== undefined) return false;
  const line = chunk.toString('latin1', at, Math.min(next, at + MAX_LINE));
  found[key] = line;
  // Most documents of a dump are pods: the first lines say so, the rest needs no look.
  return key !== 'kind' || SKIPPED.has(wordBehind('kind:', line) ?? '');
}

function startsWith(chunk: Buffer, at: number, word: string): boolean {
  for (let index = 0; index < word.length; index++) {
    if (chunk[at + index] !== word.charCodeAt(index)) return false;
  }
  return true;
}

/** Behind a `---` line that opens the chunk. */
function separatorEnd(chunk: Buffer): number {
  if (!startsWith(chunk, 0, '---')) return 0;
  const end = chunk.indexOf(LINE_FEED);
  return end === -1 ? chunk.length : end + 1;
}

function isBlankOrComment(chunk: Buffer, from: number, to: number): boolean {
  let at = from;
  while (at < to && chunk[at] === SPACE) at++;
  const byte = chunk[at];
  return at === to || byte === HASH || byte === LINE_FEED || byte === CARRIAGE_RETURN;
}

/** `ConfigMap` of `kind: ConfigMap`: a bare word, then nothing but spaces. */
function wordBehind(key: string, line: string): string | undefined {
  if (!line.startsWith(key)) return undefined;
  return /^ +([A-Za-z][A-Za-z0-9./]*) *\r?\n?$/.exec(line.slice(key.length))?.[1];
}

function hasHiddenBreak(chunk: Buffer): boolean {
  for (
    let at = chunk.indexOf(CARRIAGE_RETURN);
    at !== -1;
    at = chunk.indexOf(CARRIAGE_RETURN, at + 1)
  ) {
    if (chunk[at + 1] !== LINE_FEED) return true;
  }
  return HIDDEN.some((bytes) => chunk.includes(bytes));
}
