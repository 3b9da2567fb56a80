/**
 * A pod under one SCC: what the plugin writes into it, then every reason against it, in the
 * plugin's order (apiserver-library-go sccmatching AssignSecurityContext and provider.go, 4.20).
 */
import { assignContainer, type Assignment, type Inherited } from './assign-container.ts';
import { podContext } from './contexts.ts';
import { child, type Place } from './failure.ts';
import { checkGroups, generateGroup, type GroupStrategy } from './ids.ts';
import { checkHostNamespace, checkHostUsers, checkSysctls, checkVolumes } from './pod-rules.ts';
import type { Provider } from './provider.ts';
import type { PodView } from './read.ts';
import { checkSeccomp, generateSeccomp, profileOf } from './seccomp.ts';
import { checkSeLinux } from './selinux.ts';

const POD_PLACE: Place = {
  field: '.spec.securityContext',
  named: true,
  path: 'spec.securityContext',
};

interface GroupField {
  key: 'fsGroup' | 'supplementalGroups';
  strategy: GroupStrategy;
  stated: number[] | undefined;
}

/** Writes the group where the pod states none, else checks what it states. */
function assignGroup(result: Assignment, { key, strategy, stated }: GroupField): void {
  let groups = stated;
  if (groups === undefined) {
    const generated = generateGroup(strategy);
    if (generated === undefined) return;
    if ('unknown' in generated) {
      result.valuesFrom.add(generated.unknown);
      return;
    }
    groups = [generated.value];
    result.pod[key] = key === 'fsGroup' ? generated.value : groups;
  }
  result.failures.push(...checkGroups(strategy, child(POD_PLACE, key), groups));
}

function assignPod(provider: Provider, pod: PodView, result: Assignment): Inherited {
  const { scc, seLinux } = provider;
  const { context } = pod;
  const { failures } = result;
  const fsGroup = context.fsGroup === undefined ? undefined : [context.fsGroup];
  assignGroup(result, { key: 'fsGroup', strategy: provider.fsGroup, stated: fsGroup });
  assignGroup(result, {
    key: 'supplementalGroups',
    strategy: provider.supplementalGroups,
    stated: context.supplementalGroups,
  });

  const seccompAnnotation = generateSeccomp(provider.seccomp, pod);
  result.seccompAnnotation = seccompAnnotation;
  let { seccompProfile } = context;
  if (seccompAnnotation !== '') {
    seccompProfile = profileOf(seccompAnnotation);
    if (seccompProfile === undefined) delete result.pod['seccompProfile'];
    else result.pod['seccompProfile'] = { ...seccompProfile };
  }
  failures.push(...checkSeccomp(provider.seccomp, seccompAnnotation));

  const seLinuxGenerated = context.seLinuxOptions === undefined;
  if (context.seLinuxOptions !== undefined) {
    failures.push(...checkSeLinux(seLinux, POD_PLACE, context.seLinuxOptions));
  } else if (seLinux.type === 'exactly') {
    result.pod['seLinuxOptions'] = { ...seLinux.options };
    if (seLinux.unknownLevel !== undefined) result.valuesFrom.add(seLinux.unknownLevel);
  }
  failures.push(
    ...checkHostNamespace(scc, pod, POD_PLACE),
    ...checkHostUsers(scc, pod, POD_PLACE),
    ...checkSysctls(scc, provider.features.safeSysctls, context.sysctls),
    ...checkVolumes(scc, pod, POD_PLACE),
  );
  return {
    seLinuxGenerated,
    seccompAnnotation,
    seccompProfile,
    appArmorProfile: result.pod['appArmorProfile'],
  };
}

/** Mutates and checks a pod under an SCC; the input is not changed. */
export function assign(provider: Provider, pod: PodView): Assignment {
  const result: Assignment = {
    failures: [],
    pod: podContext(pod),
    seccompAnnotation: '',
    containers: [],
    valuesFrom: new Set(),
  };
  const inherited = assignPod(provider, pod, result);
  for (const container of pod.containers)
    assignContainer(provider, pod, container, inherited, result);
  return result;
}
