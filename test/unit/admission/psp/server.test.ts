// What the API server does around the plugin: defaults before it, and what it stores after it.
import { expect } from 'chai';
import { admitPod } from '../../../../src/admission/psp/admit.ts';
import { mutatedPod } from '../../../../src/admission/psp/mutated-pod.ts';
import { parsePsp } from '../../../../src/admission/psp/parse.ts';
import {
  APP_ARMOR,
  outcome,
  pod,
  psp,
  SECCOMP_CONTAINER,
  SECCOMP_POD,
  verdict,
} from './support.ts';

const C = 'spec.containers[0].securityContext';
const UNMASKED = pod({ procMount: 'Unmasked' });
const ONLY_UNMASKED = { allowedProcMountTypes: ['Unmasked'] };
const NOT_DEFAULT = `${C}.procMount: Invalid value: "Default": ProcMountType is not allowed`;

describe('a pod as the server stores it', () => {
  it('has procMount Default whatever it asked for, because ProcMountType is off', () => {
    const policy = psp({ allowedProcMountTypes: ['Default', 'Unmasked'] });
    expect(outcome(policy, UNMASKED)).to.deep.equal({ c: { procMount: 'Default' } });
  });

  it('is judged again, and then its procMount is Default', () => {
    const { admitted, psp: name, message } = verdict([psp(ONLY_UNMASKED)], UNMASKED);
    const said = `PodSecurityPolicy: unable to validate pod: [${NOT_DEFAULT}]`;
    expect([admitted, name, message]).to.deep.equal([false, null, said]);
  });

  it('may be taken by another policy the second time', () => {
    const policies = [psp(ONLY_UNMASKED, {}, 'a'), psp({}, {}, 'b')];
    const { admitted, psp: name } = verdict(policies, UNMASKED);
    expect([admitted, name]).to.deep.equal([true, 'a']);
  });

  it('may not be changed the second time', () => {
    const policies = [psp(ONLY_UNMASKED, {}, 'a'), psp({ readOnlyRootFilesystem: true }, {}, 'b')];
    expect(verdict(policies, UNMASKED).admitted).to.equal(false);
  });

  it('loses empty parts of SELinux options, in the pod and in a container', () => {
    const options = { level: 's0', role: '' };
    const subject = pod({ seLinuxOptions: options }, { seLinuxOptions: options });
    const stored = { seLinuxOptions: { level: 's0' } };
    expect(outcome(psp(), subject)).to.deep.equal({ pod: stored, c: stored });
  });

  it('keeps an empty string elsewhere', () => {
    const windowsOptions = { runAsUserName: '' };
    expect(outcome(psp(), pod({ windowsOptions }))).to.deep.equal({ c: { windowsOptions } });
  });
});

describe('a pod as the server reads it', () => {
  const projected = (apiVersion: unknown): unknown => {
    const fieldRef = { apiVersion, fieldPath: 'metadata.namespace' };
    const sources = [{ downwardAPI: { items: [{ path: 'namespace', fieldRef }] } }];
    return pod({}, {}, { volumes: [{ name: 'v', projected: { sources } }] });
  };

  it('has apiVersion v1 in a fieldRef where it is empty', () => {
    const policy = psp({ volumes: ['secret'] });
    expect(outcome(policy, projected(''))).to.deep.equal({ c: {} });
    expect(outcome(policy, projected('v2'))).to.have.length(1);
  });

  it('has the older serviceAccount where serviceAccountName is empty', () => {
    const grants = {
      grants: [
        {
          namespace: 'ns',
          subjects: ['user:system:serviceaccount:ns:robot'],
          psps: '*' as const,
          source: 'RoleBinding ns/robot',
        },
      ],
      notChecked: [],
    };
    const subject = pod({}, {}, { serviceAccountName: '', serviceAccount: 'robot' });
    const policies = [parsePsp(psp())];
    const judged = admitPod({
      policies,
      grants,
      kubernetesMinor: 24,
      pod: subject,
      namespace: 'ns',
    });
    expect(judged.subject).to.equal('serviceaccount');
  });

  it('keeps an annotation that is null, as an empty one', () => {
    const annotations = { [SECCOMP_CONTAINER]: null, [SECCOMP_POD]: 'unconfined' };
    const subject = pod({}, {}, {}, annotations as never);
    // The pod's own profile is refused, the container's is empty and not inherited.
    expect(outcome(psp(), subject)).to.deep.equal([
      `metadata.annotations[${SECCOMP_POD}]: Forbidden: seccomp may not be set`,
    ]);
    expect(verdict([psp()], subject).message).to.not.include(SECCOMP_CONTAINER);
  });

  it('finds in an empty list of AppArmor profiles that none is allowed', () => {
    const policy = psp({}, { [`${APP_ARMOR}allowedProfileNames`]: null } as never);
    expect(verdict([policy], pod()).message).to.include('AppArmor profile must be set');
  });
});

