import { expect } from 'chai';
import fc from 'fast-check';
import {
  evaluatePod,
  judgeNamespaced,
  MAX_MINOR,
  type Level,
  type PolicyVersion,
} from '../../../../src/admission/pss/index.ts';

const LEVELS: readonly Level[] = ['privileged', 'baseline', 'restricted'];
const level = fc.constantFrom(...LEVELS);
const version: fc.Arbitrary<PolicyVersion> = fc.oneof(
  fc.constant<PolicyVersion>('latest'),
  fc.integer({ min: 0, max: MAX_MINOR + 2 }).map((minor): PolicyVersion => `v1.${minor}`),
);

/** A value of the API's type, or now and then of any other. */
function mostly(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof(
    { arbitrary: value, weight: 8 },
    { arbitrary: fc.jsonValue({ maxDepth: 2 }), weight: 1 },
  );
}

/** A map with some of the members; each value may be wrong. */
function map(
  members: Record<string, fc.Arbitrary<unknown>>,
  sloppy: boolean,
): fc.Arbitrary<Record<string, unknown>> {
  const values = Object.fromEntries(
    Object.entries(members).map(([key, value]) => [key, sloppy ? mostly(value) : value]),
  );
  return fc.record(values, { requiredKeys: [] });
}

const bool = fc.boolean();
const CAPABILITIES = [
  'ALL',
  'CHOWN',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SYS_ADMIN',
  'CAP_CHOWN',
  'chown',
];
const capability = fc.constantFrom(...CAPABILITIES);
const profile = fc.constantFrom('RuntimeDefault', 'Localhost', 'Unconfined', '', 'Odd');
const names = fc.constantFrom('a', 'b', '__proto__', 'constructor');

/** The fields that a securityContext has on a pod and on a container. */
function shared(sloppy: boolean): Record<string, fc.Arbitrary<unknown>> {
  return {
    runAsNonRoot: bool,
    runAsUser: fc.constantFrom(0, 1, 1000),
    seccompProfile: map({ type: profile }, sloppy),
    seLinuxOptions: map(
      {
        type: fc.constantFrom('spc_t', 'container_t', 'container_engine_t', ''),
        user: fc.constantFrom('', 'u'),
      },
      sloppy,
    ),
  };
}

function container(sloppy: boolean): fc.Arbitrary<unknown> {
  const handler = map({ httpGet: map({ host: fc.constantFrom('', 'h') }, sloppy) }, sloppy);
  const context = map(
    {
      ...shared(sloppy),
      allowPrivilegeEscalation: bool,
      privileged: bool,
      procMount: fc.constantFrom('Default', 'Unmasked'),
      appArmorProfile: map({ type: profile }, sloppy),
      windowsOptions: map({ hostProcess: bool }, sloppy),
      capabilities: map(
        {
          add: fc.array(capability, { maxLength: 2 }),
          drop: fc.array(capability, { maxLength: 2 }),
        },
        sloppy,
      ),
    },
    sloppy,
  );
  const ports = fc.array(map({ hostPort: fc.constantFrom(0, 80) }, sloppy), { maxLength: 2 });
  return map(
    {
      name: names,
      securityContext: context,
      ports,
      livenessProbe: handler,
      lifecycle: map({ preStop: handler }, sloppy),
    },
    sloppy,
  );
}

function podShape(sloppy: boolean): fc.Arbitrary<Record<string, unknown>> {
  const containers = fc.array(sloppy ? mostly(container(sloppy)) : container(sloppy), {
    maxLength: 2,
  });
  const sysctls = fc.array(
    map({ name: fc.constantFrom('kernel.msgmax', 'net.ipv4.tcp_rmem') }, sloppy),
    { maxLength: 2 },
  );
  const volume = fc.constantFrom(
    { name: 'e', emptyDir: {} },
    { name: 'h', hostPath: { path: '/' } },
    { name: 'n', nfs: {} },
    {},
  );
  const annotation = fc.constantFrom(
    'seccomp.security.alpha.kubernetes.io/pod',
    'container.seccomp.security.alpha.kubernetes.io/a',
    'container.apparmor.security.beta.kubernetes.io/a',
  );
  const spec = map(
    {
      securityContext: map({ ...shared(sloppy), sysctls }, sloppy),
      containers,
      initContainers: containers,
      ephemeralContainers: containers,
      volumes: fc.array(sloppy ? mostly(volume) : volume, { maxLength: 2 }),
      hostPID: bool,
      hostUsers: bool,
      os: map({ name: fc.constantFrom('linux', 'windows') }, sloppy),
    },
    sloppy,
  );
  const annotations = fc.dictionary(
    annotation,
    sloppy ? mostly(profile) : fc.constantFrom('unconfined', 'runtime/default'),
  );
  return map({ metadata: map({ annotations }, sloppy), spec }, sloppy);
}

