/** The tables that `list` prints and the README is made of: each from its registry, never by hand. */
import { sources } from '../catalog/sources.ts';
import type { PodEntry } from '../catalog/types.ts';
import { codes } from '../codes/index.ts';
import { allowedText, type OptionRow } from '../deploy/option-types.ts';
import type { Target } from '../render/types.ts';
import type { RuleInfo, Section } from '../report/report.ts';
import { describe } from '../security/condition.ts';
import { rowAt } from '../security/select.ts';

/** A table with the rows that `--format json` gives. */
export interface ReferenceTable extends Section {
  rows: readonly (readonly string[])[];
  items: readonly object[];
}

const EXCEPTIONS = ['capabilities', 'privileged', 'root'] as const;

/** `privileged, root (assumed)` at the newest Domino version. */
export function exceptionsText(entry: PodEntry, dominoVersion?: string): string {
  const { exceptions } = rowAt(entry, dominoVersion);
  const names = EXCEPTIONS.flatMap((name) => {
    const evidence = exceptions[name];
    if (evidence === undefined) return [];
    return [evidence.confidence === 'documented' ? name : `${name} (${evidence.confidence})`];
  });
  return names.join(', ') || 'none';
}

export function podTable(catalog: readonly PodEntry[]): ReferenceTable {
  return {
    title: 'Pods',
    columns: ['pod', 'kind', 'namespace', 'exceptions', 'installed when'],
    rows: catalog.map((entry) => [
      entry.id,
      [...new Set(entry.workloads.map(({ kind }) => kind))].join(', '),
      entry.namespace.key,
      exceptionsText(entry),
      installedText(entry),
    ]),
    note: 'Exceptions at the newest Domino version; what has no word behind it is documented.',
    items: catalog,
  };
}

/** The condition in words, with the versions that have the row where it is not in all. */
export function installedText({ installedWhen, versions, userWorkload }: PodEntry): string {
  if (userWorkload === true) return 'users start them';
  const { since, before } = versions ?? {};
  const range = [
    ...(since === undefined ? [] : [`from ${since}`]),
    ...(before === undefined ? [] : [`before ${before}`]),
  ].join(' ');
  const condition = describe(installedWhen.condition);
  return range === '' ? condition : `${condition} (Domino ${range})`;
}

export function optionsTable(options: readonly OptionRow[]): ReferenceTable {
  return {
    title: 'Options',
    columns: ['option', 'value', 'default', 'effect'],
    rows: options.map((row) => [
      row.path,
      allowedText(row.type),
      row.default === undefined ? '' : String(row.default),
      row.movedTo === undefined ? row.effect : `Old form of ${row.movedTo}.`,
    ]),
    note: 'Keys of pod_security and gpu_monitoring_enabled are read by domino-podsec; the others are the installer’s.',
    items: options.map(({ type, ...row }) => ({ ...row, allowed: allowedText(type) })),
  };
}

export function targetTable(targets: readonly Target[]): ReferenceTable {
  return {
    title: 'Targets',
    columns: ['target', 'produced for', 'what it is', 'kubectl apply'],
    rows: targets.map(({ id, when, title, applicable }) => [
      id,
      when,
      title,
      applicable ? 'yes' : 'no',
    ]),
    items: targets.map(({ id, when, title, applicable }) => ({ id, when, title, applicable })),
  };
}

export function ruleTable(rules: readonly RuleInfo[]): ReferenceTable {
  return {
    title: 'Rules of audit',
    columns: ['code', 'rule', 'severity', 'what it finds'],
    rows: rules.map(({ code, id, severity, title }) => [code, id ?? '', severity, title]),
    items: rules,
  };
}

export function codeTable(): ReferenceTable {
  const entries = Object.entries(codes);
  return {
    title: 'Messages',
    columns: ['code', 'severity', 'meaning'],
    rows: entries.map(([code, { severity, title }]) => [code, severity, title]),
    items: entries.map(([code, entry]) => ({ code, ...entry })),
  };
}

export function sourceTable(): ReferenceTable {
  const entries = Object.entries(sources);
  return {
    title: 'Sources',
    columns: ['source', 'what it is', 'address'],
    rows: entries.map(([key, { title, url }]) => [key, title, url ?? '']),
    items: entries.map(([key, source]) => ({ key, ...source })),
  };
}