describe('the words of the plugin', () => {
  it('name the whole context where a group is refused, and the field points at the group', () => {
    const runAsGroup = { rule: 'MustRunAs', ranges: [{ min: 1, max: 2 }] };
    const { message, refusals } = verdict([psp({ runAsGroup })], pod({ runAsGroup: 5 }));
    expect(message).to.equal(
      `PodSecurityPolicy: unable to admit pod: [${C}: Invalid value: []int64{5}: group 5 must be in the ranges: [{1 2}]]`,
    );
    expect(refusals[0]?.field).to.equal(`${C}.runAsGroup`);
  });

  const PRIVILEGED = pod({ privileged: true });
  const WHY = `[${C}.privileged: Invalid value: true: Privileged containers are not allowed]`;
  const WORDS: [
    minor: number,
    operation: 'create' | 'update',
    policies: unknown[],
    said: string,
  ][] = [
    [18, 'create', [psp()], `unable to validate against any pod security policy: ${WHY}`],
    [18, 'update', [psp()], `unable to validate against any pod security policy: ${WHY}`],
    [18, 'create', [], 'no providers available to validate pod request'],
    [19, 'create', [psp()], `PodSecurityPolicy: unable to admit pod: ${WHY}`],
    [19, 'update', [psp()], `PodSecurityPolicy: unable to validate pod: ${WHY}`],
    [19, 'create', [], 'PodSecurityPolicy: no providers available to validate pod request'],
  ];
  for (const [minor, operation, policies, said] of WORDS) {
    it(`${operation} with ${policies.length} policies in 1.${minor}`, () => {
      expect(verdict(policies, PRIVILEGED, { minor, operation }).message).to.equal(said);
    });
  }
});

