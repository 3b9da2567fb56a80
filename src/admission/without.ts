/** What-if: the pod without one kind of privilege. Copies; the input is not changed. */
import { isMapping } from '../yaml/mapping.ts';

type Json = Readonly<Record<string, unknown>>;

interface Removal {
  readonly title: string;
  /** Security contexts of the pod and of its containers. */
  readonly context?: (context: Json) => Json;
  readonly spec?: (spec: Json) => Json;
}

function omit(map: Json, ...keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}

function withoutSeLinuxType(type: string): (context: Json) => Json {
  return (context) => {
    const options = context['seLinuxOptions'];
    if (!isMapping(options) || options.type !== type) return context;
    const rest = omit(options, 'type');
    return Object.keys(rest).length === 0
      ? omit(context, 'seLinuxOptions')
      : { ...context, seLinuxOptions: rest };
  };
}

function withoutRoot(context: Json): Json {
  const dropped = [
    ...(context['runAsUser'] === 0 ? ['runAsUser'] : []),
    ...(context['runAsNonRoot'] === false ? ['runAsNonRoot'] : []),
  ];
  return dropped.length === 0 ? context : omit(context, ...dropped);
}

function withoutAdded(context: Json): Json {
  const { capabilities } = context;
  return isMapping(capabilities)
    ? { ...context, capabilities: omit(capabilities, 'add') }
    : context;
}

function withoutHostPaths(spec: Json): Json {
  const { volumes } = spec;
  if (!Array.isArray(volumes)) return spec;
  const kept = (volumes as unknown[]).filter(
    (volume) => !isMapping(volume) || volume.hostPath === undefined,
  );
  return { ...spec, volumes: kept };
}

function eachContainer(spec: Json, change: (container: Json) => Json): Json {
  const result: Record<string, unknown> = { ...spec };
  for (const list of ['initContainers', 'containers', 'ephemeralContainers']) {
    const items = spec[list];
    if (!Array.isArray(items)) continue;
    result[list] = (items as unknown[]).map((item) => (isMapping(item) ? change(item) : item));
  }
  return result;
}

function withoutHostPorts(spec: Json): Json {
  return eachContainer(spec, (container) => {
    const { ports } = container;
    if (!Array.isArray(ports)) return container;
    const rest = (ports as unknown[]).map((port) =>
      isMapping(port) ? omit(port, 'hostPort') : port,
    );
    return { ...container, ports: rest };
  });
}

/** What `--without` takes beside the names of catalog pods. */
export const REMOVALS: Readonly<Record<string, Removal>> = {
  spc_t: { title: 'the SELinux type spc_t', context: withoutSeLinuxType('spc_t') },
  privileged: { title: 'privileged containers', context: (context) => omit(context, 'privileged') },
  root: { title: 'containers that ask for root', context: withoutRoot },
  capabilities: { title: 'added capabilities', context: withoutAdded },
  'host-namespaces': {
    title: 'the namespaces of the host',
    spec: (spec) => omit(spec, 'hostNetwork', 'hostPID', 'hostIPC'),
  },
  'host-paths': { title: 'volumes of the host', spec: withoutHostPaths },
  'host-ports': { title: 'ports of the host', spec: withoutHostPorts },
};

function changeContexts(spec: Json, change: (context: Json) => Json): Json {
  const changed = (holder: Json): Json => {
    const { securityContext } = holder;
    return isMapping(securityContext)
      ? { ...holder, securityContext: change(securityContext) }
      : holder;
  };
  return eachContainer(changed(spec), changed);
}

/** The pod without what is named; names that are no key of REMOVALS are passed over. */
export function podWithout(pod: Json, names: readonly string[]): Json {
  let spec = pod['spec'];
  if (!isMapping(spec)) return pod;
  for (const name of names) {
    const removal = Object.hasOwn(REMOVALS, name) ? REMOVALS[name] : undefined;
    if (removal?.context !== undefined) spec = changeContexts(spec as Json, removal.context);
    if (removal?.spec !== undefined) spec = removal.spec(spec as Json);
  }
  return { ...pod, spec };
}
