/** What to merge into deploy.yaml: the namespaces' labels, and the switches that reduce privilege. */
import type { DeployOptions } from '../../deploy/options.ts';
import { valueAt } from '../../deploy/options.ts';
import type { Reduction } from '../../catalog/types.ts';
import { exceptionNames } from '../../security/select.ts';
import type { SelectedPod } from '../../security/types.ts';
import { versionInRange } from '../../security/version.ts';
import { writeYaml } from '../../yaml/write.ts';
import { renderTemplate } from '../engine.ts';
import type { Target } from '../types.ts';
import { dominoNamespaces, namespaceLabels, namespaces } from './namespaces.ts';

/** Reductions of a pod that the configuration has not taken yet, in the catalog's order. */
export function openReductions(pod: SelectedPod, options: DeployOptions): Reduction[] {
  return pod.entry.reductions.filter(
    (reduction) =>
      versionInRange(options.dominoVersion, reduction.domino ?? {}) &&
      reduction.set.length > 0 &&
      !reduction.set.every(({ path, value }) => valueAt(options.values, path) === value),
  );
}

/** `{a: {b: value}}` from dotted paths. */
export function nested(set: Reduction['set']): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const { path, value } of set) {
    const keys = path.split('.');
    const last = keys.pop() ?? path;
    let map = root;
    for (const key of keys) map = (map[key] ??= {}) as Record<string, unknown>;
    map[last] = value;
  }
  return root;
}

export const installerOverrides: Target = {
  id: 'installer-overrides',
  title: 'Keys to merge into deploy.yaml',
  when: 'always',
  applies: () => true,
  applicable: false,
  files: ({ options, selection }) => {
    const labelled = namespaces.applies(options)
      ? Object.fromEntries(
          dominoNamespaces(options).map((item) => [
            item.key,
            { labels: namespaceLabels(item, options) },
          ]),
        )
      : null;
    const reductions = selection.selected.flatMap((pod) =>
      openReductions(pod, options)
        // A switch that is only assumed to exist has no place in a file to be merged.
        .filter(({ confidence }) => confidence !== 'assumed')
        .map((reduction) => ({
          pod: pod.entry.id,
          exceptions: exceptionNames(pod).join(', '),
          text: `${reduction.text} (${reduction.confidence}, ${reduction.source})`,
          lines: writeYaml(nested(reduction.set)).trimEnd().split('\n'),
        })),
    );
    const content = renderTemplate('installer-overrides/overrides', {
      namespaces: labelled,
      reductions,
    });
    const documents = labelled === null ? [] : [{ namespaces: labelled }];
    return [{ path: 'installer/overrides.yaml', content, documents }];
  },
};
