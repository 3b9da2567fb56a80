import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { deployText } from '../helpers/policy.ts';
import { useGenerate } from './generate-command.ts';

describe('generate', () => {
  const { folder, write, generate } = useGenerate();

  describe('--against', () => {
    const pod = (name: string, namespace = 'domino-platform'): string =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: x\n`;

    it('writes patches for the workloads at hand and warns of pods that are not there', () => {
      write('deploy.yaml', deployText());
      write('chart.yaml', pod('nucleus'));
      const { code, stderr } = generate('--against', 'chart.yaml', '--output', 'out');
      expect(code).to.equal(0);
      expect(stderr).to.contain('DPS3007 elasticsearch is installed');
      expect(
        readFileSync(join(folder(), 'out/patches/deployment-nucleus.yaml'), 'utf8'),
      ).to.contain('runAsNonRoot: true');
    });

    it('--require-all makes a missing pod an error, and nothing is written', () => {
      write('deploy.yaml', deployText());
      write('chart.yaml', pod('nucleus'));
      const args = ['--against', 'chart.yaml', '--require-all', '--output', 'out'];
      expect([generate(...args).code, existsSync(join(folder(), 'out'))]).to.deep.equal([2, false]);
    });

    it('asks for --namespace where a pod states none, and leaves foreign namespaces alone', () => {
      write('deploy.yaml', deployText());
      write('chart.yaml', pod('nucleus').replace(/ {2}namespace: .*\n/, ''));
      const unknown = generate('--against', 'chart.yaml', '--output', 'out');
      expect([unknown.code, unknown.stderr.includes('--namespace NS')]).to.deep.equal([2, true]);
      write('chart.yaml', pod('nucleus', 'kube-system'));
      generate('--against', 'chart.yaml', '--output', 'out');
      expect(existsSync(join(folder(), 'out/patches/deployment-nucleus.yaml'))).to.equal(false);
    });

    it('refuses a container without a name, which a merge patch would make vanish', () => {
      write('deploy.yaml', deployText());
      write('chart.yaml', pod('nucleus').replace('- name: web\n          image', '- image'));
      const { code, stderr } = generate('--against', 'chart.yaml', '--output', 'out');
      expect([code, stderr.includes('DPS3014')]).to.deep.equal([2, true]);
    });
  });
});
