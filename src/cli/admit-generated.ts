/** What a configuration says of the cluster: the objects that `generate` writes for it, read back as facts. */
import './admission-core.ts';
import { factCollector, NO_FACTS, type CollectedObject } from '../admission/judge/collect.ts';
import type { ClusterFacts, NamespaceFacts } from '../admission/judge/types.ts';
import type { AdmitTarget } from '../admission/target.ts';
import { targets } from '../render/targets/index.ts';
import type { RenderInput } from '../render/types.ts';
import { isMapping } from '../yaml/mapping.ts';
import type { LoadedDeploy } from './deploy.ts';

/** The targets whose files are complete objects that decide verdicts. */
const DECIDING = ['namespaces', 'openshift-scc', 'psp'];

/** The objects of the targets that admission looks at, whatever --target names. */
export function generatedObjects({ options, catalog, context }: LoadedDeploy): unknown[] {
  const input: RenderInput = {
    options,
    catalog,
    selection: context.selection ?? { selected: [], omitted: [] },
    decision: context.decision,
    remarks: [],
    targets: DECIDING,
  };
  return targets
    .filter((target) => DECIDING.includes(target.id) && target.applies(options))
    .flatMap((target) => target.files(input))
    .flatMap(({ documents }) => documents ?? []);
}

function textsOf(value: unknown): Record<string, string> {
  if (!isMapping(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}

/** An object of ours in the form of the reader of manifests. */
export function collected(value: unknown): CollectedObject {
  const object = isMapping(value) ? value : {};
  const metadata = isMapping(object.metadata) ? object.metadata : {};
  const { namespace } = metadata;
  return {
    apiVersion: String(object.apiVersion),
    kind: String(object.kind),
    name: String(metadata.name),
    ...(typeof namespace === 'string' ? { namespace } : {}),
    labels: textsOf(metadata.labels),
    annotations: textsOf(metadata.annotations),
    value: object,
  };
}

/** Annotations of pod_security.namespace_annotations count in any namespace that they name. */
export function generatedFacts(loaded: LoadedDeploy, target: AdmitTarget): ClusterFacts {
  const collector = factCollector(target);
  for (const object of generatedObjects(loaded)) collector.add(collected(object));
  const { namespaceAnnotations, psp, platform } = loaded.options;
  const facts = collector.facts({ ...NO_FACTS, psp: platform !== 'openshift' && psp });
  const namespaces = new Map<string, NamespaceFacts>(facts.namespaces);
  for (const [name, annotations] of Object.entries(namespaceAnnotations)) {
    const known = namespaces.get(name);
    namespaces.set(name, { ...known, annotations: { ...known?.annotations, ...annotations } });
  }
  return { ...facts, namespaces };
}
