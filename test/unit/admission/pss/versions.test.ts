import { expect } from 'chai';
import { checkLists } from '../../../../src/admission/pss/registry.ts';
import {
  CHECKS,
  checkTableProblems,
  evaluatePod,
  MAX_VERSION,
  parsePolicyVersion,
  runVersionCases,
  VERSION_CASES,
  type Check,
} from '../../../../src/admission/pss/index.ts';

const never = () => null;

describe('versions of Pod Security Standards', () => {
  it('agree with the cases for v1.33 to v1.37', () => {
    const figures = runVersionCases();
    console.log(`      ${figures.cases} own cases, ${figures.verdicts} verdicts`);
    expect(figures).to.deep.equal({
      cases: VERSION_CASES.length,
      verdicts: VERSION_CASES.length * 5,
      wrong: [],
    });
  });

  it('tell which case is wrong', () => {
    const [first] = VERSION_CASES;
    expect(runVersionCases([{ ...first!, steps: [[33, []]] }]).wrong[0]).to.equal(
      'Case "httpGet host in a liveness probe" at v1.34: failed [hostProbesAndHostLifecycle] instead of [].',
    );
  });

  it('have a sound table of 19 checks, in the order of the server', () => {
    expect(checkTableProblems(CHECKS)).to.deep.equal([]);
    expect(
      CHECKS.map(
        ({ id, level, versions }) => `${level} ${id} ${versions.map((row) => row.since).join(' ')}`,
      ),
    ).to.deep.equal([
      'baseline appArmorProfile 1.0',
      'baseline capabilities_baseline 1.0',
      'baseline hostNamespaces 1.0',
      'baseline hostPathVolumes 1.0',
      'baseline hostPorts 1.0',
      'baseline hostProbesAndHostLifecycle 1.34',
      'baseline privileged 1.0',
      'baseline procMount 1.0 1.35',
      'baseline seLinuxOptions 1.0 1.31',
      'baseline seccompProfile_baseline 1.0 1.19',
      'baseline sysctls 1.0 1.27 1.29 1.32 1.37',
      'baseline windowsHostProcess 1.0',
      'restricted allowPrivilegeEscalation 1.8 1.25',
      'restricted capabilities_restricted 1.22 1.25',
      'restricted procMount_restricted 1.35',
      'restricted restrictedVolumes 1.0',
      'restricted runAsNonRoot 1.0 1.35',
      'restricted runAsUser 1.23 1.35',
      'restricted seccompProfile_restricted 1.19 1.25',
    ]);
  });

  it('are listed in the order of the server whatever the order of the table', () => {
    const { baseline, restricted } = checkLists([...CHECKS].reverse());
    const ids = (rows: readonly { id: string }[] | undefined) => rows?.map(({ id }) => id);
    const table = ids(CHECKS.filter(({ level }) => level === 'baseline'));
    expect(ids(baseline[37])).to.deep.equal(table);
    expect(ids(restricted[37])).to.deep.equal([
      'appArmorProfile',
      'hostNamespaces',
      'hostPorts',
      'hostProbesAndHostLifecycle',
      'privileged',
      'seLinuxOptions',
      'sysctls',
      'windowsHostProcess',
      ...(ids(CHECKS.filter(({ level }) => level === 'restricted')) ?? []),
    ]);
    expect([baseline.length, restricted.length]).to.deep.equal([38, 38]);
  });

  it('tell what is wrong with a table', () => {
    const base: Check = { id: 'a', level: 'baseline', versions: [{ since: '1.0', check: never }] };
    const rows: readonly (readonly [readonly Check[], readonly string[]])[] = [
      [[base, base], ['Check a: the id is used twice.']],
      [[{ ...base, versions: [] }], ['Check a: there is no version.']],
      [
        [
          {
            ...base,
            versions: [
              { since: '1.9', check: never },
              { since: '1.9', check: never },
            ],
          },
        ],
        ['Check a: version 1.9 is out of order or out of range.'],
      ],
      [
        [{ ...base, versions: [{ since: '1.99', check: never }] }],
        ['Check a: version 1.99 is out of order or out of range.'],
      ],
      [
        [base, { ...base, id: 'b', versions: [{ since: '1.0', check: never, overrides: ['a'] }] }],
        ['Check b: only a restricted check may override another.'],
      ],
      [
        [
          {
            ...base,
            id: 'b',
            level: 'restricted',
            versions: [{ since: '1.0', check: never, overrides: ['b'] }],
          },
        ],
        ['Check b: overrides "b", which is no baseline check.'],
      ],
    ];
    for (const [table, problems] of rows) expect(checkTableProblems(table)).to.deep.equal(problems);
  });

  it('are read as the server reads a label', () => {
    const rows = [
      ['latest', 'latest'],
      ['v1.0', 'v1.0'],
      ['v1.10000', 'v1.10000'],
      ['v1.9223372036854775807', 'v1.9223372036854775807'],
      ['v1.9223372036854775808', null],
      ['v1.10000000000000000000', null],
      ['1.25', null],
      ['v1.025', null],
      ['v1.25 ', null],
      ['v2.0', null],
      ['v1.25.1', null],
      ['v1.99999999999999999999', null],
      ['', null],
    ] as const;
    for (const [text, version] of rows) expect(parsePolicyVersion(text)).to.equal(version);
  });

  it('are clamped to what the rules or the server know, and say so', () => {
    const at = (version: 'latest' | `v1.${number}`, server?: number) => {
      const verdict = evaluatePod(
        { spec: {} },
        { level: 'baseline', version, ...(server === undefined ? {} : { server }) },
      );
      return [verdict.version, verdict.clamped];
    };
    expect(MAX_VERSION).to.equal('v1.37');
    expect(at('latest')).to.deep.equal(['v1.37', false]);
    expect(at('v1.37')).to.deep.equal(['v1.37', false]);
    expect(at('v1.38')).to.deep.equal(['v1.37', true]);
    expect(at('latest', 25)).to.deep.equal(['v1.25', false]);
    expect(at('v1.26', 25)).to.deep.equal(['v1.25', true]);
    expect(at('v1.24', 25)).to.deep.equal(['v1.24', false]);
    expect(at('v1.99', 99)).to.deep.equal(['v1.37', true]);
  });

  it('step at container_engine_t, at Windows and at seccomp fields', () => {
    const failed = (
      spec: unknown,
      level: 'baseline' | 'restricted',
      minor: number,
      metadata: unknown = {},
    ) =>
      evaluatePod({ metadata, spec }, { level, version: `v1.${minor}` }).results.map(
        ({ id }) => id,
      );
    const engine = {
      securityContext: { seLinuxOptions: { type: 'container_engine_t' } },
      containers: [],
    };
    expect([failed(engine, 'baseline', 30), failed(engine, 'baseline', 31)]).to.deep.equal([
      ['seLinuxOptions'],
      [],
    ]);
    const windows = {
      os: { name: 'windows' },
      securityContext: { runAsNonRoot: true },
      containers: [{ name: 'w' }],
    };
    expect(failed(windows, 'restricted', 24)).to.deep.equal([
      'allowPrivilegeEscalation',
      'capabilities_restricted',
      'seccompProfile_restricted',
    ]);
    expect(failed(windows, 'restricted', 25)).to.deep.equal([]);
    const annotated = { annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' } };
    const plain = { containers: [{ name: 'c' }] };
    expect(failed(plain, 'baseline', 18, annotated)).to.deep.equal(['seccompProfile_baseline']);
    expect(failed(plain, 'baseline', 19, annotated)).to.deep.equal([]);
    const byContainer = (value: string) =>
      failed(plain, 'baseline', 18, {
        annotations: { 'container.seccomp.security.alpha.kubernetes.io/c': value },
      }).length;
    expect(
      ['runtime/default', 'docker/default', 'localhost/x', 'localhost', ''].map(byContainer),
    ).to.deep.equal([0, 0, 0, 1, 1]);
    const field = {
      securityContext: { seccompProfile: { type: 'Unconfined' } },
      containers: [{ name: 'c' }],
    };
    expect([failed(field, 'baseline', 18), failed(field, 'baseline', 19)]).to.deep.equal([
      [],
      ['seccompProfile_baseline'],
    ]);
  });
});
