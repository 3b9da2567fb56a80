import { expect } from 'chai';
import { podPieces } from '../../../src/workloads/pieces.ts';
import { podTemplates } from '../../../src/workloads/pods.ts';
import { formatPath } from '../../../src/yaml/path.ts';

/** `PATH: containers; the pod's own context`. */
function pieces(apiVersion: string, kind: string, rest: Record<string, unknown>): string[] {
  const messages: string[] = [];
  const context = {
    locate: () => undefined,
    notice: ({ message }: { message: string }) => messages.push(message),
  };
  const object = { apiVersion, kind, metadata: { securityContext: {} }, ...rest };
  const found = podTemplates(object, { apiVersion, kind }, context);
  const lines = podPieces(object, { apiVersion, kind }, found, context).map(
    ({ specPath, spec, containers }) => {
      const names = containers.map(
        ({ name, type, value }) =>
          `${type} ${name}${value.securityContext === undefined ? '' : ` ${JSON.stringify(value.securityContext)}`}`,
      );
      const own =
        spec.securityContext === undefined ? '' : `; ${JSON.stringify(spec.securityContext)}`;
      return `${formatPath(specPath)}: ${names.join(', ')}${own}`;
    },
  );
  return [...lines, ...messages];
}

const privileged = { securityContext: { privileged: true } };

describe('podPieces', () => {
  it('finds drivers and workers, with the contexts that the fields tell apart', () => {
    const driver = {
      ...privileged,
      podSecurityContext: { runAsUser: 0 },
      sidecars: [{ name: 's' }],
      initContainers: [{ image: 'i', ...privileged }],
    };
    const executor = { securityContext: { runAsUser: 0 } };
    const spec = { driver, executor, other: { containerSecurityContext: { runAsUser: 1 } } };
    expect(pieces('sparkoperator.k8s.io/v1beta2', 'SparkApplication', { spec })).to.deep.equal([
      'spec.driver: init  {"privileged":true}, container s, container driver {"privileged":true}; {"runAsUser":0}',
      'spec.executor: container executor; {"runAsUser":0}',
      'spec.other: container other {"runAsUser":1}',
    ]);
  });

  it('finds access to the node, in lists too', () => {
    expect(pieces('x.io/v1', 'Foo', { spec: { sidecars: ['a'] } })).to.deep.equal([]);
    const spec = {
      groups: [{ hostPID: true }, { volumes: [{ hostPath: { path: '/' } }] }, { hostIPC: false }],
    };
    expect(pieces('x.io/v1', 'Foo', { spec })).to.deep.equal([
      'spec.groups[0]: ',
      'spec.groups[1]: ',
    ]);
  });

  it('leaves whole pods, the kinds of Kubernetes and policies alone', () => {
    const template = { spec: { containers: [{ name: 'c', ...privileged }], ...privileged } };
    expect(pieces('x.io/v1', 'Foo', { spec: { template } })).to.deep.equal([]);
    expect(pieces('apps/v1', 'Deployment', { spec: { ...privileged, template } })).to.deep.equal(
      [],
    );
    expect(pieces('kyverno.io/v1', 'ClusterPolicy', { spec: privileged })).to.deep.equal([]);
    expect(pieces('x.io/v1', 'Foo', { status: privileged })).to.deep.equal([]);
  });

  it('reads the patches of workflows, and says where it cannot', () => {
    const container = '{"containers":[{"name":"main","securityContext":{"privileged":true}}]}';
    const spec = {
      podSpecPatch: container,
      templates: [{ podSpecPatch: 'hostPID: true\n' }, { podSpecPatch: '{{x}}' }, privileged],
    };
    expect(pieces('argoproj.io/v1alpha1', 'Workflow', { spec })).to.deep.equal([
      'spec.podSpecPatch: container main {"privileged":true}',
      'spec.templates[0].podSpecPatch: ',
      'The field spec.templates[1].podSpecPatch must be a patch in JSON or YAML.',
    ]);
  });
});
