// What the API server makes of a pod before the plugin sees it.
import { expect } from 'chai';
import { createSccAdmission } from '../../../../src/admission/scc/admit.ts';
import { mutatedPod } from '../../../../src/admission/scc/mutated-pod.ts';
import { parseScc } from '../../../../src/admission/scc/parse.ts';
import { featuresForMinor } from '../../../../src/admission/scc/tables.ts';
import { NAMESPACE, judge, outcome, pod, scc } from './support.ts';

const HOST_NETWORK = { allowHostNetwork: true };
const PORTS = [{ containerPort: 80 }, { containerPort: 81, hostPort: 0 }];

describe('ports on the network of the host', () => {
  const onHost = (hostNetwork: boolean, list = 'containers'): unknown =>
    pod({}, {}, { hostNetwork, [list]: [{ name: 'c', ports: PORTS }] });
  const cases: [name: string, more: object, pod: unknown, expected: unknown][] = [
    [
      'are ports of the host',
      HOST_NETWORK,
      onHost(true),
      '[provider own: .containers[0].containers[0].hostPort: Invalid value: 80: Host ports are not allowed to be used, ' +
        'provider own: .containers[0].containers[0].hostPort: Invalid value: 81: Host ports are not allowed to be used]',
    ],
    ['may be allowed', { ...HOST_NETWORK, allowHostPorts: true }, onHost(true), [{}, null]],
    ['are none elsewhere', HOST_NETWORK, onHost(false), [{}, null]],
    [
      'are none of ephemeral containers',
      HOST_NETWORK,
      onHost(true, 'ephemeralContainers'),
      [{}, {}],
    ],
  ];
  for (const [name, more, thePod, expected] of cases) {
    it(name, () => {
      expect(outcome(judge(scc({ ...more }), thePod))).to.deep.equal(expected);
    });
  }
});

describe('containers', () => {
  const lists = {
    ephemeralContainers: [{ name: 'e' }],
    containers: [{ name: 'c' }],
    initContainers: [{ name: 'i' }],
  };

  it('are visited as the server does: init, ordinary, ephemeral', () => {
    const { mutated } = judge(
      scc({ runAsUser: { type: 'MustRunAs', uid: 5 } }),
      pod({}, {}, lists),
    );
    expect(mutated?.containers.map(({ name }) => name)).to.deep.equal(['i', 'c', 'e']);
  });

  it('get their own context back', () => {
    const thePod = pod({}, {}, lists);
    const contexts = ['i', 'c', 'e'].map((name, i) => ({
      name,
      securityContext: { runAsUser: i },
    }));
    const { spec } = mutatedPod(thePod, { pod: {}, containers: contexts }) as {
      spec: Record<string, unknown>;
    };
    expect([spec['initContainers'], spec['containers'], spec['ephemeralContainers']]).to.deep.equal(
      contexts.map((container) => [container]),
    );
  });
});

describe('annotations', () => {
  it('that are null are empty, and there', () => {
    const key = 'container.seccomp.security.alpha.kubernetes.io/c';
    const thePod = { ...pod(), metadata: { annotations: { [key]: null } } };
    expect(outcome(judge(scc({ seccompProfiles: ['runtime/default'] }), thePod))).to.equal(
      `pod.metadata.annotations[${key}]: Forbidden:  is not an allowed seccomp profile. Valid values are [runtime/default]`,
    );
  });
});

describe('the service account of a pod', () => {
  function boundTo(account: string, spec: Record<string, unknown>): unknown {
    const grant = {
      namespace: 'ns',
      subjects: [`user:system:serviceaccount:ns:${account}`],
      sccs: ['own'],
      source: 'test',
    };
    const admission = createSccAdmission({
      sccs: [parseScc(scc())],
      features: featuresForMinor(20),
      grants: { grants: [grant], notChecked: [] },
    });
    return admission({ pod: pod({}, {}, spec), namespace: NAMESPACE }).subject;
  }

  it('may stand under the old name of the field', () => {
    expect(boundTo('sa', { serviceAccount: 'sa' })).to.equal('serviceaccount');
  });

  it('is the new name where both are there', () => {
    const both = { serviceAccount: 'old', serviceAccountName: 'new' };
    expect([boundTo('new', both), boundTo('old', both)]).to.deep.equal(['serviceaccount', null]);
  });
});
