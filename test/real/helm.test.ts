/** The real helm, both majors, with patch as their post-renderer. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { asMap, templateContainers, type Json } from '../../src/security/template.ts';
import { POD_PATH } from '../../src/security/workload-kinds.ts';
import type { WorkloadKind } from '../../src/catalog/types.ts';
import { readYaml } from '../../src/yaml/read.ts';
import { deployText } from '../helpers/policy.ts';
import { findProgram, NO_PROGRAM, skip } from '../helpers/programs.ts';
import { BIN, cleanEnv, ROOT, runCli } from '../helpers/run-cli.ts';
import { useTempFolder } from '../helpers/temp-folder.ts';

const CHART = join(ROOT, 'test/fixtures/chart');

/** Each workload's name, and whether its pod and every container are as the default policy wants. */
function verdicts(text: string): Record<string, boolean> {
  const result: Record<string, boolean> = {};
  for (const { value } of readYaml(text, 'rendered')) {
    const object = value as Json;
    const path = POD_PATH[object.kind as WorkloadKind] as readonly string[] | undefined;
    const template = path?.reduce<Json | undefined>((place, key) => asMap(place?.[key]), object);
    const spec = asMap(template?.spec);
    if (spec === undefined) continue;
    const pod = asMap(spec.securityContext);
    const own = templateContainers(spec).map(({ value: container }) =>
      asMap(container.securityContext),
    );
    result[String(asMap(object.metadata)?.name)] =
      pod?.runAsNonRoot === true &&
      asMap(pod.seLinuxOptions)?.type === 'spc_t' &&
      own.every((context) => context?.privileged === false && context.capabilities !== undefined);
  }
  return result;
}

