/** README.md of the output: for the engineer who applies it and the reviewer who signs it. */
import type { Evidence } from '../../catalog/types.ts';
import type { DeployOptions } from '../../deploy/options.ts';
import { exceptionNames, presentContainers } from '../../security/select.ts';
import type { SelectedPod } from '../../security/types.ts';
import { renderTemplate } from '../engine.ts';
import type { RenderInput, Target } from '../types.ts';
import { unreachedPods } from './contexts-known.ts';
import { openReductions } from './installer-overrides.ts';
import { dominoNamespaces } from './namespaces.ts';
import { applySteps } from './summary-steps.ts';

/** How many selected pods ask for what, after the reductions of the configuration. */
export function exceptionCounts(pods: readonly SelectedPod[]): Record<string, number> {
  const count = (name: 'privileged' | 'root' | 'capabilities'): number =>
    pods.filter(({ exceptions }) => exceptions[name] !== undefined).length;
  return {
    pods: pods.length,
    privileged: count('privileged'),
    root: count('root'),
    capabilities: count('capabilities'),
  };
}

export const summary: Target = {
  id: 'summary',
  title: 'README.md: pods, reasons, order of application',
  when: 'always',
  applies: () => true,
  applicable: false,
  files: (input: RenderInput) => [
    { path: 'README.md', content: renderTemplate('summary/readme', viewOf(input)) },
  ],
};

function viewOf(input: RenderInput): object {
  const { options, selection, against, remarks, decision } = input;
  const pods = selection.selected;
  return {
    file: options.file.split(/[\\/]/).at(-1) ?? options.file,
    facts: targetFacts(options),
    hardening: options.hardening,
    enforceAssumed: decision.enforceAssumed,
    counts: exceptionCounts(pods),
    steps: applySteps(input),
    pods: pods.map((pod) => podRow(pod)),
    details: pods.map((pod) => podDetail(pod, options)),
    reduced: pods.flatMap((pod) =>
      pod.reduced.map(({ exceptions, by }) => ({
        pod: pod.entry.id,
        exceptions: exceptions.join(', '),
        by,
      })),
    ),
    omitted: selection.omitted
      .filter(({ entry }) => entry.otherVersions !== true)
      .map(({ entry, because }) => ({ pod: entry.id, because })),
    namespaces: dominoNamespaces(options).map(({ key, name }) => ({ key, name })),
    assumed: pods
      .filter(restsOnAssumption)
      .map(({ entry }) => entry.id)
      .join(', '),
    unreached: against === undefined ? unreachedPods(pods).join(', ') : '',
    against: againstView(against),
    computeNamespace: options.namespaces.compute.name,
    remarks: remarks.map(({ severity, message }) => ({ severity, message })),
  };
}

function againstView(against: RenderInput['against']): object | null {
  if (against === undefined) return null;
  const changed = against.filter(({ plan }) => (plan.settlement?.edits.length ?? 0) > 0);
  return { workloads: against.length, patched: changed.length };
}

function targetFacts(options: DeployOptions): { name: string; value: string }[] {
  const { dominoVersion, kubernetes, openshift, platform, psp } = options;
  const facts = [
    { name: 'Domino', value: dominoVersion ?? 'version not stated; the newest is assumed' },
    { name: 'Platform', value: platform },
    {
      name: 'Kubernetes',
      value: kubernetes === undefined ? 'not stated' : `1.${kubernetes.minor}`,
    },
  ];
  if (openshift !== undefined) {
    const z = openshift.patch === undefined ? '' : `.${openshift.patch}`;
    facts.push({ name: 'OpenShift', value: `4.${openshift.minor}${z}` });
  }
  facts.push({ name: 'PodSecurityPolicies', value: psp ? 'on' : 'off' });
  return facts;
}

/** `privileged, root (assumed)`: an exception without a word is documented. */
function exceptionText(pod: SelectedPod): string {
  const names = exceptionNames(pod);
  if (names.length === 0) return 'none';
  return names
    .map((name) => {
      const evidence = pod.exceptions[name];
      return evidence === undefined ? name : name + mark(evidence);
    })
    .join(', ');
}

/** Empty for a documented fact, else its confidence in brackets. */
function mark({ confidence }: Evidence): string {
  return confidence === 'documented' ? '' : ` (${confidence})`;
}

function podRow(pod: SelectedPod): object {
  return {
    id: pod.entry.id,
    nameMark: mark(pod.entry.name),
    kind: [...new Set(pod.entry.workloads.map(({ kind }) => kind))].join(', '),
    namespace: pod.namespace,
    namespaceMark: mark(pod.entry.namespace),
    exceptions: exceptionText(pod),
  };
}

function podDetail(pod: SelectedPod, options: DeployOptions): object {
  const { entry, row, because } = pod;
  return {
    id: entry.id,
    title: entry.title,
    because,
    why: row.why,
    exceptions: exceptionText(pod),
    sources: sourcesOf(pod),
    complete: row.complete.confidence,
    containers: presentContainers(pod).map(({ name, uses, confidence, init }) => ({
      name: init === true ? `${name} (init)` : name,
      uses: uses.filter((use) => pod.exceptions[use] !== undefined).join(', ') || 'the default',
      confidence,
    })),
    host: hostText(pod),
    reductions: openReductions(pod, options).map(({ set, text, confidence, source, effect }) => ({
      effect: effect === 'off' ? 'Not installed' : 'Needs less',
      set: set.map(({ path, value }) => `${path}: ${String(value)}`).join(', '),
      text,
      confidence,
      source,
    })),
  };
}

function sourcesOf({ exceptions }: SelectedPod): string {
  const sources = Object.values(exceptions).map(({ source }) => source);
  return [...new Set(sources)].join(', ') || 'none';
}

function hostText({ entry: { host } }: SelectedPod): string | null {
  if (host === undefined) return null;
  const parts = [
    host.hostNetwork === true ? 'host network' : '',
    host.hostPID === true ? 'host PID namespace' : '',
    host.hostIPC === true ? 'host IPC namespace' : '',
    ...(host.hostPaths ?? []).map((path) => `hostPath ${path}`),
    ...(host.hostPorts ?? []).map((port) => `host port ${port}`),
  ].filter((part) => part !== '');
  if (parts.length === 0) return null;
  const note = host.note === undefined ? '' : `: ${host.note}`;
  return `${parts.join(', ')} (${host.confidence}, ${host.source}${note})`;
}

function restsOnAssumption(pod: SelectedPod): boolean {
  const { entry, row, exceptions } = pod;
  return [entry.name, entry.namespace, row.complete, ...Object.values(exceptions)].some(
    ({ confidence }) => confidence === 'assumed',
  );
}
