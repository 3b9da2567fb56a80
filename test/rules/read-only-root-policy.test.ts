import { readOnlyRootPolicy } from '../../src/audit/rules/read-only-root-policy.ts';
import type { Value } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

const psp = { apiVersion: 'policy/v1beta1', kind: 'PodSecurityPolicy', metadata: { name: 'p' } };
const scc = {
  apiVersion: 'security.openshift.io/v1',
  kind: 'SecurityContextConstraints',
  metadata: { name: 's' },
};
const kyverno = (validate: unknown): Value => ({
  apiVersion: 'kyverno.io/v1',
  kind: 'ClusterPolicy',
  metadata: { name: 'k' },
  spec: { rules: [{ name: 'other' }, { name: 'r', validate }] },
});
const pattern = (key: string, value: unknown): Value =>
  kyverno({ pattern: { spec: { containers: [{ securityContext: { [key]: value } }] } } });

ruleTable(readOnlyRootPolicy, {
  pass: [
    { name: 'a PSP without it', object: { ...psp, spec: { privileged: true } } },
    { name: 'a PSP with false', object: { ...psp, spec: { readOnlyRootFilesystem: false } } },
    { name: 'an SCC with false', object: { ...scc, readOnlyRootFilesystem: false } },
    { name: 'a Kyverno pattern of another field', object: pattern('privileged', true) },
    {
      name: 'a Kyverno rule that mutates',
      object: {
        ...kyverno({}),
        spec: { rules: [{ mutate: { patch: { readOnlyRootFilesystem: true } } }] },
      },
    },
    {
      name: 'another Gatekeeper constraint',
      object: {
        apiVersion: 'constraints.gatekeeper.sh/v1beta1',
        kind: 'K8sPSPPrivilegedContainer',
        metadata: { name: 'g' },
      },
    },
    {
      name: 'a kind of that name elsewhere',
      object: {
        apiVersion: 'example.com/v1',
        kind: 'ReadOnlyRootFilesystem',
        metadata: { name: 'g' },
      },
    },
  ],
  fail: [
    {
      name: 'a PSP',
      object: { ...psp, spec: { readOnlyRootFilesystem: true } },
      hits: ['error - spec.readOnlyRootFilesystem'],
    },
    {
      name: 'an SCC',
      object: { ...scc, readOnlyRootFilesystem: true },
      hits: ['error - readOnlyRootFilesystem'],
    },
    {
      name: 'a Kyverno pattern',
      object: pattern('readOnlyRootFilesystem', true),
      hits: [
        'error - spec.rules[1].validate.pattern.spec.containers[0].securityContext.readOnlyRootFilesystem',
      ],
    },
    {
      name: 'a Kyverno pattern with an anchor',
      object: pattern('=(readOnlyRootFilesystem)', true),
      hits: [
        'error - spec.rules[1].validate.pattern.spec.containers[0].securityContext["=(readOnlyRootFilesystem)"]',
      ],
    },
    {
      name: 'a Kyverno condition',
      object: kyverno({
        deny: {
          conditions: {
            any: [
              {
                key: '{{ securityContext.readOnlyRootFilesystem }}',
                operator: 'Equals',
                value: false,
              },
            ],
          },
        },
      }),
      hits: ['error - spec.rules[1].validate.deny.conditions.any[0].key'],
    },
    {
      name: 'a Gatekeeper constraint',
      object: {
        apiVersion: 'constraints.gatekeeper.sh/v1beta1',
        kind: 'K8sPSPReadOnlyRootFilesystem',
        metadata: { name: 'g' },
      },
      hits: ['error - kind'],
    },
    {
      name: 'a CEL policy of the API server',
      object: {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: 'v' },
        spec: {
          validations: [
            {
              expression: 'object.spec.containers.all(c, c.securityContext.readOnlyRootFilesystem)',
            },
          ],
        },
      },
      hits: ['error - spec.validations[0].expression'],
    },
  ],
});