describe('ephemeral containers', () => {
  const subject = (context: object): unknown =>
    pod({}, {}, { ephemeralContainers: [{ name: 'e', securityContext: context }] });
  const PRIVILEGED = subject({ privileged: true, windowsOptions: { hostProcess: true } });

  it('are checked from 1.23 on', () => {
    expect(outcome(psp(), PRIVILEGED, 23)).to.deep.equal([
      'spec.ephemeralContainers[0].securityContext.privileged: Invalid value: true: Privileged containers are not allowed',
    ]);
  });

  for (const minor of [17, 18, 22]) {
    it(`are dropped in 1.${minor}`, () => {
      const result = verdict([psp()], PRIVILEGED, { minor });
      expect([result.admitted, result.notChecked]).to.deep.equal([true, []]);
      expect(result.mutated?.containers.map(({ name }) => name)).to.deep.equal(['c']);
      expect(mutatedPod(PRIVILEGED, result)).to.have.nested.property('spec.ephemeralContainers')
        .empty;
    });
  }

  it('do not have to mount a host path read-only where they are dropped', () => {
    const policy = psp({
      volumes: ['hostPath'],
      allowedHostPaths: [{ pathPrefix: '/', readOnly: true }],
    });
    const spec = {
      volumes: [{ name: 'v', hostPath: { path: '/x' } }],
      ephemeralContainers: [{ name: 'e', volumeMounts: [{ name: 'v', mountPath: '/m' }] }],
    };
    expect(verdict([policy], pod({}, {}, spec), { minor: 22 }).admitted).to.equal(true);
    expect(verdict([policy], pod({}, {}, spec), { minor: 23 }).admitted).to.equal(false);
  });

  const WHO = [
    [17, 'a'],
    [18, 'b'],
    [24, 'b'],
  ] as const;
  for (const [minor, chosen] of WHO) {
    it(`count for whether a policy changes the pod: ${chosen} in 1.${minor}`, () => {
      const a = psp({ readOnlyRootFilesystem: true }, {}, 'a');
      const policies = [a, psp({}, {}, 'b')];
      const spec = { ephemeralContainers: [{ name: 'e' }] };
      const asked = pod({ readOnlyRootFilesystem: true }, {}, spec);
      expect(verdict(policies, asked, { minor }).psp).to.equal(chosen);
    });
    it(`count for AppArmor's default too: ${chosen} in 1.${minor}`, () => {
      const name = `${APP_ARMOR}defaultProfileName`;
      const policies = [psp({}, { [name]: 'unconfined' }, 'a'), psp({}, {}, 'b')];
      const spec = { ephemeralContainers: [{ name: 'e' }] };
      const asked = pod({}, {}, spec, { [`container.${APP_ARMOR}c`]: 'unconfined' });
      expect(verdict(policies, asked, { minor }).psp).to.equal(chosen);
    });
  }
});

describe('fields that a release does not have', () => {
  it('fsGroupChangePolicy before 1.20', () => {
    const subject = pod({}, { fsGroupChangePolicy: 'Always' });
    expect(outcome(psp(), subject, 19)).to.deep.equal({ c: {} });
    // The server says nothing of it, and the verdict does not rest on it.
    expect(verdict([psp()], subject, { minor: 19 }).notChecked).to.deep.equal([]);
    expect(outcome(psp(), subject, 20)).to.deep.equal({
      pod: { fsGroupChangePolicy: 'Always' },
      c: {},
    });
  });

  it('windowsOptions.hostProcess before 1.22', () => {
    const subject = pod({ windowsOptions: { hostProcess: true } });
    const path = `${C}.windowsOptions.hostProcess`;
    expect(outcome(psp(), subject, 21)).to.deep.equal({ c: { windowsOptions: {} } });
    expect(verdict([psp()], subject, { minor: 21 }).notChecked).to.deep.equal([
      `${path} is an unknown field`,
    ]);
    expect(verdict([psp()], subject, { minor: 22 }).notChecked).to.deep.equal([
      `${path} is not checked`,
    ]);
    expect(outcome(psp(), subject, 22)).to.deep.equal({
      c: { windowsOptions: { hostProcess: true } },
    });
  });

  it('runtimeClass of a policy before 1.15', () => {
    const policy = psp({ runtimeClass: { allowedRuntimeClassNames: [] } });
    const subject = pod({}, {}, { runtimeClassName: 'kata' });
    expect(verdict([policy], subject, { minor: 14 }).admitted).to.equal(true);
    expect(verdict([policy], subject, { minor: 15 }).admitted).to.equal(false);
  });

  it('the token of a service account as a secret before 1.19', () => {
    const projected = { sources: [{ serviceAccountToken: { path: 'token' } }] };
    const subject = pod({}, {}, { volumes: [{ name: 'v', projected }] });
    const policy = psp({ volumes: ['secret'] });
    expect(verdict([policy], subject, { minor: 18 }).admitted).to.equal(false);
    expect(verdict([policy], subject, { minor: 19 }).admitted).to.equal(true);
  });
});
