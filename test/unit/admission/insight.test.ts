// Binding coverage, the label syncer's forecast, what-if removals, the version matrix, changes.
import { expect } from 'chai';
import { changesOf } from '../../../src/admission/changes.ts';
import { coverage } from '../../../src/admission/coverage.ts';
import { forecast, levelOfScc, SYNC_LABEL } from '../../../src/admission/label-sync.ts';
import { matrixTargets, versionMatrix } from '../../../src/admission/matrix.ts';
import { grantsForNamespace, NO_GRANTS } from '../../../src/admission/scc/rbac.ts';
import { sccsForRelease } from '../../../src/admission/scc/tables.ts';
import { podWithout, REMOVALS } from '../../../src/admission/without.ts';
import {
  ANNOTATIONS,
  factsOf,
  HOST_PATH,
  judged,
  K33,
  OCP20,
  podOf,
  SPC_T,
  type Json,
} from './support.ts';

describe('binding coverage', () => {
  it('counts a grant in its namespace only', () => {
    const everybody = {
      namespace: 'a',
      subjects: ['group:system:serviceaccounts'],
      policies: ['anyuid'],
      source: 'x',
    };
    const counted = coverage([everybody]);
    counted.add({ namespace: 'b', account: 'sa', refused: false, policy: 'anyuid' });
    expect(counted.grants()[0]?.pods).to.equal(0);
  });

  const group = {
    namespace: 'a',
    subjects: ['group:system:serviceaccounts:a'],
    policies: ['privileged', 'anyuid'],
    source: 'RoleBinding a/x',
  };
  const wide = {
    namespace: null,
    subjects: ['user:system:serviceaccount:a:sa'],
    policies: '*' as const,
    source: 'ClusterRoleBinding y',
  };
  const idle = {
    namespace: 'b',
    subjects: ['user:system:serviceaccount:b:gone'],
    policies: ['anyuid'],
    source: 'RoleBinding b/z',
  };

  it('says who uses which grant, and what is wider than needed', () => {
    const counted = coverage([group, wide, idle]);
    counted.add({ namespace: 'a', account: 'sa', refused: false, policy: 'privileged' });
    counted.add({ namespace: 'a', account: 'sa', refused: false, policy: 'privileged' });
    counted.add({ namespace: 'd', account: 'sa', refused: false, policy: 'anyuid' });
    counted.add({ namespace: 'c', account: 'other', refused: true, policy: null });
    counted.add({ namespace: 'c', account: 'fine', refused: false, policy: null });
    expect(counted.grants()).to.deep.equal([
      {
        grant: group,
        pods: 2,
        accounts: 1,
        remarks: [
          'not used: anyuid',
          'covers all of system:serviceaccounts:a, future pods too; 1 service account uses it',
        ],
      },
      {
        grant: wide,
        pods: 2,
        accounts: 1,
        remarks: [
          'grants every policy, also later ones; used: privileged',
          'holds in every namespace; a RoleBinding in a would do',
        ],
      },
      { grant: idle, pods: 0, accounts: 0, remarks: ['no pod of the input uses it'] },
    ]);
    expect(counted.unbound()).to.deep.equal([
      { namespace: 'c', account: 'other', pods: 1, refused: 1, policies: [] },
    ]);
    expect(counted.unused()).to.deep.equal(['b/gone']);
  });
});

describe("OpenShift's label syncer", () => {
  const release = sccsForRelease({ minor: 20 });
  if (!release.ok) throw new Error(release.reason);
  const { sccs } = release;

  it('knows the level of every shipped SCC', () => {
    const levels = Object.fromEntries(sccs.map((scc) => [scc.name, levelOfScc(scc)]));
    expect(levels).to.deep.equal({
      anyuid: 'baseline',
      hostaccess: 'privileged',
      'hostmount-anyuid': 'privileged',
      'hostmount-anyuid-v2': 'privileged',
      hostnetwork: 'privileged',
      'hostnetwork-v2': 'privileged',
      'nested-container': levels['nested-container'],
      nonroot: 'baseline',
      'nonroot-v2': 'restricted',
      privileged: 'privileged',
      restricted: 'baseline',
      'restricted-v2': 'restricted',
      'restricted-v3': 'restricted',
    });
    expect(levelOfScc({ name: 'x', priority: null, notChecked: 'y' })).to.equal('privileged');
  });

  const six = Object.fromEntries(
    ['enforce', 'audit', 'warn'].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, 'privileged'],
      [`pod-security.kubernetes.io/${mode}-version`, 'latest'],
    ]),
  ) as Record<string, string>;
  const rows: [string, string, Record<string, string>, string[], string | null][] = [
    ['a plain namespace', 'a', {}, [], 'restricted'],
    ['anyuid', 'a', {}, ['anyuid'], 'baseline'],
    ['the most permissive of several', 'a', {}, ['anyuid', 'privileged'], 'privileged'],
    ['the label false', 'a', { [SYNC_LABEL]: 'false' }, ['privileged'], null],
    ['six labels of somebody else', 'a', six, ['privileged'], null],
    [
      'six labels and the label true',
      'a',
      { ...six, [SYNC_LABEL]: 'true' },
      ['anyuid'],
      'baseline',
    ],
    [
      'five labels',
      'a',
      { ...six, 'pod-security.kubernetes.io/warn': undefined as never },
      [],
      'restricted',
    ],
    ['kube-system', 'kube-system', {}, ['privileged'], null],
    ['openshift-x', 'openshift-x', {}, [], null],
    ['openshift-x with the label true', 'openshift-x', { [SYNC_LABEL]: 'true' }, [], 'restricted'],
  ];
  for (const [name, namespace, labels, bound, level] of rows) {
    it(`forecasts ${level ?? 'nothing'} for ${name}`, () => {
      const grants = bound.length === 0 ? NO_GRANTS : grantsForNamespace(namespace, bound);
      const result = forecast({ name: namespace, labels, accounts: [] }, sccs, grants);
      expect(result.level).to.equal(level);
      expect(result.remedy === '').to.equal(level === null);
      expect(result.why).to.not.equal('');
    });
  }
});

