// In which order SCCs are asked.
import { expect } from 'chai';
import { sortSccs } from '../../../../src/admission/scc/order.ts';
import { parseScc } from '../../../../src/admission/scc/parse.ts';
import { scc } from './support.ts';

describe('order of SCCs', () => {
  it('goes by priority, then by what they permit, then by name', () => {
    const make = (name: string, more: Record<string, unknown> = {}): ReturnType<typeof parseScc> =>
      parseScc(scc({ volumes: ['secret'], ...more }, name));
    const inOrder = [
      make('priority', { priority: 1, allowPrivilegedContainer: true }),
      make('drop', { requiredDropCapabilities: ['all'] }),
      make('a'),
      make('b', { priority: 0 }),
      make('one-cap', { allowedCapabilities: ['A'] }),
      make('default-cap', { defaultAddCapabilities: ['A'] }),
      make('all-caps', { allowedCapabilities: ['*'] }),
      make('volume', { volumes: ['csi'], requiredDropCapabilities: ['ALL'] }),
      make('host-volume', { allowHostDirVolumePlugin: true }),
      make('host-network', { allowHostNetwork: true }),
      make('host-ports', { allowHostPorts: true }),
      make('privileged', { allowPrivilegedContainer: true }),
      make('negative', { priority: -1 }),
    ];
    const names = inOrder.map((one) => one.name);
    expect(sortSccs([...inOrder].reverse()).map((one) => one.name)).to.deep.equal(names);
  });
});
