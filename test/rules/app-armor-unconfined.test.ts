import { appArmorUnconfined } from '../../src/audit/rules/app-armor-unconfined.ts';
import { asCatalogPod, context, podContext, set } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(appArmorUnconfined, {
  pass: [
    { name: 'unset' },
    {
      name: 'a profile',
      tweaks: [
        set('metadata.annotations', {
          'container.apparmor.security.beta.kubernetes.io/web': 'runtime/default',
        }),
      ],
    },
    {
      name: 'the annotation of another container',
      tweaks: [
        set('metadata.annotations', {
          'container.apparmor.security.beta.kubernetes.io/other': 'unconfined',
        }),
      ],
    },
    {
      name: 'the field counts before the annotation',
      tweaks: [
        podContext('appArmorProfile', { type: 'RuntimeDefault' }),
        set('metadata.annotations', {
          'container.apparmor.security.beta.kubernetes.io/web': 'unconfined',
        }),
      ],
    },
  ],
  fail: [
    {
      name: 'the field of the pod',
      tweaks: [podContext('appArmorProfile', { type: 'Unconfined' })],
      hits: ['warning web spec.securityContext.appArmorProfile.type'],
    },
    {
      name: 'the field of the container',
      tweaks: [context('appArmorProfile', { type: 'Unconfined' })],
      hits: ['warning web spec.containers[0].securityContext.appArmorProfile.type'],
    },
    {
      name: 'the annotation',
      tweaks: [
        set('metadata.annotations', {
          'container.apparmor.security.beta.kubernetes.io/web': 'unconfined',
        }),
      ],
      hits: [
        'warning web metadata.annotations["container.apparmor.security.beta.kubernetes.io/web"]',
      ],
      says: 'is "unconfined"',
    },
    {
      name: 'a note where a documented exception is in use',
      tweaks: [
        context('privileged', true),
        context('appArmorProfile', { type: 'Unconfined' }),
        asCatalogPod('aws-ebs-csi-driver-node'),
      ],
      setting: { catalog: true },
      hits: [
        'note ebs-plugin spec.template.spec.containers[0].securityContext.appArmorProfile.type',
      ],
    },
  ],
});
