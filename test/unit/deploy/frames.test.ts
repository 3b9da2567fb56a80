import { expect } from 'chai';
import { config, read } from './problems.ts';

describe('deploy: frames, fixes and secrets', () => {
  const fixes: readonly [name: string, changes: Record<string, string | null>, fix: string][] = [
    ['a mistyped key', { gpuu: '{}' }, 'Did you mean "gpu"?'],
    ['a mistyped key inside', { istio: '{enabledd: true}' }, 'Did you mean "enabled"?'],
    [
      'a mistyped column',
      {
        pod_security:
          '{platform: eks, kubernetes_version: "1.33", catalog: [{id: a, why: z, instaled: true}]}',
      },
      'Did you mean "installed"?',
    ],
    ['a key at the wrong level', { rootless: 'true' }, 'Did you mean "image_building.rootless"?'],
    [
      'a switch that is none',
      { release_overrides: '{falco: {deploy: false}}' },
      'Did you mean "installed"?',
    ],
    [
      'a mistyped value',
      { pod_security: '{platform: openshfit, kubernetes_version: "1.33"}' },
      'Did you mean "openshift"?',
    ],
    ['a boolean in quotes', { gpu: '{enabled: "yes"}' }, 'Write true without quotes.'],
    [
      'text without quotes',
      {
        namespaces:
          '{platform: {name: a, labels: {x: yes}}, compute: {name: b}, system: {name: c}}',
      },
      'Write it in quotes: "yes".',
    ],
    [
      'a capability with its prefix',
      {
        pod_security:
          '{platform: eks, kubernetes_version: "1.33", catalog: [{id: a, capabilities: [CAP_NET_RAW]}]}',
      },
      'Write it without the prefix: "NET_RAW".',
    ],
    [
      'no Kubernetes version',
      { pod_security: '{platform: eks}' },
      'Set pod_security.kubernetes_version: "1.N", or use --kubernetes-version 1.N, or set pod_security.openshift_version: "4.N" where the cluster is OpenShift.',
    ],
    [
      'a resource without configuration',
      {
        kind: 'Domino',
        version: null,
        schema: null,
        namespaces: null,
        internal_docker_registry: null,
        pod_security: null,
      },
      'Copy the map with schema, hostname and namespaces out of the resource into a file of its own, or write it anew with "ddlctl create config".',
    ],
  ];
  for (const [name, changes, fix] of fixes) {
    it(name, () => {
      expect(read(config(changes)).diagnostics.map((entry) => entry.fix)).to.deep.equal([fix]);
    });
  }

  it('the frame shows the place, and no secret beside it', () => {
    const text = config({
      monitoring:
        '\n  newrelic:\n    license_key: canary\n    infrastructure: maybe\n    apm: true',
    });
    const [entry] = read(text).diagnostics;
    expect(entry?.frame).to.equal(
      [
        '   8 |     license_key: ***',
        '   9 |     infrastructure: maybe',
        '     |                     ^^^^^',
        '  10 |     apm: true',
      ].join('\n'),
    );
  });

  it('no value of a secret key is shown, also of a mistyped one', () => {
    const text = config({
      private_docker_registry: '{password: canary, passwrd: canary}',
      helm: '{passwor: canary}',
      spotinst_controller: '{acount_key: canary, account_key: canary}',
    });
    const { diagnostics } = read(text);
    expect(diagnostics.map((entry) => entry.code)).to.include('DPS2020');
    expect(JSON.stringify(diagnostics)).not.to.contain('canary');
  });
});
