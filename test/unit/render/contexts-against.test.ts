import { expect } from 'chai';
import { againstPatches } from '../../../src/render/targets/contexts-against.ts';
import type { ContextPatch } from '../../../src/render/targets/security-contexts.ts';
import type { AgainstWorkload } from '../../../src/render/types.ts';
import { planPod } from '../../../src/security/plan.ts';
import { templateContainers, type Json } from '../../../src/security/template.ts';
import { deployText } from '../../helpers/policy.ts';
import { renderInput } from '../../helpers/render-input.ts';

const input = renderInput(deployText());
const context = {
  ...input,
  useCatalog: true,
  alsoNamespaces: [],
  namespaces: { platform: 'p', compute: 'c', system: 's', istio: 'i' },
};

/** A workload that is planned as generate does it; `more` stands over a Deployment `web`. */
function workload(spec: Json, more: Partial<AgainstWorkload> = {}): AgainstWorkload {
  const containers = templateContainers(spec);
  const { kind = 'Deployment', name = 'web', namespace = 'p' } = more;
  const names = containers.map((container) => container.name);
  const identity = { kind, name, namespace, owners: [], containers: names };
  return {
    apiVersion: 'apps/v1',
    kind,
    name,
    namespace,
    podPath: ['spec', 'template'],
    containers,
    realPath: (path) => ['spec', 'template', ...path],
    isBuiltIn: true,
    plan: planPod(identity, { spec }, context),
    ...more,
  };
}

const patches = (...against: AgainstWorkload[]): ContextPatch[] =>
  againstPatches({ ...input, against });
const PLAIN = { containers: [{ name: 'a' }] };

describe('patches with --against', () => {
  it('have a file each, also where kind and name are the same in two namespaces', () => {
    const found = patches(workload(PLAIN), workload(PLAIN, { namespace: 's' }));
    expect(found.map(({ file }) => file)).to.deep.equal([
      'deployment-web.yaml',
      'deployment-web-2.yaml',
    ]);
  });

  it('leave a workload out that is as decided', () => {
    const safe = { privileged: false, capabilities: { drop: ['ALL'] } };
    const spec = {
      securityContext: { runAsNonRoot: true, seLinuxOptions: { type: 'spc_t' } },
      containers: [{ name: 'a', securityContext: safe }],
    };
    expect(patches(workload(spec))).to.deep.equal([]);
  });

  it('tell init containers from the others at the same place', () => {
    const [patch] = patches(
      workload({
        initContainers: [{ name: 'i', securityContext: { readOnlyRootFilesystem: true } }],
        containers: [{ name: 'a', securityContext: { runAsGroup: 5 } }],
      }),
    );
    const context = { $patch: 'replace', privileged: false, capabilities: { drop: ['ALL'] } };
    const { spec } = (patch?.body as { spec: { template: { spec: Json } } }).spec.template;
    expect([spec.initContainers, spec.containers]).to.deep.equal([
      [{ name: 'i', securityContext: { ...context, readOnlyRootFilesystem: true } }],
      [{ name: 'a', securityContext: { ...context, runAsGroup: 5 } }],
    ]);
  });

  it('of a custom resource are JSON patches, whose pointers escape the names of fields', () => {
    const [patch] = patches(
      workload(PLAIN, { isBuiltIn: false, realPath: (path) => ['spec', 'a/b~c', ...path] }),
    );
    expect((patch?.body as Json[]).map(({ op, path }) => [op, path])).to.deep.equal([
      ['add', '/spec/a~1b~0c/spec/securityContext'],
      ['add', '/spec/a~1b~0c/spec/containers/0/securityContext'],
    ]);
  });
});
