// What-if, plan, matrix, least privilege: the tables.
import { expect } from 'chai';
import { deployment, example, PLAIN, runAdmitJson, SPC_T } from './admit-support.ts';

const PRIVILEGED =
  '{containers: [{name: agent, image: "r/a:1", securityContext: {privileged: true}}]}';

describe('admit --without', () => {
  it('shows what changes, pod by pod and namespace by namespace', async () => {
    const stdin = [
      deployment('a', SPC_T),
      deployment('b', PLAIN),
      deployment('c', PRIVILEGED),
    ].join('---\n');
    const { sections } = await runAdmitJson(
      { 'kubernetes-version': '1.33', level: 'baseline', without: ['spc_t,privileged'] },
      { stdin },
    );
    const title = 'without the SELinux type spc_t and without privileged containers';
    expect(sections[`What changes ${title}`]).to.deep.equal([
      [
        'Deployment domino-platform/a',
        'refused, needs level privileged',
        'admitted by baseline, needs level baseline',
      ],
      [
        'Deployment domino-platform/c',
        'refused, needs level privileged, privileged container',
        'admitted by baseline, needs level baseline',
      ],
    ]);
    expect(sections[`Namespaces ${title}`]).to.deep.equal([
      ['domino-platform', '1 of 3 -> 3 of 3', '1 -> 0', 'privileged -> baseline'],
    ]);
  });

  it('takes a pod of the catalog away', async () => {
    const daemon = deployment('fluent-bit', SPC_T.replace('app', 'fluent-bit')).replace(
      'Deployment',
      'DaemonSet',
    );
    const { sections } = await runAdmitJson(
      { 'kubernetes-version': '1.33', level: 'privileged', without: ['fluent-bit'] },
      { stdin: daemon },
    );
    expect(sections['What changes without fluent-bit']?.[0]?.[2]).to.equal('not installed');
    expect(sections['Namespaces without fluent-bit']?.[0]?.slice(1)).to.deep.equal([
      '1 of 1 -> 0 of 0',
      '0',
      'privileged -> none',
    ]);
  });
});

describe('admit --set and --plan', () => {
  const agent = deployment('image-cache-agent', PRIVILEGED, 'domino-compute')
    .replace('Deployment', 'DaemonSet')
    .replace('agent, image', 'image-cache-agent, image');
  const efs = deployment('efs-csi-node', PRIVILEGED.replace('agent', 'efs-plugin')).replace(
    'Deployment',
    'DaemonSet',
  );
  const files = { 'deploy.yaml': example('eks') };

  it('shows which pods an option removes', async () => {
    const { sections } = await runAdmitJson(
      { config: 'deploy.yaml', set: ['image_caching.enabled=false'] },
      { stdin: [agent, deployment('a', PLAIN)].join('---\n'), files },
    );
    const rows = sections['What changes with image_caching.enabled=false'];
    expect(rows?.map(([pod, , then]) => [pod?.split('/')[1], then])).to.deep.equal([
      ['image-cache-agent', 'not installed'],
    ]);
  });

  it('ranks the options by the privileged pods that they remove', async () => {
    const { sections } = await runAdmitJson(
      { config: 'deploy.yaml', plan: true },
      { stdin: [agent, efs].join('---\n'), files },
    );
    const rows = sections['Plan'] ?? [];
    expect(rows.length).to.be.greaterThan(3);
    expect(Number(rows[0]?.[1])).to.equal(1);
    expect(rows[0]?.[3]).to.contain('aws-efs-csi-driver-node');
    const removed = rows
      .filter((row) => !row[4]?.startsWith('Not possible'))
      .map((row) => Number(row[1]));
    expect(removed).to.deep.equal([...removed].sort((a, b) => b - a));
    const caching = rows.find(([option]) => option?.startsWith('image_caching.enabled'));
    expect(caching?.[3]).to.contain('image-cache-agent');
  });

  it('applies a reduction that leaves the pod in place without a container', async () => {
    const path = 'release_overrides.elasticsearch.chart_values.sysctlInitContainer.enabled';
    const spec =
      '{initContainers: [{name: configure-sysctl, image: "r/e:1", ports: [{hostPort: 80}], securityContext: {privileged: true}}], containers: [{name: elasticsearch, image: "r/e:1"}]}';
    const stdin = deployment('elasticsearch-master', spec).replace('Deployment', 'StatefulSet');
    const { sections } = await runAdmitJson(
      { config: 'deploy.yaml', set: [`${path}=false`] },
      { stdin, files },
    );
    expect(sections[`Namespaces with ${path}=false`]).to.deep.equal([
      ['domino-platform', '1 of 1', '1 -> 0', 'privileged -> baseline'],
    ]);
  });
});

