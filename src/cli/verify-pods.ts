/** The pods of a configuration as they will be, each at its ceiling: what `generate --verify` judges. */
import { dominoNamespaces } from '../render/targets/namespaces.ts';
import { ANY_CAPABILITY, decide, defaultLimits, needOf } from '../security/decide.ts';
import { presentContainers } from '../security/select.ts';
import { settle } from '../security/settle.ts';
import type { Json } from '../security/template.ts';
import type { ContainerLimits, SelectedPod } from '../security/types.ts';
import type { VerifyPod } from '../admission/verify.ts';
import type { ContainerNeed, ContainerRow, HostAccess } from '../catalog/types.ts';
import type { LoadedDeploy } from './deploy.ts';

const IMAGE = 'registry.example/image:tag';
/** Stands for "any" where the source names no capability. */
const SOME_CAPABILITY = 'SYS_ADMIN';

/** Every selected pod, and in each namespace one that nothing is known of. */
export function verifyPods(loaded: LoadedDeploy): VerifyPod[] {
  const { options, context } = loaded;
  const selected = context.selection?.selected ?? [];
  const plain = dominoNamespaces(options).map(({ name }) => defaultPod(name, loaded));
  return [...plain, ...selected.map((pod) => selectedPod(pod, loaded))];
}

/** The documented default: the pod that anyuid alone does not admit. */
function defaultPod(namespace: string, { context }: LoadedDeploy): VerifyPod {
  const spec = { containers: [{ name: 'main', image: IMAGE }] };
  return {
    kind: 'Deployment',
    name: 'default-pod',
    namespace,
    pod: settled(spec, () => defaultLimits(context.decision)),
  };
}

function selectedPod(pod: SelectedPod, { context }: LoadedDeploy): VerifyPod {
  const { entry, namespace } = pod;
  const limitsOf = (name: string): ContainerLimits =>
    decide(pod, name, entry.name.confidence, context.decision);
  const rows = presentContainers(pod);
  const containers = rows.filter(({ init }) => init !== true);
  const upstream = (row: ContainerRow): Json =>
    container(row.name, needOf(pod, row.name, row), limitsOf(row.name));
  const spec: Json = {
    ...hostSpec(entry.host),
    initContainers: rows.filter(({ init }) => init === true).map(upstream),
    containers:
      containers.length === 0
        ? [container('main', undefined, limitsOf('main'))]
        : containers.map(upstream),
  };
  const kind = entry.workloads[0]?.kind ?? 'Deployment';
  return { kind, name: entry.id, namespace, pod: settled(spec, limitsOf) };
}

/** What the upstream chart asks for, raised to all that the decision permits. */
function container(name: string, need: ContainerNeed | undefined, limits: ContainerLimits): Json {
  const context: Json = { ...contextOf(need), ...ceilingOf(limits) };
  return { name, image: IMAGE, securityContext: context };
}

function contextOf(need: ContainerNeed | undefined): Json {
  if (need === undefined) return {};
  const { runAsNonRoot, runAsUser, runAsGroup, seccompProfile } = need;
  return {
    ...(runAsNonRoot === undefined ? {} : { runAsNonRoot }),
    ...(runAsUser === undefined ? {} : { runAsUser }),
    ...(runAsGroup === undefined ? {} : { runAsGroup }),
    ...(seccompProfile === undefined ? {} : { seccompProfile: { type: seccompProfile } }),
  };
}

function ceilingOf({ privileged, runAsNonRoot, capabilities }: ContainerLimits): Json {
  const ceiling: Json = {};
  if (privileged.rule === 'atMost' && privileged.value) ceiling.privileged = true;
  if (runAsNonRoot.rule === 'atMost' && !runAsNonRoot.value) {
    ceiling.runAsNonRoot = false;
    ceiling.runAsUser = 0;
  }
  if (capabilities.rule === 'atMost' && capabilities.value.add.length > 0) {
    const add = capabilities.value.add.map((name) =>
      name === ANY_CAPABILITY ? SOME_CAPABILITY : name,
    );
    ceiling.capabilities = { add };
  }
  return ceiling;
}

function hostSpec(host: HostAccess | undefined): Json {
  if (host === undefined) return {};
  const { hostPaths = [], hostNetwork, hostPID, hostIPC } = host;
  return {
    ...(hostNetwork === undefined ? {} : { hostNetwork }),
    ...(hostPID === undefined ? {} : { hostPID }),
    ...(hostIPC === undefined ? {} : { hostIPC }),
    volumes: hostPaths.map((path, index) => ({ name: `host-${index}`, hostPath: { path } })),
  };
}

/** The pod with the decided contexts, as the patches leave it. */
function settled(spec: Json, limitsOf: (name: string) => ContainerLimits): VerifyPod['pod'] {
  const { pod, containers } = settle(spec, limitsOf);
  const result: Json = { ...spec, securityContext: pod };
  for (const list of ['initContainers', 'containers'] as const) {
    const items = Array.isArray(spec[list]) ? (spec[list] as Json[]) : [];
    result[list] = items.map((item, index) => {
      const found = containers.find((one) => one.list === list && one.index === index);
      return { ...item, securityContext: found?.context ?? {} };
    });
  }
  return { metadata: {}, spec: result };
}
