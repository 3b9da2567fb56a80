/** Whether an object is a policy that demands a read-only root filesystem of pods. */
import type { ManifestObject } from '../workloads/types.ts';
import { isMapping } from '../yaml/mapping.ts';
import type { Path } from '../yaml/read.ts';
import { mapOf } from './context.ts';

const FIELD = 'readOnlyRootFilesystem';
/** Policies are small; what is nested deeper is no policy that an engine takes. */
const MAX_DEPTH = 40;
const MAX_NODES = 20_000;

/** Where the policy demands it; undefined where it does not. Recognises PSP, SCC, Kyverno, Gatekeeper and CEL policies. */
export function demandsReadOnlyRoot(object: ManifestObject): Path | undefined {
  const { apiVersion, kind, value } = object;
  const group = apiVersion.split('/')[0] ?? '';
  if (kind === 'PodSecurityPolicy') return flag(mapOf(value.spec), ['spec', FIELD]);
  if (kind === 'SecurityContextConstraints') return flag(value, [FIELD]);
  if (group === 'constraints.gatekeeper.sh') return gatekeeper(kind);
  if (group === 'kyverno.io' && /^(?:Cluster)?Policy$/.test(kind)) return kyverno(value);
  const cel = group === 'policies.kyverno.io' || group === 'admissionregistration.k8s.io';
  if (cel && /ValidatingPolicy$|ValidatingAdmissionPolicy$/.test(kind)) return find(value, isCel);
  return undefined;
}

function flag(holder: Readonly<Record<string, unknown>>, path: Path): Path | undefined {
  return holder[FIELD] === true ? path : undefined;
}

/** The constraint of the gatekeeper library, and copies that keep the words of its name. */
function gatekeeper(kind: string): Path | undefined {
  return /read-?only-?root-?filesystem/i.test(kind) ? ['kind'] : undefined;
}

/** Rules that validate; patterns may carry an anchor: `=(readOnlyRootFilesystem): true`. */
function kyverno(value: Readonly<Record<string, unknown>>): Path | undefined {
  const { rules } = mapOf(value.spec);
  if (!Array.isArray(rules)) return undefined;
  for (const [index, rule] of rules.entries()) {
    const { validate } = mapOf(rule);
    const found = find(validate, isPattern) ?? find(validate, isCel);
    if (found !== undefined) return ['spec', 'rules', index, 'validate', ...found];
  }
  return undefined;
}

function isPattern(key: string | number, value: unknown): boolean {
  return (
    typeof key === 'string' &&
    key.replace(/^[=^+<X]?\((.*)\)$/, '$1') === FIELD &&
    (value === true || value === 'true')
  );
}

/** A CEL or JMESPath expression, or a key of a deny condition, that speaks of the field. */
function isCel(key: string | number, value: unknown): boolean {
  return (
    (key === 'expression' || key === 'key') && typeof value === 'string' && value.includes(FIELD)
  );
}

function find(
  root: unknown,
  wanted: (key: string | number, value: unknown) => boolean,
): Path | undefined {
  let nodes = 0;
  const search = (value: unknown, depth: number): Path | undefined => {
    if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return undefined;
    const entries: [string | number, unknown][] = Array.isArray(value)
      ? value.map((entry: unknown, index) => [index, entry])
      : isMapping(value)
        ? Object.entries(value)
        : [];
    for (const [key, entry] of entries) {
      if (++nodes > MAX_NODES) return undefined;
      if (wanted(key, entry)) return [key];
      const below = search(entry, depth + 1);
      if (below !== undefined) return [key, ...below];
    }
    return undefined;
  };
  return search(root, 0);
}
