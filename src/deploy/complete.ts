/** From checked values to the canonical tree: defaults filled in, secrets taken out, nothing left to change. */
import { isMapping, put } from '../yaml/mapping.ts';
import { valueOf } from './issues.ts';
import { optionTable } from './option-table.ts';
import { withoutSecrets } from './secrets.ts';

/** Dotted paths of all keys that the user gave a value other than null. Lists count as one value. */
export function givenPaths(values: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const paths = new Set<string>();
  const visit = (value: unknown, path: string): void => {
    if (value === null || value === undefined) return;
    if (path !== '') paths.add(path);
    if (!isMapping(value)) return;
    for (const [key, item] of Object.entries(value))
      visit(item, path === '' ? key : `${path}.${key}`);
  };
  visit(values, '');
  return paths;
}

/**
 * The values with every default of the option table, `facts` (dotted path to value) over the file's,
 * and `***` in place of secrets. `istio.install` follows `istio.enabled`; no registry key means none.
 */
export function completed(
  values: Readonly<Record<string, unknown>>,
  facts: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const tree = withoutSecrets(values) as Record<string, unknown>;
  for (const row of optionTable) {
    if (row.default !== undefined && row.movedTo === undefined)
      setDefault(tree, row.path, row.default);
  }
  setDefault(tree, 'istio.install', valueOf(tree, ['istio', 'enabled']));
  setDefault(tree, 'internal_docker_registry.enabled', false);
  setDefault(tree, 'external_docker_registry', null);
  for (const [path, value] of Object.entries(facts)) {
    if (value !== undefined) setValue(tree, path.split('.'), value);
  }
  return frozen(tree);
}

function setDefault(tree: Record<string, unknown>, path: string, value: unknown): void {
  const steps = path.split('.');
  if ((valueOf(tree, steps) ?? undefined) === undefined) setValue(tree, steps, value);
}

function setValue(tree: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let target = tree;
  for (const step of path.slice(0, -1)) {
    const next = target[step];
    const section = isMapping(next) ? next : {};
    target[step] = section;
    target = section;
  }
  put(target, path.at(-1) ?? '', value);
}

/** Freezes a tree in depth and returns it. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) frozen(item);
  }
  return value;
}
