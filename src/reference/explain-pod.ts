/** A pod of the catalog: what it may do since when, where, why, how to reduce it, and how sure that is. */
import { sources } from '../catalog/sources.ts';
import type { Evidence, PodEntry, Reduction } from '../catalog/types.ts';
import type { Section } from '../report/report.ts';
import { describe } from '../security/condition.ts';
import type { Explanation } from './explain.ts';
import { installedText } from './tables.ts';

export function explainPod(entry: PodEntry): Explanation {
  return {
    kind: 'pod',
    name: entry.id,
    sections: [
      about(entry),
      exceptions(entry),
      ...(entry.containers.length === 0 ? [] : [containers(entry)]),
      ...(entry.reductions.length === 0 ? [] : [reductions(entry.reductions)]),
      sourceList(entry),
    ],
    data: entry,
  };
}

const sure = ({ confidence, source, note }: Evidence): string =>
  `${confidence}, ${source}${note === undefined ? '' : `: ${note}`}`;

function about(entry: PodEntry): Section {
  const { title, name, workloads, namespace, release, installedWhen, host } = entry;
  const names = workloads.map(
    (row) => `${row.kind} ${row.name ?? `/${row.pattern}/`} (${sure(row)})`,
  );
  const rows: string[][] = [
    ['is', title],
    ['name', sure(name)],
    ...names.map((text) => ['workload', text]),
    ['namespace', `${namespace.key} (${sure(namespace)})`],
    ...(release === undefined ? [] : [['release', `${release.name} (${sure(release)})`]]),
    ['installed', `${installedText(entry)} (${sure(installedWhen)})`],
    ...ours(describe(installedWhen.condition)),
    ...(host === undefined ? [] : [['host access', `${hostWords(host)} (${sure(host)})`]]),
  ];
  return { title: `Pod ${entry.id}`, columns: ['', ''], rows };
}

/** Keys that the installer does not know: the user must not look for them in its reference. */
function ours(condition: string): string[][] {
  const keys = condition.match(/pod_security\.components\.\w+/g);
  if (keys === null) return [];
  return [['our own key', `${keys[0]}: the installer's own key is not known`]];
}

function hostWords(host: NonNullable<PodEntry['host']>): string {
  return [
    ...(host.hostNetwork === true ? ['host network'] : []),
    ...(host.hostPID === true ? ['host PID namespace'] : []),
    ...(host.hostIPC === true ? ['host IPC namespace'] : []),
    ...(host.hostPaths ?? []).map((path) => `hostPath ${path}`),
    ...(host.hostPorts ?? []).map((port) => `host port ${port}`),
  ].join(', ');
}

function exceptions({ needs }: PodEntry): Section {
  return {
    title: 'Exceptions',
    columns: ['Domino', 'exception', 'confidence', 'why'],
    rows: needs.flatMap(({ since, exceptions: map, complete, why, capabilities }) => {
      const from = since === '0' ? 'all' : `from ${since}`;
      const rows = Object.entries(map).map(([name, evidence]) => [
        from,
        name === 'capabilities' && capabilities !== undefined
          ? `capabilities: ${capabilities.join(', ')}`
          : name,
        sure(evidence),
        why,
      ]);
      return [...rows, [from, 'nothing else', sure(complete), '']];
    }),
  };
}

function containers({ containers: list }: PodEntry): Section {
  return {
    title: 'Containers',
    columns: ['container', 'uses', 'confidence', 'upstream values'],
    rows: list.map((row) => [
      row.init === true ? `${row.name} (init)` : row.name,
      row.uses.join(', ') || 'the default',
      sure(row),
      needText(row.need),
    ]),
  };
}

function needText(need: PodEntry['containers'][number]['need']): string {
  if (need === undefined) return '';
  const values = Object.entries(need).filter(
    ([key]) => !['confidence', 'source', 'note'].includes(key),
  );
  const text = values.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(', ');
  return `${text} (${sure(need)})`;
}

function reductions(list: readonly Reduction[]): Section {
  return {
    title: 'How to reduce it',
    columns: ['in deploy.yaml', 'effect', 'confidence'],
    rows: list.map((reduction) => [
      reduction.set.map(({ path, value }) => `${path}: ${String(value)}`).join(', '),
      `${reduction.effect === 'off' ? 'Not installed.' : 'Needs less.'} ${reduction.text}`,
      sure(reduction),
    ]),
  };
}

/** Every source that the entry cites, with its title and address. */
function sourceList(entry: PodEntry): Section {
  const cited = new Set(JSON.stringify(entry).match(/"source":"([^"]+)"/g) ?? []);
  const keys = [...cited].map((text) => text.slice('"source":"'.length, -1)).sort();
  return {
    title: 'Sources',
    columns: ['source', 'what it is', 'address'],
    rows: keys.map((key) => [key, sources[key]?.title ?? '', sources[key]?.url ?? '']),
  };
}
