import { expect } from 'chai';
import fc from 'fast-check';
import { evaluateView } from '../../../src/admission/pss/index.ts';
import { readPod } from '../../../src/admission/pod.ts';
import { auditPod } from '../../../src/audit/context.ts';
import { auditObject } from '../../../src/audit/judge.ts';
import { namespaceIndex } from '../../../src/audit/namespaces.ts';
import { rules } from '../../../src/audit/rules/index.ts';
import {
  createShapes,
  UNREAD_OF_CONTAINER,
  UNREAD_OF_POD,
  type Shape,
} from '../../../src/audit/shapes.ts';
import { settle } from '../../../src/security/settle.ts';
import { NEVER_READ_OF_METADATA } from '../../../src/workloads/spec-parts.ts';
import {
  asCatalogPod,
  auditContext,
  context,
  podContext,
  set,
  tweaked,
  visitObject,
  type Setting,
  type Tweak,
  type Value,
} from '../../helpers/pods.ts';

const refuse = (): never => {
  throw new Error('A field is read that is no part of the shape.');
};
/** Whoever looks into it fails. */
const TRAP: object = new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse });

const settings: Setting[] = [{}, { strict: true }, { target: { kubernetes: 24 } }];

function shapesOf(...values: readonly Value[]): (Shape | undefined)[] {
  return shapesIn({}, values);
}

function shapesIn(setting: Setting, values: readonly Value[]): (Shape | undefined)[] {
  const shapes = createShapes();
  const { policy, target } = auditContext(setting);
  return values.map((value) =>
    visitObject(value, (object) => {
      const pod = object.pods[0]!;
      return shapes.of(object, pod, auditPod(object, pod, policy, target).standing);
    }),
  );
}

