import { expect } from 'chai';
import {
  judgeNamespaced,
  parseNamespaceLabels,
  type NamespacedPod,
} from '../../../../src/admission/pss/index.ts';

const P = 'pod-security.kubernetes.io/';

/** The policy in the server's notation: enforce, audit, warn. */
function policyOf(
  labels: unknown,
  defaults?: Parameters<typeof parseNamespaceLabels>[1],
): string[] {
  const { policy } = parseNamespaceLabels(labels, defaults);
  return [policy.enforce, policy.audit, policy.warn].map(
    ({ level, version }) => `${level}:${version}`,
  );
}

const OPEN = 'privileged:latest';

describe('labels of a namespace', () => {
  const rows: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['none', {}, [OPEN, OPEN, OPEN]],
    ['no labels at all', undefined, [OPEN, OPEN, OPEN]],
    ['of something else', { app: 'x' }, [OPEN, OPEN, OPEN]],
    [
      'all six',
      {
        [`${P}enforce`]: 'privileged',
        [`${P}enforce-version`]: 'v1.30',
        [`${P}audit`]: 'baseline',
        [`${P}audit-version`]: 'v1.31',
        [`${P}warn`]: 'restricted',
        [`${P}warn-version`]: 'v1.32',
      },
      ['privileged:v1.30', 'baseline:v1.31', 'restricted:v1.32'],
    ],
    [
      'enforce alone: warn follows',
      { [`${P}enforce`]: 'baseline', [`${P}enforce-version`]: 'v1.30' },
      ['baseline:v1.30', OPEN, 'baseline:v1.30'],
    ],
    [
      'warn follows in its own version',
      {
        [`${P}enforce`]: 'restricted',
        [`${P}enforce-version`]: 'v1.30',
        [`${P}warn-version`]: 'v1.2',
      },
      ['restricted:v1.30', OPEN, 'restricted:v1.2'],
    ],
    [
      'a laxer warn stays',
      { [`${P}enforce`]: 'restricted', [`${P}warn`]: 'privileged' },
      ['restricted:latest', OPEN, OPEN],
    ],
    [
      'a bad warn stays',
      { [`${P}enforce`]: 'restricted', [`${P}warn`]: 'low' },
      ['restricted:latest', OPEN, OPEN],
    ],
    [
      'a bad enforce fails closed, and warn does not follow',
      { [`${P}enforce`]: 'Baseline' },
      ['restricted:latest', OPEN, OPEN],
    ],
    ['a bad audit fails open', { [`${P}audit`]: 'high' }, [OPEN, OPEN, OPEN]],
    [
      'a bad version is the latest',
      { [`${P}enforce`]: 'baseline', [`${P}enforce-version`]: '1.30' },
      ['baseline:latest', OPEN, 'baseline:latest'],
    ],
  ];
  for (const [name, labels, policy] of rows) {
    it(`with ${name}`, () => {
      expect(policyOf(labels)).to.deep.equal(policy);
    });
  }

  it('fall back to the defaults of the server, a stricter warn default included', () => {
    const defaults = {
      enforce: { level: 'baseline', version: 'v1.20' },
      audit: { level: 'restricted', version: 'v1.21' },
      warn: { level: 'restricted', version: 'v1.22' },
    } as const;
    expect(policyOf({ [`${P}enforce`]: 'baseline' }, defaults)).to.deep.equal([
      'baseline:v1.20',
      'restricted:v1.21',
      'restricted:v1.22',
    ]);
  });

  it('with bad values are told one by one', () => {
    const labels = {
      [`${P}enforce`]: 'none',
      [`${P}enforce-version`]: 'v2',
      [`${P}audit`]: true,
      [`${P}warn`]: '',
    };
    const levels = '"privileged", "baseline" or "restricted"';
    expect(parseNamespaceLabels(labels).errors).to.deep.equal([
      { label: `${P}enforce`, message: `Label ${P}enforce must be ${levels}; got "none".` },
      {
        label: `${P}enforce-version`,
        message: `Label ${P}enforce-version must be "latest" or "v1.N"; got "v2".`,
      },
      { label: `${P}audit`, message: `Label ${P}audit must be ${levels}; got a boolean.` },
      { label: `${P}warn`, message: `Label ${P}warn must be ${levels}; got "".` },
    ]);
  });
});

