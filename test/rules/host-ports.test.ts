import { hostPorts } from '../../src/audit/rules/host-ports.ts';
import { set } from '../helpers/pods.ts';
import { ruleTable } from '../helpers/rule-table.ts';

ruleTable(hostPorts, {
  pass: [
    {
      name: 'a port of the container',
      tweaks: [set('spec.containers.0.ports', [{ containerPort: 80 }])],
    },
    {
      name: '0 is unset',
      tweaks: [set('spec.containers.0.ports', [{ containerPort: 80, hostPort: 0 }])],
    },
    {
      name: 'with hostNetwork it says nothing new',
      tweaks: [
        set('spec.hostNetwork', true),
        set('spec.containers.0.ports', [{ containerPort: 80, hostPort: 80 }]),
      ],
    },
    { name: 'no list', tweaks: [set('spec.containers.0.ports', { hostPort: 80 })] },
  ],
  fail: [
    {
      name: 'a port of the node',
      tweaks: [
        set('spec.containers.0.ports', [
          { containerPort: 80 },
          { containerPort: 81, hostPort: 8081 },
        ]),
      ],
      hits: ['warning web spec.containers[0].ports[1].hostPort'],
      says: 'port 8081',
    },
  ],
});
