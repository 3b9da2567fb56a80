// SCCs of the input: the server's defaults, and what is not judged.
import { expect } from 'chai';
import { parseScc } from '../../../../src/admission/scc/parse.ts';
import { scc } from './support.ts';

describe('SCC of the input', () => {
  it('gets the defaults of the API server', () => {
    const parsed = parseScc(scc({ volumes: ['secret'] }));
    expect(parsed).to.deep.equal({
      name: 'own',
      priority: null,
      allowHostDirVolumePlugin: false,
      allowHostIPC: false,
      allowHostNetwork: false,
      allowHostPID: false,
      allowHostPorts: false,
      allowPrivilegeEscalation: true,
      allowPrivilegedContainer: false,
      readOnlyRootFilesystem: false,
      allowedCapabilities: [],
      defaultAddCapabilities: [],
      requiredDropCapabilities: [],
      allowedFlexVolumes: [],
      allowedUnsafeSysctls: [],
      forbiddenSysctls: [],
      seccompProfiles: [],
      volumes: ['secret'],
      runAsUser: { type: 'RunAsAny' },
      seLinuxContext: { type: 'RunAsAny' },
      fsGroup: { type: 'RunAsAny', ranges: [] },
      supplementalGroups: { type: 'RunAsAny', ranges: [] },
      userNamespaceLevel: 'AllowHostLevel',
      users: [],
      groups: [],
    });
  });

  const volumes: [name: string, more: Record<string, unknown>, has: string[], hasNot: string[]][] =
    [
      ['no list allows all but host paths', {}, ['csi', 'nfs'], ['hostPath', '*']],
      ['no list with host paths allows all', { allowHostDirVolumePlugin: true }, ['*'], ['csi']],
      ['an empty list allows none', { volumes: [] }, ['none'], ['csi', 'hostPath']],
      [
        'an empty list with host paths allows those',
        { volumes: [], allowHostDirVolumePlugin: true },
        ['hostPath'],
        ['none'],
      ],
      ['* without host paths is spelt out', { volumes: ['*'] }, ['nfs'], ['*', 'hostPath']],
      ['the flag takes host paths away', { volumes: ['hostPath', 'nfs'] }, ['nfs'], ['hostPath']],
      [
        'the flag brings host paths in',
        { volumes: ['nfs'], allowHostDirVolumePlugin: true },
        ['nfs', 'hostPath'],
        ['*'],
      ],
    ];
  for (const [name, more, has, hasNot] of volumes) {
    it(`volumes: ${name}`, () => {
      const parsed = parseScc(scc(more));
      expect(
        'volumes' in parsed && [...has, ...hasNot].map((volume) => parsed.volumes.includes(volume)),
      ).to.deep.equal([...has.map(() => true), ...hasNot.map(() => false)]);
    });
  }

  const unchecked: [value: unknown, notChecked: string][] = [
    [scc({ runAsUser: { type: 'MustRunAsFoo' } }), 'runAsUser.type "MustRunAsFoo" is unknown'],
    [scc({ seLinuxContext: null }), 'seLinuxContext.type "" is unknown'],
    [scc({ fsGroup: { type: 'MayRunAs' } }), 'fsGroup.type "MayRunAs" is unknown'],
    [scc({ userNamespaceLevel: 'RequireNode' }), 'userNamespaceLevel "RequireNode" is unknown'],
    [scc({ volumes: ['teapot'] }), 'volumes "teapot" is unknown'],
    [scc({ allowTeapots: true }), 'allowTeapots is an unknown field'],
    [scc({ allowHostPID: 'yes' }), 'allowHostPID is not true or false'],
    [scc({ users: [1] }), 'users is not a list of strings'],
    [scc({}, ''), 'metadata.name is missing'],
  ];
  for (const [value, notChecked] of unchecked) {
    it(`is not checked: ${notChecked}`, () => {
      expect(parseScc(value)).to.have.property('notChecked', notChecked);
    });
  }

  it('takes anything without throwing', () => {
    for (const value of [undefined, null, 1, 'x', [], {}, { metadata: [] }]) {
      expect(parseScc(value)).to.have.property('notChecked');
    }
  });
});