describe('a pod in a namespace', () => {
  const pod = { spec: { runtimeClassName: 'kata', hostPID: true, containers: [{ name: 'a' }] } };
  const labels = {
    [`${P}enforce`]: 'baseline',
    [`${P}audit`]: 'baseline',
    [`${P}enforce-version`]: 'v1.33',
    [`${P}audit-version`]: 'v1.33',
  };
  const refusal = {
    policy: 'baseline',
    check: 'hostNamespaces',
    field: 'spec.hostPID',
    reason: 'host namespaces (hostPID is true)',
  };
  const judge = (more: Partial<NamespacedPod>) =>
    judgeNamespaced({ labels, pod, isTemplate: false, ...more });

  it('is refused without warnings, and audited', () => {
    expect(judge({})).to.deep.equal({
      policy: {
        enforce: { level: 'baseline', version: 'v1.33' },
        audit: { level: 'baseline', version: 'v1.33' },
        warn: { level: 'baseline', version: 'v1.33' },
      },
      errors: [],
      objectAccepted: false,
      psa: { level: 'baseline', version: 'v1.33', admitted: false, warn: [], audit: [refusal] },
      refusals: [refusal],
      exempt: null,
      clamped: [],
      notChecked: [],
    });
  });

  it('from a template is refused as well, while the workload is accepted with warnings', () => {
    const { objectAccepted, psa, refusals } = judge({ isTemplate: true });
    expect({ objectAccepted, psa, refusals }).to.deep.equal({
      objectAccepted: true,
      psa: {
        level: 'baseline',
        version: 'v1.33',
        admitted: false,
        warn: [refusal],
        audit: [refusal],
      },
      refusals: [refusal],
    });
  });

  it('that is admitted still warns', () => {
    const { psa } = judge({ labels: { [`${P}warn`]: 'baseline' } });
    expect([psa.admitted, psa.warn, psa.audit]).to.deep.equal([true, [refusal], []]);
  });

  it('is spared by an exemption, a template by its creator only itself', () => {
    const exemptions = { namespaces: ['ops'], runtimeClasses: ['kata'], usernames: ['root'] };
    const rows = [
      [{ namespace: 'ops' }, 'namespace', true, 0],
      [{ namespace: 'ops', isTemplate: true }, 'namespace', true, 0],
      [{ user: 'root' }, 'user', true, 0],
      [{ user: 'root', isTemplate: true }, null, false, 0],
      [{ controller: 'root', isTemplate: true }, 'user', true, 1],
      [{ controller: 'root' }, null, false, 1],
      [{ namespace: '', user: '' }, null, false, 1],
    ] as const;
    for (const [more, exempt, admitted, audited] of rows) {
      const judged = judge({ ...more, exemptions: { ...exemptions, runtimeClasses: [] } });
      expect([judged.exempt, judged.psa.admitted, judged.psa.audit.length]).to.deep.equal([
        exempt,
        admitted,
        audited,
      ]);
    }
    const judged = judge({ exemptions, isTemplate: true });
    expect([judged.exempt, judged.psa.admitted, judged.psa.warn]).to.deep.equal([
      'runtimeClass',
      true,
      [],
    ]);
  });

  it('is judged by no newer rules than the server has', () => {
    const { psa, clamped } = judge({ server: 30 });
    expect(psa.version).to.equal('v1.30');
    expect(clamped).to.deep.equal([
      'The enforce version v1.33 is newer than the server and read as v1.30.',
      'The audit version v1.33 is newer than the server and read as v1.30.',
      'The warn version v1.33 is newer than the server and read as v1.30.',
    ]);
  });
});
