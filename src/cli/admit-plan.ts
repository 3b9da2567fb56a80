/** The plan: options of deploy.yaml, ranked by how many privileged pods each removes. */
import './admission-core.ts';
import type { Reduction } from '../catalog/types.ts';
import { UserError } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import type { Section } from '../report/report.ts';
import { identityOf } from '../security/identity.ts';
import { matchWorkload } from '../security/match.ts';
import type { SelectedPod, Selection } from '../security/types.ts';
import { versionInRange } from '../security/version.ts';
import { loadChanged } from './admit-set.ts';
import { isPrivileged } from './admit-what-if.ts';
import type { Extra } from './admit.ts';
import type { Args } from './command.ts';
import type { LoadedDeploy } from './deploy.ts';

interface Found {
  pods: number;
  privileged: number;
}

interface Effect {
  reduction: Reduction;
  /** Catalog pods that are gone or lose an exception. */
  touched: readonly string[];
  /** Privileged pods of the input, and of the catalog, that are so no longer. */
  inInput: number;
  inCatalog: number;
  problem?: string;
}

/** Counts the pods of the input by row of the catalog, then tries every option of the rows. */
export function plan(loaded: LoadedDeploy, args: Args, io: Io): Extra {
  let found = new Map<string, Found>();
  return {
    observers() {
      found = new Map();
      return [
        {
          add({ object, template, pod }) {
            const { matches } = matchWorkload(
              identityOf(object, template),
              loaded.catalog,
              loaded.context.namespaces,
            );
            const id = matches[0]?.entry.id;
            if (id === undefined) return;
            const own = found.get(id) ?? { pods: 0, privileged: 0 };
            found.set(id, own);
            own.pods++;
            if (isPrivileged(pod)) own.privileged++;
          },
        },
      ];
    },
    sections: () => [section(loaded, found, args, io)],
  };
}

function section(
  loaded: LoadedDeploy,
  found: ReadonlyMap<string, Found>,
  args: Args,
  io: Io,
): Section {
  const effects = options(loaded)
    .map((reduction) => effectOf(reduction, loaded, found, { args, io }))
    .filter(({ touched, problem }) => touched.length > 0 || problem !== undefined)
    .sort(
      (left, right) =>
        Number(left.problem !== undefined) - Number(right.problem !== undefined) ||
        right.inInput - left.inInput ||
        right.inCatalog - left.inCatalog ||
        right.touched.length - left.touched.length ||
        (setText(left.reduction) < setText(right.reduction) ? -1 : 1),
    );
  return {
    title: 'Plan',
    columns: [
      'option',
      'privileged pods removed',
      'of the catalog',
      'pods touched',
      'what it means',
      'confidence',
    ],
    rows: effects.map(({ reduction, inInput, inCatalog, touched, problem }) => [
      setText(reduction),
      String(inInput),
      String(inCatalog),
      touched.join(', '),
      problem ?? reduction.text,
      reduction.confidence,
    ]),
    note: 'Ranked by the privileged pods of the input that each option removes; options are not added up.',
  };
}

function setText({ set }: Pick<Reduction, 'set'>): string {
  return set.map(({ path, value }) => `${path}: ${String(value)}`).join(', ');
}

/** The reductions of the installed pods, each once. */
function options({ context, options: { dominoVersion } }: LoadedDeploy): Reduction[] {
  const selected = context.selection?.selected ?? [];
  const all = selected.flatMap(({ entry }) => entry.reductions);
  const usable = all.filter(
    ({ set, domino }) => set.length > 0 && versionInRange(dominoVersion, domino ?? {}),
  );
  return [...new Map(usable.map((reduction) => [setText(reduction), reduction])).values()];
}

function effectOf(
  reduction: Reduction,
  loaded: LoadedDeploy,
  found: ReadonlyMap<string, Found>,
  { args, io }: { args: Args; io: Io },
): Effect {
  const none = { reduction, touched: [], inInput: 0, inCatalog: 0 };
  try {
    const changed = loadChanged(loaded.options.file, reduction.set, args, io);
    const lost = lostPrivileges(loaded.context.selection, changed.context.selection);
    const privileged = lost.filter(
      ({ before, after }) => hasPrivileged(before) && !hasPrivileged(after),
    );
    return {
      reduction,
      touched: lost.map(({ before }) => before.entry.id),
      inInput: privileged.reduce(
        (sum, { before }) => sum + (found.get(before.entry.id)?.privileged ?? 0),
        0,
      ),
      inCatalog: privileged.length,
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [first] = error.diagnostics.filter(({ severity }) => severity === 'error');
    return { ...none, problem: `Not possible: ${first?.message ?? error.message}` };
  }
}

interface Lost {
  before: SelectedPod;
  /** undefined: not installed. */
  after: SelectedPod | undefined;
}

function hasPrivileged(pod: SelectedPod | undefined): boolean {
  return pod?.exceptions.privileged !== undefined;
}

/** The pods that are gone, or have fewer exceptions. */
function lostPrivileges(before: Selection | undefined, after: Selection | undefined): Lost[] {
  const now = new Map(after?.selected.map((pod) => [pod.entry.id, pod]));
  return (before?.selected ?? [])
    .map((pod) => ({ before: pod, after: now.get(pod.entry.id) }))
    .filter(
      ({ before: old, after: pod }) =>
        pod === undefined ||
        Object.keys(pod.exceptions).length < Object.keys(old.exceptions).length,
    );
}
