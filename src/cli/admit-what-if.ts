/** What-if: every pod judged twice, as it is and as it would be; what differs, pod by pod and namespace by namespace. */
import './admission-core.ts';
import { createJudge } from '../admission/judge/judge.ts';
import { verdictInWords } from '../admission/judge/words.ts';
import { visitContainers } from '../admission/pod.ts';
import { podWithout, REMOVALS } from '../admission/without.ts';
import { catalog as builtIn } from '../catalog/index.ts';
import { fail } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import type { Section } from '../report/report.ts';
import { identityOf } from '../security/identity.ts';
import { matchWorkload } from '../security/match.ts';
import { nearestName } from '../text/nearest-name.ts';
import { isMapping } from '../yaml/mapping.ts';
import { podJudge, type JudgedPod, type Verdict } from './admit-judged.ts';
import { isTemplate, podName, type PodInHand } from './admit-pod.ts';
import { reducedPod } from './admit-reduced.ts';
import type { FactsFrom, PodObserver } from './admit-run.ts';
import { loadChanged, parseAssignment } from './admit-set.ts';
import { baseFacts, targetOfOptions, type AdmitSetup } from './admit-setup.ts';
import { accountOf, tallies, type PodNeeds, type Tallies } from './admit-tallies.ts';
import type { Extra } from './admit.ts';
import type { Args } from './command.ts';
import type { LoadedDeploy } from './deploy.ts';
import { listFlag } from './flags.ts';

/** Changed pods that the table lists. */
const MAX_ROWS = 1000;

interface Question {
  /** In the words of the flags. */
  title: string;
  /** Keys of REMOVALS. */
  removals: readonly string[];
  /** Ids of catalog pods that are not there. */
  pods: readonly string[];
  changed?: LoadedDeploy;
}

/** What is counted of a namespace, before and after. */
interface Sums {
  pods: number;
  admitted: number;
  privileged: number;
}

interface Side {
  sums: Map<string, Sums>;
  tallies: Tallies;
}

export async function whatIf(setup: AdmitSetup, args: Args, io: Io): Promise<Extra> {
  const question = questionOf(setup, args, io);
  const { changed } = question;
  const target = changed === undefined ? setup.target : targetOfOptions(changed.options);
  const base = changed === undefined ? setup.facts : await baseFacts(changed, target, args, io);
  let rows: string[][] = [];
  let count = 0;
  let sides: { before: Side; after: Side } | undefined;
  return {
    observers(facts, factsFrom: FactsFrom) {
      const then = factsFrom(base);
      const before: Side = { sums: new Map(), tallies: tallies(setup.target, facts) };
      const after: Side = { sums: new Map(), tallies: tallies(target, then) };
      const judgeThen = podJudge(createJudge(target, then), after.tallies.needsOf);
      sides = { before, after };
      rows = [];
      count = 0;
      const observer: PodObserver = {
        add(inHand, needs) {
          const account = accountOf(inHand.template.spec, facts);
          const old = stateOf(inHand.judgement, inHand.pod, needs);
          countPod(before, inHand, inHand.pod, { ...inHand, account, needs });
          const pod = changedPod(inHand, setup, question);
          let now = 'not installed';
          if (pod !== null) {
            const { object, namespace } = inHand;
            const request = { pod, kind: object.kind, isTemplate: isTemplate(object), namespace };
            const judged = judgeThen(request);
            now = stateOf(judged.judgement, pod, judged.needs);
            countPod(after, inHand, pod, { ...judged, account });
          }
          if (old === now) return;
          count++;
          if (rows.length < MAX_ROWS) rows.push([podName(inHand), old, now]);
        },
      };
      return [observer];
    },
    sections() {
      if (sides === undefined) return [];
      const more = count > rows.length ? { note: `${count - rows.length} more change.` } : {};
      const pods: Section = {
        title: `What changes ${question.title}`,
        columns: ['pod', 'now', 'then'],
        rows,
        ...more,
      };
      return [pods, namespaceSection(question, sides.before, sides.after)];
    },
  };
}

