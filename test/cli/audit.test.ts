import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { set, tweaked } from '../helpers/pods.ts';
import { CLEAN, codesOf, ROOTED, useAudit } from './audit-command.ts';

describe('audit', () => {
  const { folder, write, audit, report } = useAudit();

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
