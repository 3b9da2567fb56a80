/** Facts that join documents: the labels of namespaces with the pods in them, in little memory. */
import { evaluateView, parseNamespaceLabels, type PolicyVersion } from '../admission/pss/index.ts';
import { readPod, type PodView } from '../admission/pod.ts';
import type { Location, Subject } from '../diagnostics.ts';
import type { Finding } from '../report/report.ts';
import { describeSubject } from '../security/plan.ts';
import { isNormal, normalTemplate } from '../workloads/normal-template.ts';
import type { ManifestObject } from '../workloads/types.ts';
import { shortened, subjectOf } from './context.ts';
import { fingerprint } from './fingerprint.ts';
import { rules as allRules } from './rules/index.ts';
import type { AuditPod, AuditTarget, RefusedPods } from './types.ts';

const EXAMPLES = 3;
/** A dump with more names than this is no dump of a cluster; further namespaces are not joined. */
const MAX_NAMESPACES = 20_000;
const LEVEL_LABEL = 'pod-security.kubernetes.io/enforce';

interface Entry {
  labels?: Readonly<Record<string, string>>;
  subject?: Subject;
  locations: Map<string, Location | undefined>;
  refused: { baseline: RefusedPods; restricted: RefusedPods };
}

export interface NamespaceIndex {
  /** Keeps the labels of a Namespace, and where the enforce label stands. */
  addNamespace: (object: ManifestObject) => void;
  addPod: (pod: AuditPod, namespace: string | undefined) => void;
  /** What the namespaces of the input say of the pods in them; call it when all input is read. */
  findings: () => Finding[];
}

/**
 * Pods are judged when they come, since they cannot be kept: by the version that the labels pin
 * where the namespace came first, else by the target's.
 */
export function namespaceIndex(target: AuditTarget): NamespaceIndex {
  const entries = new Map<string, Entry>();
  const entryOf = (name: string): Entry | undefined => {
    const found = entries.get(name);
    if (found !== undefined || entries.size >= MAX_NAMESPACES) return found;
    const none = (): RefusedPods => ({ count: 0, examples: [] });
    const made: Entry = {
      locations: new Map(),
      refused: { baseline: none(), restricted: none() },
    };
    entries.set(name, made);
    return made;
  };
  return {
    addNamespace(object) {
      if (object.kind !== 'Namespace' || object.name === '') return;
      const entry = entryOf(object.name);
      if (entry === undefined) return;
      entry.labels = detached(object.labels);
      entry.subject = detached(subjectOf(object, undefined));
      const location = object.locate(['metadata', 'labels', LEVEL_LABEL]);
      entry.locations.set(LEVEL_LABEL, location);
    },
    addPod(pod, namespace) {
      const entry = namespace === undefined ? undefined : entryOf(namespace);
      if (entry !== undefined) judge(entry, pod, namespace ?? '');
    },
    findings: () => [...entries].flatMap(([name, entry]) => findingsOf(name, entry, target)),
  };
}

function judge(entry: Entry, pod: AuditPod, namespace: string): void {
  const known = entry.labels === undefined ? undefined : enforced(entry.labels);
  if (known?.level === 'privileged') return;
  let view: PodView | undefined;
  const viewOf = (): PodView =>
    (view ??= readPod(isNormal(pod.pod) ? pod.pod : normalTemplate(pod.pod).template));
  let failed = false;
  for (const level of ['baseline', 'restricted'] as const) {
    if (known !== undefined && known.level !== level) continue;
    const { count, examples } = entry.refused[level];
    // What baseline refuses, restricted refuses (of Linux pods, and Windows pods do not come here).
    if (failed && examples.length >= EXAMPLES) {
      entry.refused[level].count = count + 1;
      continue;
    }
    const reason = knownRefusal(pod, viewOf, level, known?.version ?? 'latest');
    if (reason === undefined) continue;
    failed = true;
    const refused = entry.refused[level];
    refused.count++;
    if (refused.examples.length >= EXAMPLES) continue;
    const name = describeSubject(subjectOf(pod.object, namespace));
    refused.examples.push(detached(`${shortened(name)} (${reason})`));
  }
}

function enforced(
  labels: Readonly<Record<string, string>>,
): ReturnType<typeof parseNamespaceLabels>['policy']['enforce'] {
  return parseNamespaceLabels(labels).policy.enforce;
}

function knownRefusal(
  { shape, target }: AuditPod,
  view: () => PodView,
  level: 'baseline' | 'restricted',
  version: PolicyVersion,
): string | undefined {
  const refusals = shape?.refusals;
  const key = `${level} ${version}`;
  if (refusals?.has(key) === true) return refusals.get(key);
  const reason = refusal(view(), level, version, target);
  refusals?.set(key, reason === undefined ? undefined : detached(reason));
  return reason;
}

/** The first reason, in the server's words. */
function refusal(
  view: PodView,
  level: 'baseline' | 'restricted',
  version: PolicyVersion,
  { kubernetes }: AuditTarget,
): string | undefined {
  const server = kubernetes === undefined ? {} : { server: kubernetes };
  return evaluateView(view, { level, version, ...server }).results[0]?.reason;
}

function findingsOf(name: string, entry: Entry, target: AuditTarget): Finding[] {
  const { labels, subject, refused } = entry;
  if (labels === undefined || subject === undefined) return [];
  return allRules.flatMap((rule) => {
    if (rule.scope !== 'namespace') return [];
    return rule.check({ name, labels, target, refused }).map((hit): Finding => {
      const location = entry.locations.get(LEVEL_LABEL);
      return {
        code: rule.code,
        severity: hit.severity ?? rule.severity,
        message: hit.message,
        rule: rule.id,
        subject,
        fix: hit.fix ?? rule.fix,
        docs: rule.docs,
        fingerprint: fingerprint(rule.code, subject, undefined, hit.field),
        ...(location === undefined ? {} : { location }),
      };
    });
  });
}

/** A copy that does not keep the text of the document alive it was cut from. */
function detached<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
