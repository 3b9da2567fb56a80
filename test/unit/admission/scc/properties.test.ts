// What holds for every pod, whatever it is made of.
import { expect } from 'chai';
import fc from 'fast-check';
import { createSccAdmission } from '../../../../src/admission/scc/admit.ts';
import { mutatedPod } from '../../../../src/admission/scc/mutated-pod.ts';
import { parseScc } from '../../../../src/admission/scc/parse.ts';
import {
  grantsForNamespace,
  readGrants,
  type SccGrants,
} from '../../../../src/admission/scc/rbac.ts';
import { sccsForRelease, SHIPPED_SCC_NAMES } from '../../../../src/admission/scc/tables.ts';
import type { NamespaceInfo, SccVerdict } from '../../../../src/admission/scc/types.ts';
import { NAMESPACE } from './support.ts';

const release = sccsForRelease({ minor: 20 });
if (!release.ok) throw new Error(release.reason);
const { sccs, features } = release;

function judge(pod: unknown, grants: SccGrants, namespace: NamespaceInfo = NAMESPACE): SccVerdict {
  return createSccAdmission({ sccs, features, grants })({ pod, namespace });
}

const id = fc.constantFrom(0, 1, 1000, 1005, 2000, 70000);
const flag = fc.boolean();
const seLinuxOptions = fc.record(
  {
    level: fc.constantFrom('', 's0:c1,c0', 's0:c0,c1', 's0'),
    type: fc.constantFrom('', 'spc_t', 'container_engine_t'),
  },
  { requiredKeys: [] },
);
const seccompProfile = fc.constantFrom(
  { type: 'RuntimeDefault' },
  { type: 'Unconfined' },
  { type: 'Localhost', localhostProfile: 'a' },
);
const names = fc.array(
  fc.constantFrom('ALL', 'NET_RAW', 'NET_BIND_SERVICE', 'SETUID', 'CAP_SYS_ADMIN'),
  { maxLength: 3 },
);
const shared = { runAsUser: id, runAsNonRoot: flag, seLinuxOptions, seccompProfile };
const container = fc.record(
  {
    name: fc.constantFrom('a', 'b'),
    ports: fc.array(fc.record({ hostPort: fc.constantFrom(0, 80) }), { maxLength: 1 }),
    securityContext: fc.record(
      {
        ...shared,
        privileged: flag,
        allowPrivilegeEscalation: flag,
        readOnlyRootFilesystem: flag,
        capabilities: fc.record({ add: names, drop: names }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['name'] },
);
const volume = fc
  .constantFrom('hostPath', 'emptyDir', 'secret', 'nfs', 'projected', 'csi', 'image')
  .map((key) => ({ [key]: {} }));
const annotations = fc.dictionary(
  fc.constantFrom(
    'seccomp.security.alpha.kubernetes.io/pod',
    'container.seccomp.security.alpha.kubernetes.io/a',
  ),
  fc.constantFrom('unconfined', 'runtime/default', 'docker/default', 'localhost/a'),
);
/** A pod that the API server would take. */
const goodPod = fc.record({
  metadata: fc.record({ annotations }),
  spec: fc.record(
    {
      containers: fc.array(container, { minLength: 1, maxLength: 2 }),
      initContainers: fc.array(container, { maxLength: 1 }),
      securityContext: fc.record(
        { ...shared, fsGroup: id, supplementalGroups: fc.array(id, { maxLength: 2 }) },
        { requiredKeys: [] },
      ),
      volumes: fc.array(volume, { maxLength: 2 }),
      hostNetwork: flag,
      hostPID: flag,
      hostIPC: flag,
      hostUsers: flag,
    },
    { requiredKeys: ['containers'] },
  ),
});

/** The API's shape with any JSON value in any place. */
function spoil(value: unknown, junk: unknown, at: number): unknown {
  let count = 0;
  const walk = (inner: unknown): unknown => {
    if (count++ === at) return junk;
    if (Array.isArray(inner)) return inner.map(walk);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, child]) => [key, walk(child)]));
  };
  return walk(value);
}

const sccNames = fc.subarray([...SHIPPED_SCC_NAMES]);

describe('properties of SCC admission', () => {
  it('never throws, whatever a pod holds', () => {
    const all = grantsForNamespace('ns', [...SHIPPED_SCC_NAMES]);
    fc.assert(
      fc.property(goodPod, fc.jsonValue(), fc.nat(40), (pod, junk, at) => {
        const verdict = judge(spoil(pod, junk, at), all);
        expect(verdict.admitted).to.be.oneOf([true, false, null]);
      }),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.jsonValue(), (pod) => void judge(pod, all)));
  });

  it('never throws, whatever an SCC, a grant or an annotation holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.string()), (value, given) => {
        const spoilt = parseScc(value);
        const grants = readGrants([
          value,
          { kind: 'RoleBinding', roleRef: value, subjects: [value] },
        ]);
        createSccAdmission({ sccs: [spoilt], features, grants })({
          pod: { spec: {} },
          namespace: { name: 'ns', annotations: given },
        });
      }),
    );
  });

  it('never admits more when a grant is taken away', () => {
    fc.assert(
      fc.property(goodPod, sccNames, fc.nat(), (pod, bound, at) => {
        const fewer = bound.filter((_, i) => i !== at % Math.max(1, bound.length));
        if (judge(pod, grantsForNamespace('ns', bound)).admitted === false) {
          expect(judge(pod, grantsForNamespace('ns', fewer)).admitted).to.equal(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same verdict twice, and admits what it has mutated, by an SCC no laxer', () => {
    fc.assert(
      fc.property(goodPod, sccNames, (pod, bound) => {
        const grants = grantsForNamespace('ns', bound);
        const first = judge(pod, grants);
        expect(judge(pod, grants)).to.deep.equal(first);
        if (first.mutated === null) return;
        const again = judge(mutatedPod(pod, first.mutated), grants);
        expect(again.admitted).to.equal(true);
        // An empty list that mutation leaves out can only make room for an SCC that came before.
        if (again.scc === first.scc) expect(again.mutated).to.deep.equal(first.mutated);
        else expect(first.refusals.map(({ scc }) => scc)).to.include(again.scc);
      }),
      { numRuns: 500 },
    );
  });

  it('decides without annotations only what it would decide with them', () => {
    fc.assert(
      fc.property(goodPod, sccNames, (pod, bound) => {
        const grants = grantsForNamespace('ns', bound);
        const blind = judge(pod, grants, { name: 'ns' });
        if (blind.admitted === null) return;
        const seeing = judge(pod, grants);
        expect([blind.admitted, blind.scc]).to.deep.equal([seeing.admitted, seeing.scc]);
      }),
      { numRuns: 500 },
    );
  });
});
