// One minimal SCC, pod and namespace, and the tweaks that tests make of them.
import { createSccAdmission } from '../../../../src/admission/scc/admit.ts';
import { parseScc } from '../../../../src/admission/scc/parse.ts';
import { grantsForNamespace } from '../../../../src/admission/scc/rbac.ts';
import { featuresForMinor } from '../../../../src/admission/scc/tables.ts';
import {
  MCS,
  SUPPLEMENTAL_GROUPS,
  UID_RANGE,
  type NamespaceInfo,
  type SccVerdict,
} from '../../../../src/admission/scc/types.ts';

export const NAMESPACE: NamespaceInfo = {
  name: 'ns',
  annotations: {
    [UID_RANGE]: '1000/10',
    [MCS]: 's0:c1,c0',
    [SUPPLEMENTAL_GROUPS]: '2000/10,3000-3001',
  },
};

/** An SCC that allows every id and label, and nothing else, with `more` over it. */
export function scc(more: Record<string, unknown> = {}, name = 'own'): Record<string, unknown> {
  return {
    kind: 'SecurityContextConstraints',
    metadata: { name },
    runAsUser: { type: 'RunAsAny' },
    seLinuxContext: { type: 'RunAsAny' },
    ...more,
  };
}

/** A pod of one container `c` with these contexts; `spec` is laid over the rest. */
export function pod(
  container: Record<string, unknown> = {},
  context: Record<string, unknown> = {},
  spec: Record<string, unknown> = {},
): { metadata: Record<string, unknown>; spec: Record<string, unknown> } {
  return {
    metadata: { name: 'p' },
    spec: {
      containers: [{ name: 'c', securityContext: container }],
      securityContext: context,
      ...spec,
    },
  };
}

/** The verdict of one SCC, bound to the namespace, in the words of 4.20. */
export function judge(
  theScc: Record<string, unknown>,
  thePod: unknown,
  namespace: NamespaceInfo = NAMESPACE,
): SccVerdict {
  const admission = createSccAdmission({
    sccs: [parseScc(theScc)],
    features: featuresForMinor(20),
    grants: grantsForNamespace(namespace.name, ['own']),
  });
  return admission({ pod: thePod, namespace });
}

const UNABLE = 'unable to validate against any security context constraint: ';

/** What a test says of a verdict: the mutated contexts, or the plugin's words. */
export function outcome(verdict: SccVerdict): unknown {
  if (verdict.mutated !== null)
    return [verdict.mutated.pod, verdict.mutated.containers[0]?.securityContext];
  return (verdict.message ?? '').replace(UNABLE, '');
}