const RUNS = { numRuns: 300 };
type Spec = Record<string, Record<string, unknown>[] | Record<string, unknown> | undefined>;

function containersOf(spec: Spec): Record<string, unknown>[] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap(
    (list) => (spec[list] ?? []) as Record<string, unknown>[],
  );
}

describe('properties of Pod Security Standards', () => {
  it('never throws, whatever a pod or a label holds', () => {
    const anything = fc.oneof(podShape(true), fc.jsonValue(), fc.anything());
    fc.assert(
      fc.property(
        anything,
        level,
        version,
        fc.dictionary(fc.string(), fc.jsonValue()),
        (pod, aLevel, aVersion, labels) => {
          const verdict = evaluatePod(pod, { level: aLevel, version: aVersion });
          expect(verdict.admitted).to.equal(verdict.results.length === 0);
          judgeNamespaced({ labels, pod, isTemplate: true });
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('never admits at a stricter level what a laxer one refuses', () => {
    fc.assert(
      fc.property(podShape(false), version, (pod, aVersion) => {
        // Not for Windows: restricted drops its Linux checks, and the baseline ones they replace with
        // them. The API refuses Windows pods that set such fields.
        const spec = { ...(pod['spec'] as Record<string, unknown> | undefined), os: null };
        const admitted = LEVELS.map(
          (one) => evaluatePod({ ...pod, spec }, { level: one, version: aVersion }).admitted,
        );
        expect(admitted[0]).to.equal(true);
        expect(admitted[2] === true && admitted[1] === false).to.equal(false);
      }),
      RUNS,
    );
  });

  it("finds every field checkable in a pod of the API's shape", () => {
    fc.assert(
      fc.property(podShape(false), (pod) => {
        const words = evaluatePod(
          { spec: {}, ...pod },
          { level: 'baseline', version: 'latest' },
        ).notChecked;
        expect(words).to.deep.equal([]);
      }),
      RUNS,
    );
  });

  it('never admits more for an added capability', () => {
    fc.assert(
      fc.property(
        podShape(false),
        level,
        version,
        capability,
        fc.nat(5),
        (pod, aLevel, aVersion, added, at) => {
          const options = { level: aLevel, version: aVersion };
          const before = evaluatePod(pod, options);
          const more = structuredClone(pod) as { spec?: Spec };
          const containers = containersOf(more.spec ?? {});
          const target = containers[at % Math.max(1, containers.length)];
          if (target === undefined) return;
          const context = (target['securityContext'] ??= {}) as Spec;
          const capabilities = (context['capabilities'] ??= {}) as Record<string, unknown[]>;
          capabilities['add'] = [...(capabilities['add'] ?? []), added];
          const after = evaluatePod(more, options).results.map(({ id }) => id);
          expect(
            before.results.map(({ id }) => id).filter((id) => !after.includes(id)),
          ).to.deep.equal([]);
        },
      ),
      RUNS,
    );
  });

  for (const field of Object.keys(shared(false))) {
    it(`gives the same verdict for ${field} on the pod and on each of its containers`, () => {
      fc.assert(
        fc.property(
          podShape(false),
          shared(false)[field]!,
          level,
          version,
          (pod, value, aLevel, aVersion) => {
            const above = structuredClone({ ...pod, spec: pod['spec'] ?? {} }) as { spec: Spec };
            const containers = containersOf(above.spec);
            if (containers.length === 0) return;
            for (const one of containers)
              delete (one['securityContext'] as Spec | undefined)?.[field];
            const below = structuredClone(above);
            (above.spec['securityContext'] ??= {} as Record<string, unknown>) as Spec;
            (above.spec['securityContext'] as Record<string, unknown>)[field] = value;
            delete (below.spec['securityContext'] as Spec | undefined)?.[field];
            for (const one of containersOf(below.spec))
              ((one['securityContext'] ??= {}) as Record<string, unknown>)[field] = value;
            const ids = (judged: unknown) =>
              evaluatePod(judged, { level: aLevel, version: aVersion }).results.map(({ id }) => id);
            expect(ids(above)).to.deep.equal(ids(below));
          },
        ),
        RUNS,
      );
    });
  }
});