describe('--without', () => {
  const context = {
    runAsUser: 0,
    runAsNonRoot: false,
    privileged: true,
    capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] },
    seLinuxOptions: { type: 'spc_t' },
  };
  const pod = podOf(
    {
      ...HOST_PATH,
      hostNetwork: true,
      hostPID: true,
      securityContext: { seLinuxOptions: { type: 'spc_t', level: 's0' } },
    },
    context,
  );
  const rows: [string, (pod: Json) => unknown, unknown][] = [
    [
      'spc_t',
      (p) => [(p['spec'] as Json)['securityContext'], Object.keys(contextOf(p))],
      [
        { seLinuxOptions: { level: 's0' } },
        ['runAsUser', 'runAsNonRoot', 'privileged', 'capabilities'],
      ],
    ],
    ['privileged', (p) => 'privileged' in contextOf(p), false],
    [
      'root',
      (p) => [contextOf(p)['runAsUser'], contextOf(p)['runAsNonRoot']],
      [undefined, undefined],
    ],
    ['capabilities', (p) => contextOf(p)['capabilities'], { drop: ['ALL'] }],
    [
      'host-namespaces',
      (p) => [(p['spec'] as Json)['hostNetwork'], (p['spec'] as Json)['hostPID']],
      [undefined, undefined],
    ],
    ['host-paths', (p) => (p['spec'] as Json)['volumes'], []],
    ['host-ports', (p) => (p['spec'] as Json)['containers'], (pod['spec'] as Json)['containers']],
  ];
  const contextOf = (p: Json): Json => {
    const containers = (p['spec'] as { containers: { securityContext: Json }[] }).containers;
    return containers[0]?.securityContext ?? {};
  };
  for (const [name, look, expected] of rows) {
    it(`takes ${name} away and leaves the input alone`, () => {
      const before = JSON.stringify(pod);
      expect(look(podWithout(pod, [name]))).to.deep.equal(expected);
      expect(JSON.stringify(pod)).to.equal(before);
    });
  }

  it('has a test for each', () => {
    expect(rows.map(([name]) => name)).to.deep.equal(Object.keys(REMOVALS));
  });
});

describe('the version matrix', () => {
  it('covers every release', () => {
    expect(matrixTargets(true).map(({ openshift }) => openshift?.minor)).to.deep.equal([
      10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23,
    ]);
    expect(matrixTargets(false).map(({ kubernetes }) => kubernetes)).to.deep.equal(
      Array.from({ length: 25 }, (_, at) => at + 13),
    );
  });

  it('names the version where a verdict flips', () => {
    const matrix = versionMatrix(false, factsOf(K33, [], { level: 'baseline' }));
    const pod = podOf({ securityContext: { seLinuxOptions: { type: 'container_engine_t' } } });
    matrix.add({ pod, kind: 'Deployment', isTemplate: true, namespace: 'a' }, 'Deployment a/x');
    const flips = matrix.rows().filter((row) => row.flips.length > 0);
    expect(flips).to.deep.equal([
      {
        version: 'Kubernetes 1.31',
        admitted: 1,
        refused: 0,
        open: 0,
        flips: ['Deployment a/x: refused -> admitted'],
        moreFlips: 0,
      },
    ]);
  });

  it('does the same for OpenShift', () => {
    const facts = factsOf(OCP20, [], { bind: ['restricted-v2'], annotations: ANNOTATIONS });
    const matrix = versionMatrix(true, facts);
    const pod = podOf({ volumes: [{ name: 'v', image: { reference: 'x' } }] });
    matrix.add({ pod, kind: 'Pod', isTemplate: false, namespace: 'a' }, 'Pod a/x');
    const [flip] = matrix.rows().filter((row) => row.flips.length > 0);
    expect(flip?.version).to.equal('OpenShift 4.20');
    expect(flip?.flips).to.deep.equal(['Pod a/x: refused -> admitted']);
  });
});

describe('what will run', () => {
  it('shows each field that admission wrote', () => {
    const pod = podOf();
    const { judgedPod } = judged(OCP20, [], { pod }, { annotations: ANNOTATIONS });
    const changes = changesOf(pod, judgedPod).map(({ container, field, before, after }) => [
      container,
      field,
      before,
      after,
    ]);
    expect(changes.sort()).to.deep.equal(
      [
        [null, 'fsGroup', undefined, 1000650000],
        [null, 'seLinuxOptions.level', undefined, 's0:c26,c5'],
        [null, 'seccompProfile.type', undefined, 'RuntimeDefault'],
        ['app', 'allowPrivilegeEscalation', undefined, false],
        ['app', 'capabilities.drop', undefined, ['ALL']],
        ['app', 'runAsNonRoot', undefined, true],
        ['app', 'runAsUser', undefined, 1000650000],
      ].sort(),
    );
    expect(changesOf(podOf(SPC_T), podOf(SPC_T))).to.deep.equal([]);
  });
});