describe('admit: tables', () => {
  it('names what forces the level and the SCCs of a namespace', async () => {
    const stdin = [deployment('a', SPC_T), deployment('b', SPC_T), deployment('c', PLAIN)].join(
      '---\n',
    );
    const { sections } = await runAdmitJson(
      { 'openshift-version': '4.16', bind: ['privileged'] },
      { stdin },
    );
    expect(sections['Least privilege of the namespaces']).to.deep.equal([
      [
        'domino-platform',
        '3',
        'privileged',
        'seLinuxOptions.type spc_t on 2 of 3',
        'privileged',
        'seLinuxOptions.type spc_t on 2 of 3',
      ],
    ]);
    expect(sections["OpenShift's label syncer"]?.[0]?.[1]).to.contain('privileged');
  });

  it('has a row for each version', async () => {
    const { sections } = await runAdmitJson(
      { 'kubernetes-version': '1.33', level: 'baseline', matrix: true },
      { stdin: deployment('a', SPC_T.replace('spc_t', 'container_engine_t')) },
    );
    expect(sections['Versions']?.filter((row) => row[4] !== '')).to.deep.equal([
      ['Kubernetes 1.31', '1', '0', '0', 'Deployment domino-platform/a: refused -> admitted'],
    ]);
  });

  it('counts the use of a binding where Pod Security refuses the pod', async () => {
    const { pods, sections } = await runAdmitJson(
      { 'openshift-version': '4.20', bind: ['privileged'], level: 'baseline' },
      { stdin: deployment('a', SPC_T) },
    );
    expect(pods[0]?.refusals.at(-1)?.check).to.equal('seLinuxOptions');
    expect(sections['Bindings']?.[0]?.slice(0, 3)).to.deep.equal(['--bind', 'privileged', '1']);
    expect(sections['Service accounts']).to.equal(undefined);
  });

  it('counts as unbound whom no SCC admits', async () => {
    const { sections } = await runAdmitJson(
      { 'openshift-version': '4.20', bind: ['anyuid'], level: 'baseline' },
      { stdin: deployment('a', SPC_T) },
    );
    expect(sections['Bindings']?.[0]?.[2]).to.equal('0');
    expect(sections['Service accounts']?.[0]?.[2]).to.contain('1 refused');
  });
});

describe('admit: what could not be read', () => {
  const pod = deployment('a', PLAIN.replace('image', 'securityContext: {runAsUser: "0"}, image'));
  const words =
    /: the verdict depends on what is not known: spec\.containers\[0\]\.securityContext\.runAsUser [^.]+\.$/;

  for (const args of [
    { 'kubernetes-version': '1.33', level: 'baseline' },
    { 'openshift-version': '4.20', bind: ['anyuid'] },
  ]) {
    it(`is said in words, at its place: ${Object.keys(args).join(', ')}`, async () => {
      const { findings } = await runAdmitJson(args, { stdin: pod });
      expect(findings[0]?.message).to.match(words);
      expect(findings[0]?.location).to.include({
        line: 6,
        column: pod.split('\n')[5]!.indexOf('"0"') + 1,
      });
    });
  }
});
