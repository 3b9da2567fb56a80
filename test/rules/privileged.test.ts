import { privileged } from '../../src/audit/rules/privileged.ts';
import { asCatalogPod, context, set } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(privileged, {
  pass: [
    { name: 'unset', tweaks: [context('privileged', undefined)] },
    { name: 'false', tweaks: [context('privileged', false)] },
    { name: 'null', tweaks: [context('privileged', null)] },
    {
      name: 'the container of a catalog pod that may be privileged',
      tweaks: [context('privileged', true), asCatalogPod('aws-ebs-csi-driver-node')],
      setting: { catalog: true },
    },
  ],
  fail: [
    {
      name: 'true',
      tweaks: [context('privileged', true)],
      hits: ['error web spec.containers[0].securityContext.privileged'],
      says: 'Container "web" sets securityContext.privileged to "true"',
    },
    {
      name: 'an init container, a sidecar and an ephemeral container',
      tweaks: [
        set('spec.initContainers', [
          { name: 'setup', securityContext: { privileged: true } },
          { name: 'proxy', restartPolicy: 'Always', securityContext: { privileged: true } },
        ]),
        set('spec.ephemeralContainers', [{ name: 'debug', securityContext: { privileged: true } }]),
      ],
      hits: [
        'error setup spec.initContainers[0].securityContext.privileged',
        'error proxy spec.initContainers[1].securityContext.privileged',
        'error debug spec.ephemeralContainers[0].securityContext.privileged',
      ],
      says: 'Init container "setup"',
    },
    {
      name: 'another container of a catalog pod',
      tweaks: [
        set('spec.containers.1', { name: 'extra', securityContext: { privileged: true } }),
        asCatalogPod('aws-ebs-csi-driver-node'),
      ],
      setting: { catalog: true },
      hits: ['error extra spec.template.spec.containers[1].securityContext.privileged'],
    },
    {
      name: 'a container without a name',
      tweaks: [set('spec.containers.0.name', undefined), context('privileged', true)],
      hits: ['error  spec.containers[0].securityContext.privileged'],
      says: 'Container number 1',
    },
    {
      name: 'a catalog pod of which little is known: a note',
      tweaks: [context('privileged', true), asCatalogPod('fluentd')],
      setting: { catalog: true },
      hits: ['note fluentd spec.template.spec.containers[0].securityContext.privileged'],
    },
  ],
});
