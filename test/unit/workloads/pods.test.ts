import { expect } from 'chai';
import { podTemplates } from '../../../src/workloads/pods.ts';
import { formatPath } from '../../../src/yaml/path.ts';

const POD = { metadata: {}, spec: { containers: [{ name: 'c', image: 'i' }] } };

function find(apiVersion: string, kind: string, rest: Record<string, unknown>): string[] {
  const messages: string[] = [];
  const context = {
    locate: () => undefined,
    notice: ({ message }: { message: string }) => messages.push(message),
  };
  const pods = podTemplates({ apiVersion, kind, ...rest }, { apiVersion, kind }, context);
  const lines = pods.map(
    ({ specPath, containers }) =>
      `${formatPath(specPath)}: ${containers.map(({ name, type }) => `${type} ${name}`).join(', ')}`,
  );
  return [...lines, ...messages];
}

const template = { spec: { template: POD } };
const rows: [string, string, Record<string, unknown>, string[]][] = [
  ['v1', 'Pod', POD, ['spec: container c']],
  [
    'v1',
    'Pod',
    { spec: { containers: [{ name: 'c', restartPolicy: 'Always' }] } },
    ['spec: container c'],
  ],
  ['v1', 'PodTemplate', { template: POD }, ['template.spec: container c']],
  ['v1', 'ReplicationController', template, ['spec.template.spec: container c']],
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map(
    (kind): [string, string, Record<string, unknown>, string[]] => [
      'apps/v1',
      kind,
      template,
      ['spec.template.spec: container c'],
    ],
  ),
  ['extensions/v1beta1', 'Deployment', template, ['spec.template.spec: container c']],
  ['batch/v1', 'Job', template, ['spec.template.spec: container c']],
  [
    'batch/v1',
    'CronJob',
    { spec: { jobTemplate: { spec: { template: POD } } } },
    ['spec.jobTemplate.spec.template.spec: container c'],
  ],
  [
    'batch.volcano.sh/v1alpha1',
    'Job',
    { spec: { tasks: [{ template: POD }] } },
    ['spec.tasks[0].template.spec: container c'],
  ],
  ['serving.knative.dev/v1', 'Service', template, ['spec.template.spec: container c']],
  [
    'ray.io/v1',
    'RayCluster',
    { spec: { headGroupSpec: { template: POD }, workerGroupSpecs: [{ template: POD }] } },
    [
      'spec.headGroupSpec.template.spec: container c',
      'spec.workerGroupSpecs[0].template.spec: container c',
    ],
  ],
  [
    'kubeflow.org/v1',
    'MPIJob',
    { spec: { mpiReplicaSpecs: { Launcher: { template: POD } } } },
    ['spec.mpiReplicaSpecs.Launcher.template.spec: container c'],
  ],
  [
    'x.io/v1',
    'Bare',
    { spec: { pod: { containers: [{ image: 'i' }], initContainers: [{ name: 'n' }] } } },
    ['spec.pod: init n, container '],
  ],
  ['x.io/v1', 'Names', { spec: { containers: ['a', 'b'] } }, []],
  [
    'argoproj.io/v1alpha1',
    'Workflow',
    {
      spec: {
        securityContext: {},
        templates: [
          { name: 'dag', dag: {} },
          { script: { image: 'i' }, sidecars: [{ name: 's' }] },
          { containerSet: { containers: [{ name: 'x' }] }, initContainers: [{ name: 'n' }] },
        ],
      },
    },
    ['spec.templates[1]: container main, container s', 'spec.templates[2]: init n, container x'],
  ],
  [
    'argoproj.io/v1alpha1',
    'WorkflowTemplate',
    {
      spec: {
        templates: [
          { steps: [[{ inline: { container: {} } }, { template: 'x' }], 'x'] },
          { dag: { tasks: [{ inline: { dag: { tasks: [{ inline: { script: {} } }] } } }] } },
        ],
      },
    },
    [
      'spec.templates[0].steps[0][0].inline: container main',
      'spec.templates[1].dag.tasks[0].inline.dag.tasks[0].inline: container main',
    ],
  ],
  [
    'argoproj.io/v1alpha1',
    'CronWorkflow',
    { spec: { workflowSpec: { templates: [{ container: { name: 'a' } }] } } },
    ['spec.workflowSpec.templates[0]: container a'],
  ],
  ['argoproj.io/v1alpha1', 'Rollout', template, ['spec.template.spec: container c']],
  ['v1', 'ConfigMap', { data: POD }, []],
  ['kyverno.io/v1', 'ClusterPolicy', { spec: { rules: [{ validate: { pattern: POD } }] } }, []],
  [
    'apps/v1',
    'Deployment',
    { spec: { template: 'x' } },
    ['The field spec.template must be a mapping.'],
  ],
  ['v1', 'Pod', { spec: [] }, ['The field spec must be a mapping.']],
  ['v1', 'Pod', {}, []],
];

describe('podTemplates', () => {
  for (const [apiVersion, kind, rest, expected] of rows) {
    it(`${apiVersion} ${kind}: ${expected.join('; ') || 'none'}`, () => {
      expect(find(apiVersion, kind, rest)).to.deep.equal(expected);
    });
  }

  it('says when a custom resource is too deep to search', () => {
    let spec: Record<string, unknown> = POD;
    for (let depth = 0; depth < 80; depth++) spec = { a: spec };
    expect(find('x.io/v1', 'Deep', { spec })).to.deep.equal([
      'The object is too large or too deep to find every pod in it.',
    ]);
  });

  it('gives a workflow template what the workflow sets for all', () => {
    const workflow = {
      kind: 'Workflow',
      spec: { securityContext: { runAsUser: 0 }, templates: [{ container: {} }] },
    };
    const context = { locate: () => undefined, notice: () => undefined };
    const [pod] = podTemplates(
      workflow,
      { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow' },
      context,
    );
    expect(pod?.spec['securityContext']).to.deep.equal({ runAsUser: 0 });
    const spec = { ...workflow.spec, templateDefaults: { securityContext: { runAsUser: 1 } } };
    const [other] = podTemplates(
      { ...workflow, spec },
      { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow' },
      context,
    );
    expect(other?.spec['securityContext']).to.deep.equal({ runAsUser: 1 });
  });
});
