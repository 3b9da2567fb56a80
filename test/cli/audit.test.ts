import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCli, type CliResult } from '../helpers/run-cli.ts';
import { deployText } from '../helpers/policy.ts';
import { minimalPod, set, tweaked } from '../helpers/pods.ts';
import { useTempFolder } from '../helpers/temp-folder.ts';

interface Reported {
  findings: { code: string; rule?: string; fingerprint: string; message: string }[];
  totals: Record<string, number>;
  sections: { title: string; rows: string[][] }[];
}

const CLEAN = JSON.stringify(minimalPod());
const ROOTED = JSON.stringify(tweaked(set('spec.containers.0.securityContext.privileged', true)));
const EXCEPTION = {
  namespace: 'domino-platform',
  kind: 'Pod',
  name: 'web',
  rule: 'privileged',
  reason: 'Reviewed.',
};

describe('audit', () => {
  const folder = useTempFolder();
  const write = (name: string, content: unknown): string => {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(join(folder(), name), text);
    return name;
  };
  const audit = (args: readonly string[], input = ''): CliResult =>
    runCli(['audit', ...args], { cwd: folder(), input });
  const report = (args: readonly string[], input = ''): Reported & { exit: number | null } => {
    const { code, stdout, stderr } = audit([...args, '--format', 'json'], input);
    expect(stdout, stderr).to.not.equal('');
    return { exit: code, ...(JSON.parse(stdout) as Reported) };
  };
  const codesOf = ({ findings }: Reported): string[] => findings.map(({ code }) => code);

  describe('input', () => {
    it('reads standard input without PATH, and with -', () => {
      expect(audit([], CLEAN).code).to.equal(0);
      expect(audit(['-'], CLEAN).stdout).to.contain('1 conforming');
    });

    it('reads files and folders, and names what is no manifest', () => {
      mkdirSync(join(folder(), 'charts'));
      write('charts/a.yaml', CLEAN);
      write('charts/values.yaml', 'replicas: 3\n');
      write('charts/notes.txt', 'not read');
      const result = report(['charts']);
      expect(result.exit).to.equal(0);
      expect(codesOf(result)).to.deep.equal(['DPS7011']);
      expect(result.totals.pods).to.equal(1);
    });

    it('reports a broken document, judges the rest and exits with 2', () => {
      write('a.yaml', `a: [\n---\n${ROOTED}\n`);
      const result = report(['a.yaml']);
      expect(result.exit).to.equal(2);
      expect(codesOf(result)).to.deep.equal(['DPS7001', 'DPS4001']);
    });

    it('reports a missing file, judges the rest and exits with 2', () => {
      write('b.json', CLEAN);
      const result = report(['absent.yaml', 'b.json']);
      expect([result.exit, result.totals.pods]).to.deep.equal([2, 1]);
      expect(codesOf(result)).to.deep.equal(['DPS1001']);
    });

    it('exits with 2 when there is no workload, unless that is allowed', () => {
      write('c.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n');
      expect(codesOf(report(['c.yaml']))).to.deep.equal(['DPS4905']);
      expect(report(['c.yaml']).exit).to.equal(2);
      expect(audit([]).code).to.equal(2);
      expect(audit(['c.yaml', '--allow-empty']).code).to.equal(0);
    });

    it('takes a folder without manifests for an empty input, with a report', () => {
      mkdirSync(join(folder(), 'bare'));
      const result = report(['bare']);
      expect([result.exit, ...codesOf(result)]).to.deep.equal([2, 'DPS1001', 'DPS4905']);
      const allowed = report(['bare', '--allow-empty']);
      expect([allowed.exit, ...codesOf(allowed)]).to.deep.equal([0]);
    });

    it('has the exact place, the source lines and the patch of a finding', () => {
      const pod = [
        'apiVersion: v1',
        'kind: Pod',
        'metadata: {name: web, namespace: domino-platform}',
        'spec:',
        '  securityContext: {runAsNonRoot: true, seLinuxOptions: {type: spc_t}}',
        '  containers:',
        '    - name: web',
        '      securityContext:',
        '        capabilities: {drop: [ALL]}',
        '        privileged: yes',
        '      env: [{name: x, password: hunter2}]',
      ].join('\n');
      write('p.yaml', `# first\n---\n${pod}\n`);
      const { stdout, code } = audit(['p.yaml']);
      expect(code).to.equal(1);
      expect(stdout).to.equal(
        `
p.yaml
  Pod domino-platform/web
    12:21 error DPS4001 Container "web" sets securityContext.privileged to "true", and no documented exception of the pod allows it.
        11 |         capabilities: {drop: [ALL]}
        12 |         privileged: yes
           |                     ^^^
        13 |       env: [{name: x, password: ***
      Fix: Remove privileged or set it to false; if the pod needs it, record it in pod_security.catalog or accept it with a reason.
      Patch:
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
          namespace: domino-platform
        spec:
          containers:
            - name: web
              securityContext:
                privileged: false

1 error (2 documents, 1 pod, 1 with an undocumented exception).
`.slice(1),
      );
    });
  });

  describe('exit code', () => {
    const noted = JSON.stringify(
      tweaked(set('spec.containers.0.securityContext.readOnlyRootFilesystem', true)),
    );

    it('is 1 at or above --fail-on', () => {
      expect(audit([], ROOTED).code).to.equal(1);
      expect(audit(['--fail-on', 'never'], ROOTED).code).to.equal(0);
      expect(audit(['--fail-on', 'warning'], noted).code).to.equal(0);
      expect(audit(['--fail-on', 'note'], noted).code).to.equal(1);
    });

    it('does not depend on --show-from', () => {
      const { code, stdout } = audit(['--fail-on', 'note', '--show-from', 'error'], noted);
      expect(code).to.equal(1);
      expect(stdout).to.match(/^No findings/);
    });

    it('is 2 for wrong use', () => {
      const wrong = [
        ['--format', 'xml'],
        ['--kubernetes-version', '2.0'],
        ['--domino-version', 'new'],
        ['--kubernetes-version', '1.30', '--openshift-version', '4.20'],
        ['--catalog', 'x.yaml'],
        ['--max-findings', '-1'],
        ['--baseline', 'absent.json'],
        ['--fail-on', 'fatal'],
      ];
      for (const args of wrong) {
        const { code, stderr, stdout } = audit(args, CLEAN);
        expect([code, stdout], args.join(' ')).to.deep.equal([2, '']);
        expect(stderr).to.match(/error DPS(1001|1003)/);
      }
    });
  });

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

  describe('exceptions', () => {
    it('accept what they name, and are listed', () => {
      write('ok.yaml', [EXCEPTION]);
      const result = report(['--exceptions', 'ok.yaml'], ROOTED);
      expect([result.exit, result.findings, result.totals.accepted]).to.deep.equal([0, [], 1]);
      expect(result.totals['with a documented exception']).to.equal(1);
      expect(
        result.sections.find(({ title }) => title === 'Accepted exceptions')?.rows,
      ).to.deep.equal([['rule privileged on Pod domino-platform/web', '1', 'Reviewed.', '', '']]);
    });

    it('fail when they have expired, and the finding stays', () => {
      write('old.yaml', { exceptions: [{ ...EXCEPTION, expires: '2020-01-01', owner: 'ops' }] });
      const result = report(['--exceptions', 'old.yaml'], ROOTED);
      expect(result.exit).to.equal(1);
      expect(codesOf(result)).to.deep.equal(['DPS4001', 'DPS4901']);
    });

    it('are warned of when unused or too broad', () => {
      write('odd.yaml', [
        { ...EXCEPTION, rule: 'priviledged' },
        { ...EXCEPTION, name: '*', rule: '*' },
      ]);
      const result = report(['--exceptions', 'odd.yaml'], ROOTED);
      expect(codesOf(result)).to.deep.equal(['DPS4902', 'DPS4903']);
      expect(result.exit).to.equal(0);
      expect(audit(['--exceptions', 'odd.yaml'], ROOTED).stdout).to.contain(
        'Did you mean "privileged"?',
      );
    });

    it('of deploy.yaml count, too', () => {
      write('deploy.yaml', `${deployText()}\n  exceptions:\n    - ${JSON.stringify(EXCEPTION)}\n`);
      expect(report(['--config', 'deploy.yaml'], ROOTED).totals.accepted).to.equal(1);
    });
  });

  describe('--baseline', () => {
    it('leaves out what is known, also after lines have moved, and fails on what is new', () => {
      write('old.json', audit(['--format', 'json'], ROOTED).stdout);
      const moved = report(['--baseline', 'old.json'], `# moved\n---\n\n\n${ROOTED}`);
      expect([moved.exit, moved.findings, moved.totals['in the baseline']]).to.deep.equal([
        0,
        [],
        1,
      ]);
      const added = JSON.stringify(
        tweaked(
          set('spec.containers.0.securityContext.privileged', true),
          set('spec.securityContext.seLinuxOptions', undefined),
        ),
      );
      const more = report(['--baseline', 'old.json'], added);
      expect([more.exit, codesOf(more)]).to.deep.equal([1, ['DPS4008']]);
      expect(
        report(['--baseline', 'old.json'], CLEAN).totals['resolved since the baseline'],
      ).to.equal(1);
    });

    it('refuses anything but a report of audit', () => {
      write('a.json', '{}');
      write('b.json', 'text');
      for (const file of ['a.json', 'b.json']) {
        const { code, stderr } = audit(['--baseline', file], CLEAN);
        expect(code).to.equal(2);
        expect(stderr).to.contain('DPS4906');
      }
    });
  });

  describe('output', () => {
    it('writes several formats at once, one to stdout', () => {
      const { stdout, code } = audit(
        ['--format', 'sarif=a.sarif', '--format', 'json=a.json', '--format', 'csv'],
        ROOTED,
      );
      expect(code).to.equal(1);
      expect(stdout.split('\n')[0]).to.match(/^severity,code,rule/);
      const sarif = JSON.parse(readFileSync(join(folder(), 'a.sarif'), 'utf8')) as {
        runs: { results: { ruleId: string }[] }[];
      };
      expect(sarif.runs[0]?.results.map(({ ruleId }) => ruleId)).to.deep.equal(['DPS4001']);
      expect(readFileSync(join(folder(), 'a.json'), 'utf8')).to.contain('"DPS4001"');
    });

    it('shows --max-findings and the full count', () => {
      const many = Array.from({ length: 5 }, (_, index) =>
        JSON.stringify(
          tweaked(
            set('metadata.name', `web-${index}`),
            set('spec.containers.0.securityContext.privileged', true),
          ),
        ),
      ).join('\n---\n');
      const { stdout } = audit(['--max-findings', '2'], `---\n${many}`);
      expect(stdout.match(/DPS4001/g)).to.have.length(2);
      expect(stdout).to.contain('... and 3 more');
      expect(stdout).to.contain('5 errors');
    });

    it('keeps control characters of names from the terminal', () => {
      const odd = JSON.stringify(
        tweaked(
          set('metadata.name', '\u001b[2Jx\u009b'),
          set('spec.containers.0.name', '\u001b]0;y\u0007'),
          set('spec.containers.0.securityContext.privileged', true),
        ),
      );
      for (const format of ['text', 'json', 'csv', 'markdown', 'junit', 'sarif']) {
        const { stdout } = audit(['--format', format], odd);
        expect(stdout, format).not.to.match(
          /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/,
        );
      }
    });
  });
});
