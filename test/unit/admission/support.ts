/** What the tests of the judgement share: pods, facts, and the cluster from a few objects. */
import { collected } from '../../../src/cli/admit-generated.ts';
import { factCollector, NO_FACTS } from '../../../src/admission/judge/collect.ts';
import { createJudge } from '../../../src/admission/judge/judge.ts';
import type { ClusterFacts, Judgement, PodRequest } from '../../../src/admission/judge/types.ts';
import type { AdmitTarget } from '../../../src/admission/target.ts';

export type Json = Record<string, unknown>;

export const ANNOTATIONS = {
  'openshift.io/sa.scc.uid-range': '1000650000/10000',
  'openshift.io/sa.scc.mcs': 's0:c26,c5',
  'openshift.io/sa.scc.supplemental-groups': '1000650000/10000',
};

export const K33: AdmitTarget = { kubernetes: 33 };
export const OCP20: AdmitTarget = { kubernetes: 33, openshift: { minor: 20 } };

export function podOf(spec: Json = {}, context: Json = {}): Json {
  const containers = [{ name: 'app', image: 'registry/app:1', securityContext: context }];
  return { metadata: {}, spec: { containers, ...spec } };
}

export const SPC_T = { securityContext: { seLinuxOptions: { type: 'spc_t' } } };
export const HOST_PATH = { volumes: [{ name: 'host', hostPath: { path: '/var/log' } }] };

export function namespaceObject(name: string, labels: Json = {}, annotations: Json = {}): Json {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels, annotations } };
}

export function enforce(level: string): Json {
  return { 'pod-security.kubernetes.io/enforce': level };
}

export function roleBinding(namespace: string, role: string, subject: Json): Json {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: `b-${role}`, namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [subject],
  };
}

export const accountsOf = (namespace: string): Json => ({
  kind: 'Group',
  name: `system:serviceaccounts:${namespace}`,
});

export function factsOf(
  target: AdmitTarget,
  objects: readonly Json[],
  more: Partial<ClusterFacts> = {},
): ClusterFacts {
  const collector = factCollector(target);
  for (const object of objects) collector.add(collected(object));
  return collector.facts({ ...NO_FACTS, ...more });
}

export function judged(
  target: AdmitTarget,
  objects: readonly Json[],
  request: Partial<PodRequest> & { pod: unknown },
  more: Partial<ClusterFacts> = {},
): Judgement {
  const judge = createJudge(target, factsOf(target, objects, more));
  return judge({ kind: 'Deployment', isTemplate: true, namespace: 'a', ...request });
}
