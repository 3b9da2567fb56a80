/** What `explain NAME` says of a pod, an option, a rule, a target or a message code. */
import type { PodEntry } from '../catalog/types.ts';
import { codes } from '../codes/index.ts';
import type { OptionRow } from '../deploy/option-types.ts';
import type { Target } from '../render/types.ts';
import type { RuleInfo, Section } from '../report/report.ts';
import { nameMatches } from '../security/match.ts';
import { nearestName } from '../text/nearest-name.ts';
import { explainPod } from './explain-pod.ts';
import { explainOption } from './explain-option.ts';

/** Everything that has a name. */
export interface Names {
  catalog: readonly PodEntry[];
  options: readonly OptionRow[];
  rules: readonly RuleInfo[];
  targets: readonly Target[];
}

export interface Explanation {
  kind: 'pod' | 'option' | 'rule' | 'target' | 'code';
  name: string;
  sections: readonly Section[];
  /** What `--format json` gives. */
  data: object;
}

/** Every explanation that fits: a workload's name may stand for several rows. Empty: unknown. */
export function explain(name: string, names: Names): Explanation[] {
  return [
    ...podsCalled(name, names.catalog).map((entry) => explainPod(entry)),
    ...names.options
      .filter(({ path }) => path === name)
      .map((row) => explainOption(row, names.catalog)),
    ...names.rules
      .filter(({ id, code }) => id === name || code === name.toUpperCase())
      .map(explainRule),
    ...names.targets.filter(({ id }) => id === name).map(explainTarget),
    ...explainCode(name.toUpperCase()),
  ];
}

/** By the row's id, else by a name under which its workload appears. */
function podsCalled(name: string, catalog: readonly PodEntry[]): PodEntry[] {
  const byId = catalog.filter(({ id }) => id === name);
  if (byId.length > 0) return byId;
  return catalog.filter(({ workloads }) => workloads.some((by) => nameMatches(by, name)));
}

/** Names that could have been meant: the nearest, else the first few that a part of begins so. */
export function suggestions(name: string, names: Names): string[] {
  const all = allNames(names);
  const near = nearestName(name, all);
  if (near !== undefined) return [near];
  const word = name.trim().toLowerCase();
  if (word.length < SHORTEST_PART) return [];
  return all.filter((known) => beginsInside(known.toLowerCase(), word)).slice(0, SUGGESTED);
}

const SHORTEST_PART = 3;
const SUGGESTED = 3;

function beginsInside(known: string, word: string): boolean {
  const at = known.indexOf(word);
  return at === 0 || (at > 0 && /[-._]/.test(known.charAt(at - 1)));
}

/** Every name that `explain` knows, in the order of the tables. */
export function allNames({ catalog, options, rules, targets }: Names): string[] {
  return [
    ...catalog.map(({ id }) => id),
    ...options.map(({ path }) => path),
    ...rules.flatMap(({ id, code }) => (id === undefined ? [code] : [id, code])),
    ...targets.map(({ id }) => id),
    ...Object.keys(codes),
  ];
}

function facts(title: string, rows: readonly (readonly [string, string | undefined])[]): Section {
  return {
    title,
    columns: ['', ''],
    rows: rows.flatMap(([label, value]) => (value === undefined ? [] : [[label, value]])),
  };
}

function explainRule(rule: RuleInfo): Explanation {
  const { code, id, severity, title, why, fix, docs } = rule;
  return {
    kind: 'rule',
    name: id ?? code,
    sections: [
      facts(`Rule ${id ?? code}`, [
        ['code', code],
        ['severity', severity],
        ['finds', title],
        ['why', why],
        ['fix', fix],
        ['documentation', docs],
      ]),
    ],
    data: rule,
  };
}

function explainTarget({ id, title, when, applicable }: Target): Explanation {
  const use = applicable
    ? 'complete objects for kubectl apply'
    : 'not for kubectl apply; see the README.md of the output';
  return {
    kind: 'target',
    name: id,
    sections: [
      facts(`Target ${id}`, [
        ['is', title],
        ['produced for', when],
        ['use', use],
      ]),
    ],
    data: { id, title, when, applicable },
  };
}

function explainCode(code: string): Explanation[] {
  const entry = (codes as Readonly<Record<string, (typeof codes)[keyof typeof codes]>>)[code];
  if (entry === undefined) return [];
  const { severity, title, why, fix } = entry;
  return [
    {
      kind: 'code',
      name: code,
      sections: [
        facts(`Message ${code}`, [
          ['severity', severity],
          ['says', title],
          ['why', why],
          ['fix', fix],
        ]),
      ],
      data: { code, ...entry },
    },
  ];
}
