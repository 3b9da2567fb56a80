/** Complete objects against Kubernetes' own schemas, offline (kubernetes-models; 2.0.2 has policy/v1beta1). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { ClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import { RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { PodSecurityPolicy } from 'kubernetes-models-legacy/policy/v1beta1/PodSecurityPolicy';
import { EXAMPLES } from '../../helpers/examples.ts';
import { renderAll } from '../../helpers/render-input.ts';
import { ROOT } from '../../helpers/run-cli.ts';

const MODELS: Record<string, new (data: never) => { validate: () => void }> = {
  Namespace,
  ClusterRole,
  RoleBinding,
  PodSecurityPolicy,
};

const COMPLETE = ['namespaces.yaml', 'openshift-scc.yaml', 'psp.yaml'];

function validate(object: unknown): void {
  const { kind } = object as { kind: string };
  const Model = MODELS[kind];
  if (Model === undefined) throw new Error(`No schema for ${kind}.`);
  new Model(object as never).validate();
}

describe('complete objects', () => {
  for (const example of EXAMPLES) {
    it(`${example}: are valid against the schemas of Kubernetes`, () => {
      const text = readFileSync(join(ROOT, 'examples', example, 'deploy.yaml'), 'utf8');
      const documents = renderAll(text)
        .filter(({ path }) => COMPLETE.includes(path))
        .flatMap((file) => file.documents ?? []);
      expect(documents).to.have.length.greaterThan(2);
      documents.forEach(validate);
    });
  }

  it('would be refused with a wrong type', () => {
    const bad = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'x', labels: { a: true } },
    };
    expect(() => {
      validate(bad);
    }).to.throw(/labels/);
  });
});
