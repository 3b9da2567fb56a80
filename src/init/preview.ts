/** What a configuration means before it is written: pods with exceptions, and the options that remove some. */
import type { Reduction } from '../catalog/types.ts';
import { optionTable } from '../deploy/option-table.ts';
import { valueAt, type DeployOptions } from '../deploy/options.ts';
import type { Section } from '../report/report.ts';
import { exceptionNames } from '../security/select.ts';
import type { SelectedPod, Selection } from '../security/types.ts';
import { versionInRange } from '../security/version.ts';

export interface Preview {
  /** `17 pods: 9 privileged, 6 root, 3 with capabilities, 4 by the default policy alone.` */
  summary: string;
  sections: (Section & { rows: string[][] })[];
}

/** The preview as lines for a terminal, indented: a pod or a setting, and what belongs to it. */
export function previewLines({ sections: [pods, settings] }: Preview): string[] {
  const lines: string[] = [];
  if (pods !== undefined && pods.rows.length > 0) {
    lines.push('', pods.title);
    for (const [pod, exceptions, why] of pods.rows)
      lines.push(`  ${pod ?? ''}: ${exceptions ?? ''}; ${why ?? ''}`);
  }
  if (settings !== undefined && settings.rows.length > 0) {
    lines.push('', settings.title);
    for (const [setting, what, text] of settings.rows)
      lines.push(`  ${setting ?? ''}`, `    removes ${what ?? ''}. ${text ?? ''}`);
  }
  return lines;
}

export function previewOf(selection: Selection, options: DeployOptions): Preview {
  const excepted = selection.selected.filter((pod) => exceptionNames(pod).length > 0);
  const count = (name: 'privileged' | 'root' | 'capabilities'): number =>
    excepted.filter(({ exceptions }) => exceptions[name] !== undefined).length;
  return {
    summary: `${selection.selected.length} pods of the catalog: ${count('privileged')} privileged, ${count('root')} root, ${count('capabilities')} with capabilities, ${selection.selected.length - excepted.length} without an exception.`,
    sections: [
      {
        title: 'Pods that may do more than the default policy',
        columns: ['pod', 'exceptions', 'because'],
        rows: excepted.map((pod) => [pod.entry.id, exceptionNames(pod).join(', '), pod.because]),
      },
      {
        title: 'What would remove some of that',
        columns: ['in deploy.yaml', 'removes', 'what changes'],
        rows: removals(excepted, options),
      },
    ],
  };
}

/** One row for each setting, with all that it removes. */
function removals(pods: readonly SelectedPod[], options: DeployOptions): string[][] {
  const bySetting = new Map<string, { what: string[]; text: string }>();
  for (const pod of pods) {
    for (const reduction of applicable(pod, options)) {
      const setting = reduction.set
        .map(({ path, value }) => `${path}: ${JSON.stringify(value)}`)
        .join(', ');
      const row = bySetting.get(setting) ?? { what: [], text: reduction.text };
      bySetting.set(setting, { ...row, what: [...row.what, removed(pod, reduction)] });
    }
  }
  return [...bySetting].map(([setting, { what, text }]) => [setting, what.join(', '), text]);
}

/** Reductions of the release that are not set yet; of an old and a new name of one key the new one. */
function applicable(pod: SelectedPod, options: DeployOptions): Reduction[] {
  const open = pod.entry.reductions.filter(
    ({ domino, set, removes }) =>
      versionInRange(options.dominoVersion, domino ?? {}) &&
      !set.every(({ path, value }) => valueAt(options.values, path) === value) &&
      removes.some((name) => pod.exceptions[name] !== undefined),
  );
  return open.filter(({ set: [first] }) => {
    const newer = optionTable.find(({ path }) => path === first?.path)?.movedTo;
    return newer === undefined || !open.some(({ set }) => set[0]?.path === newer);
  });
}

function removed(pod: SelectedPod, reduction: Reduction): string {
  const guess = reduction.confidence === 'assumed' ? ' (assumed)' : '';
  if (reduction.effect === 'off') return `${pod.entry.id}${guess}`;
  const what = reduction.removes.filter((name) => pod.exceptions[name] !== undefined);
  return `${what.join(' and ')} of ${pod.entry.id}${guess}`;
}
