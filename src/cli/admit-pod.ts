/** One judged pod as a record and as findings. */
import type { Change } from '../admission/changes.ts';
import { entryOf, type AdmitEntry } from '../admission/judge/entry.ts';
import { refusalsInWords, verdictInWords } from '../admission/judge/words.ts';
import { stepsOf } from '../admission/need/reason.ts';
import { diagnostic, type Location, type Subject } from '../diagnostics.ts';
import type { Finding } from '../report/report.ts';
import { frame } from '../text/codeframe.ts';
import type { ManifestObject, PodTemplate } from '../workloads/types.ts';
import type { JudgedPod, Verdict } from './admit-judged.ts';

/** What the report keeps of a pod. */
export interface PodRecord {
  entry: AdmitEntry;
  /** What admission writes; places are `file:line` of the field or of what holds it. */
  changes: readonly (Change & { place?: string })[];
}

export interface PodInHand {
  object: ManifestObject;
  template: PodTemplate;
  namespace: string | undefined;
  judgement: Verdict;
  /** The pod as it was judged: `{metadata, spec}`. */
  pod: Readonly<Record<string, unknown>>;
}

/** `DaemonSet domino-platform/fluent-bit`. */
export function podName({ object, namespace }: Pick<PodInHand, 'object' | 'namespace'>): string {
  const name = nameOf(object);
  return `${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function nameOf({ name, generateName }: ManifestObject): string {
  return name === '' ? (generateName ?? '') : name;
}

/** A bare Pod is judged itself; of anything else the pods that its template makes. */
export function isTemplate({ kind, apiVersion }: ManifestObject): boolean {
  return !(kind === 'Pod' && apiVersion === 'v1');
}

/** The place of a field of the pod, or of the nearest thing around it. */
function placeOf({ object, template }: PodInHand, path: string | null): Location | undefined {
  const steps = path === null ? [] : stepsOf(path);
  const base = steps[0] === 'spec' ? template.specPath : template.path;
  const rest = steps[0] === 'spec' ? steps.slice(1) : steps;
  for (let length = rest.length; length > 0; length--) {
    const found = object.locate([...base, ...rest.slice(0, length)]);
    if (found !== undefined) return found;
  }
  return object.locate(base) ?? object.locate([]);
}

/** The field that a sentence on something unreadable begins with. */
function pathIn(sentence: string): string | undefined {
  return /^(?:Not checked: )?((?:spec|metadata)[.[]\S+)/.exec(sentence)?.[1];
}

export function recordOf(
  inHand: PodInHand,
  changes: JudgedPod['changes'],
  withPlaces: boolean,
): PodRecord {
  const { object, namespace, judgement } = inHand;
  const place = {
    file: object.file,
    document: object.document,
    kind: object.kind,
    namespace: namespace ?? null,
    name: nameOf(object),
  };
  return {
    entry: entryOf(place, judgement),
    changes: withPlaces ? changes.map((change) => withPlace(change, inHand)) : changes,
  };
}

function withPlace(change: Change, inHand: PodInHand): Change & { place?: string } {
  const location = placeOf(inHand, `${change.at}.${change.field}`);
  return location === undefined
    ? change
    : { ...change, place: `${location.file}:${location.line}` };
}

function subjectOf({ object, namespace }: PodInHand): Subject {
  return {
    kind: object.kind,
    ...(namespace === undefined ? {} : { namespace }),
    name: nameOf(object),
  };
}

/** The finding of a pod that is not admitted. */
export function findingOf(
  inHand: PodInHand,
  options: { fix: string; withFrame: boolean },
): Finding {
  const { judgement, object } = inHand;
  const { admitted, paths, dependsOn } = judgement;
  const path =
    paths.find((one) => one !== null) ?? dependsOn.flatMap((part) => pathIn(part) ?? [])[0] ?? null;
  const location = placeOf(inHand, path);
  const name = podName(inHand);
  const related = paths.flatMap((other) => {
    if (other === null || other === path || admitted === null) return [];
    const where = placeOf(inHand, other);
    return where === undefined ? [] : [{ message: other, location: where }];
  });
  const finding: Finding = diagnostic(
    admitted === null ? 'DPS6002' : 'DPS6001',
    admitted === null ? openSentence(name, judgement) : refusedSentence(name, inHand),
    {
      ...(location === undefined ? {} : { location }),
      ...(related.length === 0 ? {} : { related: related.slice(0, 5) }),
      subject: subjectOf(inHand),
      ...(options.fix === '' ? {} : { fix: options.fix }),
    },
  );
  if (options.withFrame && location !== undefined) finding.frame = frameOf(object, location);
  return finding;
}

/** Source lines; an item of a JSON list may begin in the middle of a line, whose columns are not the text's. */
function frameOf(object: ManifestObject, location: Location): string {
  const { text, firstLine } = object.text();
  const isInside = object.item !== undefined && location.line === firstLine;
  return isInside ? '' : frame(text, location, undefined, firstLine);
}

function openSentence(name: string, { dependsOn }: Verdict): string {
  return `${name}: the verdict ${verdictInWords({ admitted: null, policy: null, dependsOn })}.`;
}

function refusedSentence(name: string, { judgement, object }: PodInHand): string {
  const why = refusalsInWords(judgement);
  const head = isTemplate(object)
    ? `${name} will be accepted, but its pods will be refused`
    : `${name} will be refused`;
  return `${head}${why === '' ? '' : `: ${why}`}.`;
}
