/** How a release says that Domino runs its own image registry: the same answer in two forms. */
import { valueOf } from '../deploy/issues.ts';
import { compareVersions, plainDominoVersion, schemaReleases } from '../deploy/versions.ts';
import type { AnswerValue } from './answer.ts';

export const REGISTRY = 'internal_docker_registry';

/**
 * From 6.0 on the map alone says it, and null says no (the generated configuration of the latest
 * installation page); `enabled` is a key of 5.2.1, for which nothing later speaks.
 */
const MAP_ALONE_FROM = '6.0';

/** What stands under `internal_docker_registry` for an answer; undefined: the key `enabled` below it. */
export function registryForm(
  tree: Readonly<Record<string, unknown>>,
  value: AnswerValue,
): Record<string, never> | null | undefined {
  if (valueOf(tree, [REGISTRY, 'enabled']) !== undefined || !takesMapAlone(tree)) return undefined;
  return value === true ? {} : null;
}

/** A file that says no version is taken for one of the newest, unless its schema is older. */
function takesMapAlone(tree: Readonly<Record<string, unknown>>): boolean {
  const said = [['version'], ['pod_security', 'domino_version']]
    .map((path) => valueOf(tree, path))
    .map((text) => (typeof text === 'string' ? plainDominoVersion(text) : undefined))
    .find((text) => text !== undefined);
  const { schema } = tree;
  const ofSchema = typeof schema === 'string' ? schemaReleases[schema]?.last : undefined;
  return compareVersions(said ?? ofSchema ?? MAP_ALONE_FROM, MAP_ALONE_FROM) >= 0;
}
