/** What to merge into deploy.yaml: the namespaces' labels, and the switches that reduce privilege. */
import type { DeployOptions } from '../../deploy/options.ts';
import { valueAt } from '../../deploy/options.ts';
import type { Reduction } from '../../catalog/types.ts';
import { holds } from '../../security/condition.ts';
import { exceptionNames } from '../../security/select.ts';
import type { SelectedPod } from '../../security/types.ts';
import { versionInRange } from '../../security/version.ts';
import { writeYaml } from '../../yaml/write.ts';
import { renderTemplate } from '../engine.ts';
import type { Target } from '../types.ts';
import { dominoNamespaces, namespaceLabels, namespaces } from './namespaces.ts';

/**
 * Reductions that the configuration has not taken yet, in the catalog's order: those that would really
 * take something from the pod, in the form of the file's own schema.
 */
export function openReductions(pod: SelectedPod, options: DeployOptions): Reduction[] {
  return pod.entry.reductions.flatMap((reduction) => {
    const isOpen =
      versionInRange(options.dominoVersion, reduction.domino ?? {}) &&
      reduction.set.length > 0 &&
      !reduction.set.every(({ path, value }) => valueAt(options.values, path) === value) &&
      reduction.removes.some((name) => pod.exceptions[name] !== undefined) &&
      (reduction.effect === 'less' || wouldRemove(pod, reduction, options));
    const set = isOpen ? inSchema(reduction.set, options.schema) : undefined;
    return set === undefined ? [] : [{ ...reduction, set }];
  });
}

/** Whether the pod is gone with the keys set: another key may still bring it in. */
function wouldRemove({ entry }: SelectedPod, { set }: Reduction, options: DeployOptions): boolean {
  const values = structuredClone(options.values) as Record<string, unknown>;
  for (const { path, value } of set) {
    if (path === `release_overrides.${entry.release?.name ?? ''}.installed`) return true;
    put(values, path, value);
  }
  const given = new Set([...options.given, ...set.map(({ path }) => path)]);
  return !holds(entry.installedWhen.condition, { ...options, values, given });
}

/** Schema 1.0 calls `release_overrides.<release>` `services.<release_with_underscores>` and cannot switch one off. */
function inSchema(set: Reduction['set'], schema: string | undefined): Reduction['set'] | undefined {
  if (schema !== '1.0') return set;
  const moved = set.map(({ path, value }) => {
    const [, release = '', rest] = /^release_overrides\.([^.]+)\.(.+)$/.exec(path) ?? [];
    if (rest === undefined) return { path, value };
    return { path: `services.${release.replaceAll('-', '_')}.${rest}`, value };
  });
  return moved.some(({ path }) => /^services\.[^.]+\.installed$/.test(path)) ? undefined : moved;
}

function put(root: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? path;
  let map = root;
  for (const key of keys) {
    if (typeof map[key] !== 'object' || map[key] === null) map[key] = {};
    map = map[key] as Record<string, unknown>;
  }
  map[last] = value;
}

/** `{a: {b: value}}` from dotted paths. */
function nested(set: Reduction['set']): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const { path, value } of set) put(root, path, value);
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