function questionOf({ loaded }: AdmitSetup, args: Args, io: Io): Question {
  const without = listFlag(args, 'without').flatMap((list) => list.split(','));
  const set = listFlag(args, 'set');
  const ids = (loaded?.catalog ?? builtIn).map(({ id }) => id);
  const known = [...Object.keys(REMOVALS), ...ids];
  const unknown = without.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const near = nearestName(unknown, known);
    fail(
      'DPS1003',
      `--without names "${unknown}", which is neither a privilege nor a catalog pod.`,
      {
        fix:
          near === undefined
            ? `Name one of ${Object.keys(REMOVALS).join(', ')}, or a pod of "list pods".`
            : `Did you mean "${near}"?`,
      },
    );
  }
  const parts = [
    ...without.map((name) => `without ${REMOVALS[name]?.title ?? name}`),
    ...set.map((text) => `with ${text}`),
  ];
  const config = loaded?.options.file;
  return {
    title: parts.join(' and '),
    removals: without.filter((name) => Object.hasOwn(REMOVALS, name)),
    pods: without.filter((name) => ids.includes(name)),
    ...(set.length === 0 || config === undefined
      ? {}
      : { changed: loadChanged(config, set.map(parseAssignment), args, io) }),
  };
}

function changedPod(
  inHand: PodInHand,
  { loaded }: AdmitSetup,
  { removals, pods, changed }: Question,
): PodInHand['pod'] | null {
  const { object, template } = inHand;
  if (pods.length > 0) {
    const entries = (loaded?.catalog ?? builtIn).filter(({ id }) => pods.includes(id));
    const { matches } = matchWorkload(identityOf(object, template), entries, undefined);
    if (matches.length > 0) return null;
  }
  let pod: PodInHand['pod'] | null = inHand.pod;
  if (changed !== undefined && loaded !== undefined) {
    pod = reducedPod(inHand, pod, loaded.context, changed.context);
  }
  return pod === null ? null : podWithout(pod, removals);
}

export function isPrivileged(pod: PodInHand['pod']): boolean {
  const spec = isMapping(pod['spec']) ? pod['spec'] : undefined;
  return visitContainers(spec).some(
    ({ securityContext }) => securityContext?.['privileged'] === true,
  );
}

function stateOf(judgement: Verdict, pod: PodInHand['pod'], { psa, sccs }: PodNeeds): string {
  const words = [verdictInWords(judgement), `needs level ${psa.level}`];
  const [strictest] = sccs?.admitting ?? [];
  if (strictest !== undefined) words.push(`needs SCC ${strictest}`);
  if (isPrivileged(pod)) words.push('privileged container');
  return words.join(', ');
}

function countPod(
  { sums, tallies: counted }: Side,
  { namespace }: PodInHand,
  pod: PodInHand['pod'],
  { judgement, needs, account }: Pick<JudgedPod, 'judgement' | 'needs'> & { account: string },
): void {
  const name = namespace ?? '(unknown)';
  const own = sums.get(name) ?? { pods: 0, admitted: 0, privileged: 0 };
  sums.set(name, own);
  own.pods++;
  if (judgement.admitted === true) own.admitted++;
  if (isPrivileged(pod)) own.privileged++;
  counted.count({ namespace, account, judgement }, needs);
}

function namespaceSection({ title }: Question, before: Side, after: Side): Section {
  const onOpenshift = before.tallies.scc !== undefined;
  return {
    title: `Namespaces ${title}`,
    columns: [
      'namespace',
      'admitted',
      'privileged pods',
      'lowest level',
      ...(onOpenshift ? ['SCCs needed'] : []),
    ],
    rows: [...before.sums.keys()].map((name) => [
      name,
      arrow(admittedOf(before, name), admittedOf(after, name)),
      arrow(
        String(before.sums.get(name)?.privileged ?? 0),
        String(after.sums.get(name)?.privileged ?? 0),
      ),
      arrow(levelOf(before, name), levelOf(after, name)),
      ...(onOpenshift ? [arrow(sccsOf(before, name), sccsOf(after, name))] : []),
    ]),
  };
}

function arrow(before: string, after: string): string {
  return before === after ? before : `${before} -> ${after}`;
}

function admittedOf({ sums }: Side, name: string): string {
  const { pods, admitted } = sums.get(name) ?? { pods: 0, admitted: 0 };
  return `${admitted} of ${pods}`;
}

function levelOf({ tallies: { psa } }: Side, name: string): string {
  return psa.all().get(name)?.level ?? 'none';
}

function sccsOf({ tallies: { scc } }: Side, name: string): string {
  const set = scc?.all().get(name);
  if (set === undefined) return 'none';
  return set.sccs === undefined ? 'no set suffices' : set.sccs.join(', ') || 'none';
}