describe('patch as a post-renderer', () => {
  const folder = useTempFolder();

  const prepare = (): Record<string, string> => {
    const bin = join(folder(), 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'domino-podsec'), `#!/bin/sh\nexec node '${BIN}' "$@"\n`);
    chmodSync(join(bin, 'domino-podsec'), 0o755);
    writeFileSync(join(folder(), 'deploy.yaml'), deployText());
    const data = join(folder(), 'helm');
    return cleanEnv({
      PATH: `${bin}:${process.env.PATH ?? ''}`,
      HELM_DATA_HOME: data,
      HELM_CACHE_HOME: join(folder(), 'cache'),
      HELM_CONFIG_HOME: join(folder(), 'config'),
      HELM_PLUGINS: join(data, 'plugins'),
    });
  };

  const flags = (...words: string[]): string[] =>
    words.flatMap((word) => ['--post-renderer-args', word]);

  it('Helm 3: patches every pod but those of hooks, which it never passes on', function () {
    const helm = findProgram('helm3');
    if (helm === undefined) skip(this, `no helm 3; ${NO_PROGRAM}`);
    const env = prepare();
    const args = ['template', 'r', CHART, '--namespace', 'domino-platform'];
    const renderer = ['--post-renderer', 'domino-podsec'];
    const rest = flags('patch', '--config', 'deploy.yaml', '--namespace', 'domino-platform');
    const output = execFileSync(helm, [...args, ...renderer, ...rest], {
      cwd: folder(),
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(verdicts(output)).to.deep.equal({
      agent: true,
      nightly: true,
      once: true,
      migrate: false,
    });
    expect(output).to.contain('# keep me');
  });

  it('Helm 3: stops an installation when the manifests cannot be judged', function () {
    const helm = findProgram('helm3');
    if (helm === undefined) skip(this, `no helm 3; ${NO_PROGRAM}`);
    const env = prepare();
    const rest = flags('patch', '--config', 'deploy.yaml');
    const args = ['template', 'r', CHART, '--post-renderer', 'domino-podsec', ...rest];
    const { status, stderr, stdout } = spawnSync(helm, args, {
      cwd: folder(),
      env,
      encoding: 'utf8',
    });
    expect([status === 0, stdout]).to.deep.equal([false, '']);
    expect(stderr).to.contain('--namespace NS');
  });

  /** A chart of which no manifest reaches the post-renderer of Helm 3, and none at all that of Helm 4. */
  const chartOf = (template: string): string => {
    const chart = join(folder(), 'chart');
    mkdirSync(join(chart, 'templates'), { recursive: true });
    writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: c\nversion: 1.0.0\n');
    writeFileSync(join(chart, 'templates/all.yaml'), template);
    return chart;
  };
  const HOOK = `apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations: {helm.sh/hook: post-install}
spec: {template: {spec: {containers: [{name: c, image: x}]}}}
`;

  it('Helm 3: a chart of hooks alone needs --allow-empty, and then renders', function () {
    const helm = findProgram('helm3');
    if (helm === undefined) skip(this, `no helm 3; ${NO_PROGRAM}`);
    const env = prepare();
    const chart = chartOf(HOOK);
    const run = (...more: string[]) =>
      spawnSync(
        helm,
        [
          ...['template', 'r', chart, '--post-renderer', 'domino-podsec'],
          ...flags('patch', '--config', 'deploy.yaml', '--namespace', 'domino-platform', ...more),
        ],
        { cwd: folder(), env, encoding: 'utf8' },
      );
    const refused = run();
    expect([refused.status === 0, refused.stdout]).to.deep.equal([false, '']);
    expect(refused.stderr).to.contain('--allow-empty');
    const { status, stdout, stderr } = run('--allow-empty');
    expect(status, stderr).to.equal(0);
    expect(verdicts(stdout)).to.deep.equal({ migrate: false });
  });

  it('Helm 4: a chart that renders to nothing is no failure', function () {
    const helm = findProgram('helm4');
    if (helm === undefined) skip(this, `no helm 4; ${NO_PROGRAM}`);
    const env = prepare();
    const chart = chartOf('{{- if .Values.absent }}\na: b\n{{- end }}\n');
    runCli(['generate', '--target', 'helm-plugin', '--output', 'out'], { cwd: folder() });
    mkdirSync(env.HELM_PLUGINS ?? '', { recursive: true });
    const run = (...args: string[]) =>
      spawnSync(helm, args, { cwd: folder(), env, encoding: 'utf8' });
    run('plugin', 'install', 'out/helm-plugin');
    const renderer = ['--post-renderer', 'domino-podsec', ...flags('--config', 'deploy.yaml')];
    const { status, stderr, stdout } = run('template', 'r', chart, ...renderer);
    expect([status, verdicts(stdout)], stderr).to.deep.equal([0, {}]);
  });

  it('Helm 4: the generated plugin patches every pod, hooks too', function () {
    const helm = findProgram('helm4');
    if (helm === undefined) skip(this, `no helm 4; ${NO_PROGRAM}`);
    const env = prepare();
    const run = (...args: string[]): string =>
      execFileSync(helm, args, {
        cwd: folder(),
        env,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    expect(
      runCli(['generate', '--target', 'helm-plugin', '--output', 'out'], { cwd: folder() }).code,
    ).to.equal(0);
    mkdirSync(env.HELM_PLUGINS ?? '', { recursive: true });
    run('plugin', 'install', 'out/helm-plugin');
    const args = ['template', 'r', CHART, '--namespace', 'domino-platform'];
    const renderer = ['--post-renderer', 'domino-podsec'];
    const rest = flags('--config', 'deploy.yaml', '--namespace', 'domino-platform');
    const output = run(...args, ...renderer, ...rest);
    expect(verdicts(output)).to.deep.equal({
      agent: true,
      nightly: true,
      once: true,
      migrate: true,
    });
    expect(output).to.contain('# Source: c/templates/all.yaml');
  });

  it('Helm 4: the plugin keeps its messages in a file when asked', function () {
    const helm = findProgram('helm4');
    if (helm === undefined) skip(this, `no helm 4; ${NO_PROGRAM}`);
    const env = { ...prepare(), DOMINO_PODSEC_LOG: join(folder(), 'log') };
    runCli(['generate', '--target', 'helm-plugin', '--output', 'out'], { cwd: folder() });
    const script = join(folder(), 'out/helm-plugin/patch.sh');
    const { status } = spawnSync(script, ['--config', 'deploy.yaml'], {
      cwd: folder(),
      env,
      input: 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c}]}\n',
    });
    expect(status).to.equal(2);
    expect(readFileSync(join(folder(), 'log'), 'utf8')).to.contain('--namespace NS');
  });
});
