/** An option of deploy.yaml: what it takes, what it changes for pods, which of them it brings in. */
import type { PodEntry } from '../catalog/types.ts';
import { allowedText, type OptionRow } from '../deploy/option-types.ts';
import type { Section } from '../report/report.ts';
import { conditionPaths } from '../security/condition.ts';
import type { Explanation } from './explain.ts';

export function explainOption(row: OptionRow, catalog: readonly PodEntry[]): Explanation {
  const { type, ...data } = row;
  return {
    kind: 'option',
    name: row.path,
    sections: [about(row), ...podsOf(row, catalog)],
    data: { ...data, allowed: allowedText(type) },
  };
}

function about(row: OptionRow): Section {
  const { path, type, description, effect, example, since, until, ours, secret, movedTo } = row;
  const rows: string[][] = [
    ['value', allowedText(type)],
    ['default', row.default === undefined ? 'none' : String(row.default)],
    ['is', description],
    ['effect', effect],
    ...(example === undefined ? [] : [['example', JSON.stringify(example)]]),
    ...(since === undefined ? [] : [['since', releaseText(since)]]),
    ...(until === undefined ? [] : [['until', releaseText(until)]]),
    ...(movedTo === undefined ? [] : [['now', `${movedTo}; the old form is still read`]]),
    ...(ours === true
      ? [['whose', 'read by domino-podsec only: the installer does not know it']]
      : []),
    ...(secret === true ? [['secret', 'its value is never shown']] : []),
  ];
  return { title: `Option ${path}`, columns: ['', ''], rows };
}

function releaseText({ schema, domino }: NonNullable<OptionRow['since']>): string {
  return [
    ...(schema === undefined ? [] : [`schema ${schema}`]),
    ...(domino === undefined ? [] : [`Domino ${domino}`]),
  ].join(', ');
}

function podsOf({ path }: OptionRow, catalog: readonly PodEntry[]): Section[] {
  const rows = catalog.flatMap((entry) => {
    const brings = conditionPaths(entry.installedWhen.condition).includes(path);
    const reduces = entry.reductions.filter(({ set }) => set.some((key) => key.path === path));
    return [
      ...(brings ? [[entry.id, 'whether it is installed', entry.installedWhen.confidence]] : []),
      ...reduces.map(({ text, confidence }) => [entry.id, text, confidence]),
    ];
  });
  if (rows.length === 0) return [];
  return [
    { title: 'Pods that depend on it', columns: ['pod', 'what changes', 'confidence'], rows },
  ];
}
