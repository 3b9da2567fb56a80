import { seccompUnconfined } from '../../src/audit/rules/seccomp-unconfined.ts';
import { asCatalogPod, context, podContext, set } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(seccompUnconfined, {
  pass: [
    { name: 'unset' },
    {
      name: 'confined on the container',
      tweaks: [
        podContext('seccompProfile', { type: 'Unconfined' }),
        context('seccompProfile', { type: 'RuntimeDefault' }),
      ],
    },
    {
      name: 'the annotation means nothing from 1.27 on',
      tweaks: [
        set('metadata.annotations', { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' }),
      ],
      setting: { target: { kubernetes: 27 } },
    },
    {
      name: 'the annotation beside a field means nothing',
      tweaks: [
        podContext('seccompProfile', { type: 'RuntimeDefault' }),
        set('metadata.annotations', { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' }),
      ],
      setting: { target: { kubernetes: 24 } },
    },
  ],
  fail: [
    {
      name: 'on the pod',
      tweaks: [podContext('seccompProfile', { type: 'Unconfined' })],
      hits: ['warning web spec.securityContext.seccompProfile.type'],
    },
    {
      name: 'on the container',
      tweaks: [context('seccompProfile', { type: 'Unconfined' })],
      hits: ['warning web spec.containers[0].securityContext.seccompProfile.type'],
    },
    {
      name: 'an error with strict hardening',
      tweaks: [podContext('seccompProfile', { type: 'Unconfined' })],
      setting: { strict: true },
      hits: ['error web spec.securityContext.seccompProfile.type'],
    },
    {
      name: 'the annotation of the pod before 1.27',
      tweaks: [
        set('metadata.annotations', { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' }),
      ],
      setting: { target: { kubernetes: 26 } },
      hits: ['warning web metadata.annotations["seccomp.security.alpha.kubernetes.io/pod"]'],
    },
    {
      name: 'the annotation of the container counts before that of the pod',
      tweaks: [
        set('metadata.annotations', {
          'seccomp.security.alpha.kubernetes.io/pod': 'runtime/default',
          'container.seccomp.security.alpha.kubernetes.io/web': 'unconfined',
        }),
      ],
      setting: { target: { kubernetes: 26 } },
      hits: [
        'warning web metadata.annotations["container.seccomp.security.alpha.kubernetes.io/web"]',
      ],
    },
    {
      name: 'a note where a documented exception is in use',
      tweaks: [
        context('privileged', true),
        context('seccompProfile', { type: 'Unconfined' }),
        asCatalogPod('aws-ebs-csi-driver-node'),
      ],
      setting: { catalog: true },
      hits: [
        'note ebs-plugin spec.template.spec.containers[0].securityContext.seccompProfile.type',
      ],
    },
  ],
});
