import { expect } from 'chai';
import fc from 'fast-check';
import { parseDeploy } from '../../src/deploy/parse.ts';
import { valueAt } from '../../src/deploy/options.ts';
import { targets } from '../../src/render/targets/index.ts';
import { readYaml } from '../../src/yaml/read.ts';
import { writeYaml } from '../../src/yaml/write.ts';
import { arbitraryConfig } from '../helpers/arbitrary-config.ts';
import { renderAll } from '../helpers/render-input.ts';

interface Labelled {
  metadata: { name: string; labels: Record<string, string> };
}

describe('generate, for any valid configuration', () => {
  it('renders files that read back, each of its target, with every namespace labelled', () => {
    fc.assert(
      fc.property(arbitraryConfig, (config) => {
        const text = writeYaml(config);
        // Reading back and comparing with what was meant is part of renderAll.
        const files = renderAll(text);
        const options = parseDeploy(text, 'deploy.yaml', {}, { kubernetesVersion: true });
        const paths = files.map(({ path }) => path);
        expect(paths).to.include.members(['README.md', 'patches/kustomization.yaml']);
        expect(paths.includes('psp.yaml')).to.equal(options.psp);
        expect(paths.includes('openshift-scc.yaml')).to.equal(options.platform === 'openshift');
        const labelled = (
          files.find(({ path }) => path === 'namespaces.yaml')?.documents ?? []
        ).map((object) => {
          const { name, labels } = (object as Labelled).metadata;
          return [name, labels['pod-security.kubernetes.io/enforce']];
        });
        const { platform, compute, system } = options.namespaces;
        if (paths.includes('namespaces.yaml')) {
          for (const { name } of [platform, compute, system]) {
            expect(labelled).to.deep.include([name, 'privileged']);
          }
        }
        const component = files.find(({ path }) => path === 'patches/kustomization.yaml');
        const [document] = readYaml(component?.content ?? '', 'kustomization.yaml');
        const patches = valueAt(document?.value as Record<string, unknown>, 'patches');
        for (const { path } of patches as { path: string }[]) {
          expect(paths).to.include(`patches/${path}`);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('offers only targets that say when they apply', () => {
    expect(targets.filter(({ when, title }) => when === '' || title === '')).to.deep.equal([]);
  });
});
