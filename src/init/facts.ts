/** What the conditions of questions are asked of: the file with the answers so far, and the defaults. */
import type { Platform } from '../catalog/types.ts';
import { completed, givenPaths } from '../deploy/complete.ts';
import { valueAt } from '../deploy/options.ts';
import { upgrade } from '../deploy/upgrade.ts';
import { parseKubernetes, plainDominoVersion } from '../deploy/versions.ts';
import { applyEdits } from '../patch/apply.ts';
import type { ConditionFacts } from '../security/condition.ts';
import type { Answers } from './answer.ts';
import { editsOf, type Base } from './base.ts';

/** `pod_security.kubernetes_version` is brought to the form 1.N, as parseDeploy does. */
export function factsOf(base: Base, answers: Answers): ConditionFacts {
  const tree = applyEdits(base.tree, editsOf(base, answers)) as Record<string, unknown>;
  const { values } = upgrade(tree);
  const text = (path: string): string => {
    const value = valueAt(values, path);
    return typeof value === 'string' ? value : '';
  };
  const kubernetes = parseKubernetes(text('pod_security.kubernetes_version'));
  const all = completed(values, {
    'pod_security.kubernetes_version': kubernetes && `1.${kubernetes.minor}`,
  });
  return {
    values: all,
    given: givenPaths(values),
    platform: valueAt(all, 'pod_security.platform') as Platform,
    dominoVersion: plainDominoVersion(text('version') || text('pod_security.domino_version')),
  };
}
