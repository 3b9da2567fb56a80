import { expect } from 'chai';
import { auditObject, type ObjectAudit } from '../../../src/audit/judge.ts';
import { POD_READING } from '../../../src/audit/shapes.ts';
import { twinAudit } from '../../../src/audit/twins.ts';
import { readManifests } from '../../../src/workloads/read-manifests.ts';
import type { PodNames, PodTemplate } from '../../../src/workloads/types.ts';
import { byteSource } from '../../helpers/byte-source.ts';
import { auditContext, context, tweaked, visitObject, type Tweak } from '../../helpers/pods.ts';

const UNREAD = 'what nobody reads';

/** Keys in order, as kubectl prints them. */
function pod(index: number): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      annotations: { note: UNREAD },
      labels: { app: UNREAD },
      managedFields: [{ manager: UNREAD }],
      name: `web-${index}`,
    },
    spec: {
      containers: [{ env: [{ name: 'A', value: UNREAD.repeat(50) }], name: 'web' }],
      nodeName: UNREAD,
      volumes: [
        { configMap: { name: UNREAD }, name: UNREAD },
        { hostPath: { path: '/' }, name: 'root' },
      ],
    },
    status: { message: UNREAD },
  };
}

function twins(items: readonly object[]): ObjectAudit[] {
  const hidden = { ...auditContext(), isShown: () => false };
  const found: ObjectAudit[] = [];
  let last: ObjectAudit | undefined;
  const text = JSON.stringify({ apiVersion: 'v1', items, kind: 'List' }, null, 4);
  readManifests(
    byteSource(text),
    {
      twins: {
        reading: POD_READING,
        ofVisited(kept) {
          const take = last === undefined ? undefined : twinAudit(last, hidden, kept);
          return (names: PodNames) => {
            const audit = take?.(names);
            if (audit !== undefined) found.push(audit);
            return audit !== undefined;
          };
        },
      },
    },
    (object) => {
      last = auditObject(object, hidden);
    },
  );
  return found;
}

describe('twinAudit', () => {
  const found = twins(Array.from({ length: 150 }, (_, index) => pod(index)));

  it('keeps of the first pod only what is read', () => {
    expect(found).to.have.length(149);
    const text = JSON.stringify(found[0]!.pods);
    expect(text).to.not.contain(UNREAD);
    expect(found[0]!.pods[0]!.pod.pod.spec).to.deep.equal({
      containers: [{ name: 'web' }],
      volumes: [{ configMap: {} }, { hostPath: { path: '/' }, name: 'root' }],
    });
  });

  it('finds what is found of the first', () => {
    const [first] = found;
    const rules = first!.findings.map(({ rule }) => rule);
    expect(rules).to.include.members(['host-paths', 'run-as-non-root-unset']);
    expect(first!.pods[0]!.state).to.equal('undocumented');
    expect(found.at(-1)!.pods[0]!.pod.object.name).to.equal('web-149');
  });

  const names: PodNames = {
    name: 'other',
    namespace: 'ns',
    generateName: undefined,
    owners: [],
    item: 7,
  };
  const given = auditContext();

  /** The audit of a pod, and what is kept of it: here all of it. */
  function judged(...tweaks: Tweak[]): [ObjectAudit, () => PodTemplate | undefined] {
    return visitObject(tweaked(...tweaks), (object) => [
      auditObject(object, given),
      () => object.pods[0],
    ]);
  }

  it('is that of its like under other names', () => {
    const [first, kept] = judged();
    const twin = twinAudit(first, given, kept)?.(names);
    expect(twin?.findings).to.deep.equal([]);
    const [audit] = twin?.pods ?? [];
    expect(audit?.state).to.equal('conforms');
    expect(audit?.pod.standing.namespace).to.equal('ns');
    expect(audit?.pod.object).to.include({ name: 'other', namespace: 'ns', item: 7 });
    expect(audit?.pod.object.value).to.deep.equal({});
    expect(audit?.pod.object.text()).to.deep.equal({ text: '', firstLine: Infinity });
    expect(first.pods[0]?.pod.object.name).to.equal('web');
  });

  it('is not to be had where something was found on the object, or nothing is left of it', () => {
    const [first, kept] = judged();
    expect(twinAudit({ ...first, isOfObject: true }, given, kept)).to.equal(undefined);
    expect(twinAudit(first, given, () => undefined)).to.equal(undefined);
  });

  it('is not to be had where what is found is shown', () => {
    const [bad, kept] = judged(context('privileged', true));
    for (const isShown of [undefined, true]) {
      const showing = isShown === undefined ? given : { ...given, isShown: () => isShown };
      expect(twinAudit(bad, showing, kept)?.(names)).to.equal(undefined);
    }
    const twin = twinAudit(bad, { ...given, isShown: () => false }, kept)?.(names);
    expect(twin?.pods[0]?.state).to.equal('undocumented');
    expect(twin?.findings).to.have.length.above(0);
    expect(twin?.findings[0]?.subject).to.deep.include({ name: 'other', namespace: 'ns' });
  });
});
