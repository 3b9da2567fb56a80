import { expect } from 'chai';
import { deployText } from '../helpers/policy.ts';
import { set, tweaked } from '../helpers/pods.ts';
import { CLEAN, codesOf, useAudit } from './audit-command.ts';

describe('audit', () => {
  const { write, report } = useAudit();

  describe('policy', () => {
    const driver = JSON.stringify({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'ebs-csi-node' },
      spec: {
        template: {
          spec: {
            securityContext: {
              seLinuxOptions: { type: 'spc_t' },
              runAsUser: 0,
              runAsNonRoot: false,
            },
            containers: [{ name: 'ebs-plugin', securityContext: { privileged: true } }],
          },
        },
      },
    });

    it('never picks a configuration up by itself', () => {
      write('deploy.yaml', deployText('storage_classes:\n  block:\n    type: ebs'));
      expect(report([], driver).totals['with an undocumented exception']).to.equal(1);
    });

    it('takes the exceptions of --config, and lists the pods that are missing', () => {
      write('deploy.yaml', deployText('storage_classes:\n  block:\n    type: ebs'));
      const result = report(['--config', 'deploy.yaml', '--namespace', 'domino-platform'], driver);
      expect(result.exit).to.equal(0);
      expect(result.totals['with a documented exception']).to.equal(1);
      const [table] = result.sections;
      expect(table?.rows[0]?.slice(0, 4)).to.deep.equal([
        'aws-ebs-csi-driver-node',
        'DaemonSet domino-platform/ebs-csi-node',
        'documented exception, used',
        'privileged, root, capabilities',
      ]);
      expect(codesOf(result)).to.include('DPS3007');
    });

    it('tells a pod that the configuration does not install', () => {
      write('deploy.yaml', deployText());
      const result = report(['--config', 'deploy.yaml', '--namespace', 'domino-platform'], driver);
      expect(result.exit).to.equal(1);
      expect(codesOf(result)).to.include.members(['DPS3012', 'DPS4001', 'DPS4003']);
    });

    it('lets every catalog pod appear with --domino-version alone', () => {
      const result = report(['--domino-version', '6.2.2'], driver);
      expect(result.exit).to.equal(0);
      expect(codesOf(result)).not.to.include('DPS3007');
    });

    it('does not judge pods of users, of others and of Windows as errors', () => {
      write('deploy.yaml', deployText());
      const privileged = set('spec.containers.0.securityContext.privileged', true);
      const pods = [
        tweaked(privileged, set('metadata.namespace', 'domino-compute')),
        tweaked(privileged, set('metadata.namespace', 'kube-system')),
        tweaked(privileged, set('spec.os', { name: 'windows' })),
      ];
      const input = pods.map((pod) => JSON.stringify(pod)).join('\n---\n');
      const result = report(['--config', 'deploy.yaml'], input);
      expect(result.exit).to.equal(0);
      expect(result.totals).to.include({ 'of users': 1, 'not of Domino': 1, 'for Windows': 1 });
      const own = codesOf(
        report(['--config', 'deploy.yaml', '--also-namespace', 'kube-system'], input),
      );
      expect(own).to.include('DPS4001');
    });

    it('says so when the namespace is unknown, and judges the pod', () => {
      write('deploy.yaml', deployText());
      const input = JSON.stringify(
        tweaked(
          set('metadata.namespace', undefined),
          set('spec.containers.0.securityContext.privileged', true),
        ),
      );
      expect(codesOf(report(['--config', 'deploy.yaml'], input))).to.include.members([
        'DPS3008',
        'DPS4001',
      ]);
    });

    it('joins a namespace that refuses its pods, in whatever order', () => {
      const namespace = JSON.stringify({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: 'domino-platform',
          labels: { 'pod-security.kubernetes.io/enforce': 'baseline' },
        },
      });
      for (const input of [
        `---\n${namespace}\n---\n${CLEAN}`,
        `---\n${CLEAN}\n---\n${namespace}`,
      ]) {
        expect(codesOf(report([], input))).to.deep.equal(['DPS4026']);
      }
    });
  });
});
