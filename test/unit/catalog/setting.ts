/** Configurations in short, and what conditions of the catalog see of them. */
import type { Platform } from '../../../src/catalog/types.ts';
import type { ConditionFacts } from '../../../src/security/condition.ts';

export type Leaf = string | number | boolean | null;

export interface Setting {
  /** Dotted paths of deploy.yaml, as the user wrote them; defaults are added as the parser does. */
  set?: Record<string, Leaf>;
  platform?: Platform;
  version?: string;
}

/** The defaults that the parser fills in before conditions are asked. */
const DEFAULTS: Record<string, Leaf> = {
  'storage_classes.block.create': true,
  'image_caching.enabled': true,
  'gpu.enabled': false,
  'istio.cni': true,
  extended_catalog: false,
  external_docker_registry: null,
};

export function facts({ set = {}, platform = 'other', version }: Setting): ConditionFacts {
  const install = set['istio.install'] ?? set['istio.enabled'] ?? false;
  const values: Record<string, unknown> = {};
  for (const [path, value] of Object.entries({ ...DEFAULTS, ...set, 'istio.install': install })) {
    put(values, path.split('.'), value);
  }
  return { values, given: new Set(Object.keys(set)), platform, dominoVersion: version };
}

function put(tree: Record<string, unknown>, [key, ...rest]: string[], value: Leaf): void {
  if (key === undefined) return;
  if (rest.length === 0) tree[key] = value;
  else put((tree[key] ??= {}) as Record<string, unknown>, rest, value);
}

export const ebs = { 'storage_classes.block.type': 'ebs' };
export const open = { extended_catalog: true };
export const gpu = { 'gpu.enabled': true };
export const infra = { 'monitoring.newrelic.infrastructure': true };
export const smbRelease = { 'release_overrides.csi-driver-smb.installed': true };
export const falcoRelease = { 'release_overrides.falco.installed': true };