describe('shapes of pods', () => {
  it('leave out only what no rule and no check reads', () => {
    const volume = { name: 'v', hostPath: { path: '/' } };
    const value = tweaked(
      set('spec.volumes', [volume]),
      context('privileged', true),
      context('seLinuxOptions', { type: 'x' }),
      set('spec.containers.0.lifecycle', { preStop: { exec: {} } }),
      set('spec.initContainers', [{ name: 'setup' }]),
    );
    for (const setting of settings) {
      const { policy, target } = auditContext(setting);
      visitObject(value, (object) => {
        const template = object.pods[0]!;
        for (const field of UNREAD_OF_POD) template.spec[field] = TRAP;
        for (const container of template.containers) {
          for (const field of UNREAD_OF_CONTAINER) container.value[field] = TRAP;
        }
        const pod = auditPod(object, template, policy, target);
        const hits = rules.flatMap((rule) => (rule.scope === 'pod' ? rule.check(pod) : []));
        expect(hits.length).to.be.above(3);
        expect(settle(template.spec, pod.standing.limitsOf).edits.length).to.be.above(2);
        const view = readPod({ metadata: template.metadata, spec: template.spec });
        for (let minor = 0; minor <= 37; minor++) {
          for (const level of ['baseline', 'restricted'] as const) {
            expect(evaluateView(view, { level, version: `v1.${minor}` }).admitted).to.equal(false);
          }
        }
      });
    }
  });

  it('leave out metadata and the status, which nobody reads either', () => {
    for (const setting of [...settings, { catalog: true }]) {
      const given = auditContext(setting);
      visitObject(tweaked(context('privileged', true), set('status', {})), (object) => {
        for (const field of NEVER_READ_OF_METADATA) object.pods[0]!.metadata[field] = TRAP;
        object.value.status = TRAP;
        object.labels = TRAP as Record<string, string>;
        const { findings, pods } = auditObject(object, given);
        expect(findings.length).to.be.above(0);
        const index = namespaceIndex(given.target);
        index.addNamespace(object);
        index.addPod(pods[0]!.pod, 'domino-platform');
      });
    }
  });

  const plain = (name: string): Tweak =>
    set('spec.volumes', [{ name, projected: { sources: [] } }]);
  const same: [string, Tweak, Tweak][] = [
    ['names', set('metadata.name', 'a'), set('metadata.name', 'b')],
    ['images', set('spec.containers.0.image', 'a'), set('spec.containers.0.image', 'b')],
    ['nodes', set('spec.nodeName', 'a'), set('spec.nodeName', 'b')],
    ['names of volumes that every level takes', plain('a'), plain('b')],
    ['annotations', set('metadata.annotations', { a: '1' }), set('metadata.annotations', {})],
  ];
  for (const [what, left, right] of same) {
    it(`are the same for pods that differ in ${what}`, () => {
      const [one, two] = shapesOf(tweaked(left), tweaked(right));
      expect(one).to.not.equal(undefined);
      expect(two).to.equal(one);
    });
  }

  const KEY = 'container.apparmor.security.beta.kubernetes.io/web';
  const mount = (path: string): Tweak => set('spec.volumes', [{ name: 'v', hostPath: { path } }]);
  const different: [string, Tweak, Tweak][] = [
    ['privileges', context('privileged', true), context('privileged', false)],
    ['paths of the node', mount('/a'), mount('/b')],
    ['kinds of volumes', plain('a'), set('spec.volumes', [{ name: 'a', secret: {} }])],
    ['unknown fields', set('spec.newField', 1), set('spec.newField', 2)],
    ['the name of the container', set('spec.containers.0.name', 'a'), () => undefined],
    [
      'AppArmor by annotation',
      set('metadata.annotations', { [KEY]: 'unconfined' }),
      () => undefined,
    ],
    [
      'remapped users by annotation',
      set('metadata.annotations', { 'io.kubernetes.cri-o.userns-mode': 'auto' }),
      () => undefined,
    ],
    ['a container that is none', set('spec.containers.1', []), set('spec.containers.1', {})],
    ['the type of the object', set('apiVersion', 'v2'), () => undefined],
  ];
  for (const [what, left, right] of different) {
    it(`differ with ${what}`, () => {
      const [one, two] = shapesOf(tweaked(left), tweaked(right));
      expect(one === undefined || one !== two).to.equal(true);
    });
  }

  it('are none where JSON would write two values alike', () => {
    visitObject(tweaked(podContext('runAsUser', 1)), (object) => {
      const pod = object.pods[0]!;
      const { policy, target } = auditContext();
      const { standing } = auditPod(object, pod, policy, target);
      for (const value of [Infinity, NaN, null]) {
        (pod.spec.securityContext as Value).runAsUser = value;
        expect(createShapes().of(object, pod, standing)).to.equal(undefined);
      }
    });
  });

  it('are none of catalog pods and their companions, whose limits or access are their own', () => {
    const values = [asCatalogPod('falco'), asCatalogPod('aws-ebs-csi-driver-node')];
    const catalogPods = values.map((tweak) => tweaked(tweak));
    const companion = tweaked(
      set('kind', 'DaemonSet'),
      set('metadata.name', 'node-feature-discovery-worker'),
    );
    expect(shapesIn({ catalog: true }, [...catalogPods, companion])).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are not asked for where they do not pay off, and stay few', () => {
    const values = Array.from({ length: 3000 }, (_, at) => tweaked(podContext('runAsUser', at)));
    const made = shapesOf(...values, values[0]!);
    expect(made.filter((shape) => shape !== undefined).length).to.equal(500);
    expect(made[made.length - 1]).to.equal(undefined);
  });

  it('never change what an audit says (property)', () => {
    const tweak = fc.constantFrom<Tweak>(
      () => undefined,
      context('privileged', true),
      context('runAsUser', 0),
      context('capabilities', { add: ['NET_ADMIN'] }),
      podContext('seLinuxOptions', undefined),
      podContext('runAsUser', Infinity),
      set('spec.hostNetwork', true),
      mount('/var'),
      plain('x'),
      set('spec.containers.0.ports', [{ hostPort: 80 }]),
      set('spec.os', { name: 'windows' }),
      set('spec.initContainers', [{ name: 'web', restartPolicy: 'Always' }]),
      set('metadata.annotations', { [KEY]: 'unconfined' }),
      set('spec.hostPID', 'yes'),
      set('spec.volumes', 'none'),
    );
    const pods = fc.array(fc.array(tweak, { maxLength: 3 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(pods, fc.constantFrom(...settings), (list, setting) => {
        const run = (isShared: boolean): unknown[] => {
          const shapes = isShared ? { shapes: createShapes() } : {};
          const index = namespaceIndex(auditContext(setting).target);
          const said = list.map((tweaks, at) =>
            visitObject(tweaked(...tweaks, set('metadata.name', `web-${at}`)), (object) => {
              const { findings, pods } = auditObject(object, {
                ...auditContext(setting),
                ...shapes,
              });
              for (const { pod } of pods) index.addPod(pod, object.namespace);
              return [findings, pods.map(({ state }) => state)];
            }),
          );
          const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
          visitObject(
            { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'domino-platform', labels } },
            (object) => {
              index.addNamespace(object);
            },
          );
          return [...said, index.findings()];
        };
        expect(run(true)).to.deep.equal(run(false));
      }),
      { numRuns: 150 },
    );
  });
});
