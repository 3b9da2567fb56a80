import { hostPaths } from '../../src/audit/rules/host-paths.ts';
import { asCatalogPod, set } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(hostPaths, {
  pass: [
    {
      name: 'another volume',
      tweaks: [set('spec.volumes', [{ name: 'a', emptyDir: {} }, null, 'text'])],
    },
    { name: 'no list', tweaks: [set('spec.volumes', { hostPath: { path: '/' } })] },
  ],
  fail: [
    {
      name: 'a warning below the root of the node, where the root itself is recorded',
      tweaks: [
        set('spec.volumes', [{ name: 'v', hostPath: { path: '/home/x' } }]),
        asCatalogPod('newrelic-infrastructure'),
      ],
      setting: { catalog: true },
      hits: ['warning - spec.template.spec.volumes[0].hostPath.path'],
    },
    {
      name: 'a path',
      tweaks: [set('spec.volumes', [{ name: 'a', hostPath: { path: '/var/run/docker.sock' } }])],
      hits: ['warning - spec.volumes[0].hostPath.path'],
      says: 'mounts "/var/run/docker.sock"',
    },
    {
      name: 'without a path',
      tweaks: [set('spec.volumes', [{ hostPath: {} }])],
      hits: ['warning - spec.volumes[0].hostPath.path'],
    },
    {
      name: 'recorded, below what is recorded, beside it, and a way out',
      tweaks: [
        set('spec.volumes', [
          { hostPath: { path: '/var/lib/kubelet' } },
          { hostPath: { path: '/var/lib/kubelet/plugins/' } },
          { hostPath: { path: '/var/lib/kubelet-other' } },
          { hostPath: { path: '/var/lib/kubelet/../secrets' } },
        ]),
        asCatalogPod('aws-efs-csi-driver-node'),
      ],
      setting: { catalog: true },
      hits: [
        'note - spec.template.spec.volumes[0].hostPath.path',
        'note - spec.template.spec.volumes[1].hostPath.path',
        'warning - spec.template.spec.volumes[2].hostPath.path',
        'warning - spec.template.spec.volumes[3].hostPath.path',
      ],
    },
  ],
});
