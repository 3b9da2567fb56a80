import { expect } from 'chai';
import { namespaceIndex } from '../../src/audit/namespaces.ts';
import { namespaceRefusesPods } from '../../src/audit/rules/namespace-refuses-pods.ts';
import type { NamespaceFacts } from '../../src/audit/types.ts';
import { podContext, podOf, set, tweaked, visitObject, type Value } from '../helpers/pods.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

function facts(level: string, count: number, kubernetes = 33): NamespaceFacts {
  const refused = { count, examples: ['Pod a/b (privileged)'] };
  return {
    name: 'a',
    labels: { [ENFORCE]: level },
    target: { isOpenShift: false, kubernetes },
    refused: { baseline: refused, restricted: refused },
  };
}

const namespace = (level: string): Value => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'domino-platform', labels: { [ENFORCE]: level } },
});

/** What the index says of objects in this order, pods and namespaces. */
function joined(...objects: readonly Value[]): string[] {
  const index = namespaceIndex({ isOpenShift: false, kubernetes: 37 });
  for (const value of objects) {
    visitObject(value, (object) => {
      index.addNamespace(object);
      if (object.pods.length > 0)
        index.addPod(podOf(object, { target: { kubernetes: 37 } }), object.namespace);
    });
  }
  return index
    .findings()
    .map(({ code, message, location }) => `${code} ${String(location?.line)} ${message}`);
}

describe('rule namespace-refuses-pods', () => {
  it('passes: privileged, nothing refused, and before 1.23', () => {
    expect(namespaceRefusesPods.check(facts('privileged', 3))).to.deep.equal([]);
    expect(namespaceRefusesPods.check(facts('baseline', 0))).to.deep.equal([]);
    expect(namespaceRefusesPods.check(facts('baseline', 3, 22))).to.deep.equal([]);
  });

  it('fails: a level that refuses pods; a bad value means restricted', () => {
    for (const level of ['baseline', 'restricted', 'none']) {
      const [hit] = namespaceRefusesPods.check(facts(level, 3));
      expect(hit?.message).to.match(
        /^Namespace "a" enforces .* refuses 3 pods of the input: .* and 2 more\.$/,
      );
    }
  });

  it('sees the containers of a workflow, which stand in no list', () => {
    const workflow = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Workflow',
      metadata: { name: 'w', namespace: 'domino-platform' },
      spec: { templates: [{ container: { securityContext: { privileged: true } } }] },
    };
    expect(joined(namespace('baseline'), workflow)[0]).to.include(
      'Workflow domino-platform/w (privileged containers)',
    );
  });

  it('judges by the version that the labels pin, where the namespace comes first', () => {
    const probing = tweaked(
      podContext('seLinuxOptions', undefined),
      set('spec.containers.0.livenessProbe', { httpGet: { port: 80, host: '10.0.0.1' } }),
    );
    const pinned = namespace('baseline');
    const labels = (pinned.metadata as { labels: Record<string, string> }).labels;
    labels[`${ENFORCE}-version`] = 'v1.33';
    expect(joined(pinned, probing)).to.deep.equal([]);
    labels[`${ENFORCE}-version`] = 'v1.34';
    expect(joined(pinned, probing)).to.have.length(1);
  });

  it('counts every refused pod at either level', () => {
    const pods = ['a', 'b', 'c', 'd', 'e'].map((name) =>
      tweaked(set('metadata.name', name), set('spec.hostPID', true)),
    );
    for (const level of ['baseline', 'restricted']) {
      expect(joined(...pods, namespace(level))[0]).to.match(/refuses 5 pods .* and 2 more\.$/);
    }
  });

  it('joins pods with a namespace before or behind them: spc_t fails baseline', () => {
    const message =
      'Namespace "domino-platform" enforces "baseline" (latest) and refuses 1 pod of the input: Pod domino-platform/web (forbidden SELinux options).';
    expect(joined(namespace('baseline'), tweaked())).to.deep.equal([`DPS4026 7 ${message}`]);
    expect(joined(tweaked(), namespace('baseline'))).to.deep.equal([`DPS4026 7 ${message}`]);
  });

  it('says nothing of a namespace without labels, or with other pods', () => {
    expect(joined(tweaked())).to.deep.equal([]);
    expect(joined(namespace('privileged'), tweaked())).to.deep.equal([]);
    const other = {
      ...namespace('baseline'),
      metadata: { name: 'b', labels: { [ENFORCE]: 'baseline' } },
    };
    expect(joined(other, tweaked())).to.deep.equal([]);
  });
});
