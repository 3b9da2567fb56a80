import { expect } from 'chai';
import { fingerprint } from '../../../src/audit/fingerprint.ts';
import { auditObject, type PodAudit } from '../../../src/audit/judge.ts';
import { isUnreadable } from '../../../src/audit/reading.ts';
import { auditTally } from '../../../src/audit/tally.ts';
import {
  asCatalogPod,
  auditContext,
  context,
  set,
  tweaked,
  visitObject,
} from '../../helpers/pods.ts';

function audited(): PodAudit {
  const value = tweaked(asCatalogPod('falco'));
  const setting = auditContext({ catalog: true });
  return visitObject(value, (object) => auditObject(object, setting).pods[0]!);
}

describe('the tally of an audit', () => {
  it('lists the catalog pods that the configuration installs, and no others', () => {
    const audit = audited();
    const tally = auditTally([]);
    tally.addPod(audit);
    const rows = [...(tally.catalogPods()?.rows ?? [])];
    expect(rows.map(([id]) => id)).to.deep.equal(['falco']);
    const other = auditTally([]);
    const standing = { ...audit.pod.standing, state: 'not-expected' as const };
    other.addPod({ ...audit, pod: { ...audit.pod, standing } });
    expect([other.pods, other.catalogPods()]).to.deep.equal([1, undefined]);
  });
});

describe('what an audit takes from the reader', () => {
  const problems: [string, 'error' | 'warning', boolean][] = [
    ['DPS7001', 'error', true],
    ['DPS1001', 'error', true],
    ['DPS7006', 'error', false],
    ['DPS7012', 'warning', false],
  ];
  for (const [code, severity, expected] of problems) {
    it(`${code} ${severity}: ${expected ? 'exit 2' : 'a finding'}`, () => {
      expect(isUnreadable({ code: code as 'DPS7001', severity, message: 'x' })).to.equal(expected);
    });
  }
});

describe('a pod of a namespace that is not of Domino', () => {
  const namespaces = {
    platform: 'domino-platform',
    compute: 'domino-compute',
    system: 'domino-system',
    istio: 'istio-system',
  };
  const remarks = (name: string): string[] => {
    const value = tweaked(
      asCatalogPod('falco'),
      set('metadata.name', name),
      set('metadata.namespace', 'kube-system'),
    );
    const setting = auditContext({ catalog: true, policy: { namespaces } });
    const { findings } = visitObject(value, (object) => auditObject(object, setting));
    return findings.filter(({ code }) => code === 'DPS3006').map(({ message }) => message);
  };

  it('is told to be perhaps one of the catalog by its whole name alone', () => {
    expect(remarks('falco')).to.have.length(1);
    expect(remarks('my-falco-2')).to.deep.equal([]);
  });
});

describe('fingerprints and patches', () => {
  it('differ by namespace', () => {
    const of = (namespace: string): string =>
      fingerprint('DPS4001', { kind: 'Pod', namespace, name: 'web' }, undefined, 'x');
    expect(of('a')).to.not.equal(of('b'));
  });

  it('are not written for a container without a name, which no merge would find', () => {
    const value = tweaked(context('privileged', true), (pod) => {
      const { containers } = pod.spec as { containers: { name?: string }[] };
      delete containers[0]!.name;
    });
    const { findings } = visitObject(value, (object) => auditObject(object, auditContext()));
    expect(findings.map(({ rule, patch }) => [rule, patch])).to.deep.equal([
      ['privileged', undefined],
    ]);
  });
});
