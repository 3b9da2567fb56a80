import { expect } from 'chai';
import { catalog } from '../../../src/catalog/index.ts';
import { parseDeploy } from '../../../src/deploy/parse.ts';
import { previewLines, previewOf } from '../../../src/init/preview.ts';
import { select } from '../../../src/security/select.ts';

describe('init: the preview', () => {
  const preview = (more: string): ReturnType<typeof previewOf> => {
    const text = `version: 6.2.0\ninternal_docker_registry: {}\npod_security: {kubernetes_version: "1.33", platform: eks}\nrelease_overrides: {elasticsearch: {installed: false}}\n${more}`;
    const options = parseDeploy(text, 'd.yaml', {}, { kubernetesVersion: true });
    return previewOf(select(catalog, options), options);
  };
  const rows = (section: number, more: string): string[][] =>
    preview(more).sections[section]?.rows ?? [];

  it('names pods with exceptions and why they are there', () => {
    expect(
      rows(0, 'gpu: {enabled: true}\nimage_caching: {enabled: false}\n').filter(
        ([pod]) => !pod?.includes('backup'),
      ),
    ).to.deep.equal([
      ['docker-registry-cert-mgr', 'privileged, root', 'external_docker_registry is not given'],
      ['fluentd', 'root', 'every installation has it'],
      ['hephaestus-buildkit', 'privileged, root', 'every installation has it'],
      ['nvidia-device-plugin', 'capabilities, privileged', 'gpu.enabled is true'],
      ['nvidia-device-plugin-gpu-feature-discovery', 'privileged, root', 'gpu.enabled is true'],
      ['smarter-device-manager', 'root', 'every installation has it'],
      ['fluent-bit', 'root', 'every installation has it'],
    ]);
  });

  it('names every setting once, with all that it removes, and none that is set', () => {
    const found = rows(
      1,
      'gpu: {enabled: true}\nextended_catalog: true\nimage_building: {rootless: true}\n',
    );
    const removes = Object.fromEntries(
      found.map(([setting = '', what]): [string, string | undefined] => [setting, what]),
    );
    expect(Object.keys(removes)).to.have.length(found.length);
    expect(removes['gpu.enabled: false']).to.equal(
      'nvidia-device-plugin, nvidia-device-plugin-gpu-feature-discovery',
    );
    expect(removes['monitoring.gpu_metrics: false']).to.equal('dcgm-exporter');
    expect(removes).not.to.have.any.keys(
      'gpu_monitoring_enabled: false',
      'image_building.rootless: true',
    );
  });

  it('names of an old and a new key of one option only the new one', () => {
    const text = `version: 5.10.1\ngpu: {enabled: true}\ninternal_docker_registry: {}\npod_security: {kubernetes_version: "1.28"}\n`;
    const options = parseDeploy(text, 'd.yaml', {}, { kubernetesVersion: true });
    // No release of the catalog has both names, so both are made to hold for any.
    const selected = select(catalog, options).selected.map((pod) => ({
      ...pod,
      entry: {
        ...pod.entry,
        reductions: pod.entry.reductions.map((row) => ({ ...row, domino: {} })),
      },
    }));
    const rows = previewOf({ selected, omitted: [] }, options).sections[1]?.rows ?? [];
    const settings = rows.map(([setting]) => setting);
    expect(settings).to.include('monitoring.gpu_metrics: false');
    expect(settings).not.to.include('gpu_monitoring_enabled: false');
  });

  it('does not propose what is set, though the pod may still be there', () => {
    const logging = 'pod_security.components.newrelic_logging';
    const text = (more: string): string =>
      `internal_docker_registry: {}\npod_security: {kubernetes_version: "1.33", components: {newrelic_logging: true}}\n${more}`;
    const settings = (more: string): string[] => {
      const options = parseDeploy(text(more), 'd.yaml', {}, { kubernetesVersion: true });
      const found = previewOf(select(catalog, options), options).sections[1]?.rows ?? [];
      return found
        .map(([setting = '']) => setting)
        .filter((setting) => setting.includes('nri-bundle'));
    };
    const key = 'release_overrides.nri-bundle.chart_values.logging.enabled: false';
    expect(settings(''), logging).to.include(key);
    expect(
      settings('release_overrides: {nri-bundle: {chart_values: {logging: {enabled: false}}}}\n'),
      logging,
    ).not.to.include(key);
  });

  it('is lines for a terminal', () => {
    const lines = previewLines({
      summary: '',
      sections: [
        { title: 'Pods', columns: [], rows: [['a', 'root', 'because']] },
        { title: 'Settings', columns: [], rows: [['k: false', 'a', 'Then no a.']] },
      ],
    });
    expect(lines).to.deep.equal([
      '',
      'Pods',
      '  a: root; because',
      '',
      'Settings',
      '  k: false',
      '    removes a. Then no a.',
    ]);
  });
});
