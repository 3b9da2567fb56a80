/** patch over every chart of the corpus: exact, idempotent, source preserving, the same as generate and in-place. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffLines } from 'diff';
import { expect } from 'chai';
import { applyEdits } from '../../src/patch/apply.ts';
import { identityOf } from '../../src/security/identity.ts';
import { planPod } from '../../src/security/plan.ts';
import { normalTemplate } from '../../src/workloads/normal-template.ts';
import { readManifests } from '../../src/workloads/read-manifests.ts';
import { readYaml } from '../../src/yaml/read.ts';
import { byteSource } from '../helpers/byte-source.ts';
import { configFor, CORPUS_FLAGS } from '../helpers/all-pods.ts';
import { policyOf } from '../helpers/policy.ts';
import { runCli } from '../helpers/run-cli.ts';
import { CORPUS, corpusCharts, hasCorpus, NO_CORPUS } from '../helpers/shared.ts';
import { skip } from '../helpers/programs.ts';
import { useTempFolder } from '../helpers/temp-folder.ts';

/** Every object of a text with the decided edits applied to its value: what generate writes patches from. */
function decided(text: string, chart: string): unknown[] {
  const context = policyOf(configFor(chart), {
    defaultNamespace: 'domino-platform',
    alsoNamespaces: ['kube-system'],
  });
  const values: unknown[] = [];
  readManifests(byteSource(text), { skip: false }, (object) => {
    const edits = object.pods.flatMap((pod) => {
      const { template, realPath } = normalTemplate(pod);
      const { settlement } = planPod(identityOf(object, pod), template, context);
      return (settlement?.edits ?? []).map((edit) => ({ ...edit, path: realPath(edit.path) }));
    });
    values.push(applyEdits(object.value, edits));
  });
  return values;
}

describe('patch of the corpus', () => {
  const folder = useTempFolder();

  it('has charts to patch', function () {
    if (!hasCorpus()) skip(this, NO_CORPUS);
    expect(corpusCharts().length).to.be.greaterThan(5);
  });

  for (const chart of corpusCharts()) {
    it(chart, () => {
      const text = readFileSync(join(CORPUS, `${chart}.yaml`), 'utf8');
      writeFileSync(join(folder(), 'deploy.yaml'), configFor(chart));
      const args = ['patch', '--config', 'deploy.yaml', ...CORPUS_FLAGS, '--quiet'];
      const run = (input: string, ...more: string[]) =>
        runCli([...args, ...more], { cwd: folder(), input });
      const { code, stdout, stderr } = run(text);
      expect(code, stderr).to.equal(0);
      expect(stdout, 'something changes').to.not.equal(text);

      const values = readYaml(stdout, chart).map(({ value }) => value);
      expect(values, 'exactly as decided').to.deep.equal(decided(text, chart));
      expect(run(stdout).stdout, 'a second run changes nothing').to.equal(stdout);

      const removed = diffLines(text, stdout)
        .filter((part) => part.removed)
        .flatMap((part) => part.value.split('\n').filter((line) => line !== ''));
      for (const line of removed) {
        expect(line, 'only values of contexts give way').to.match(
          /^\s*(privileged: true|runAs\w+: .*|allowPrivilegeEscalation: .*|add:.*|- [A-Z_]+|securityContext:.*|\{\}|capabilities:.*)$/,
        );
      }

      cpSync(join(CORPUS, `${chart}.yaml`), join(folder(), 'chart.yaml'));
      // The corpus may be read only; the copy is the user's own.
      writeFileSync(join(folder(), 'own.yaml'), text);
      expect(run('', 'own.yaml', '--in-place').code).to.equal(0);
      expect(readFileSync(join(folder(), 'own.yaml'), 'utf8')).to.equal(stdout);

      const audit = runCli(
        [
          'audit',
          '--config',
          'deploy.yaml',
          ...CORPUS_FLAGS,
          '--fail-on',
          'warning',
          '--show-from',
          'warning',
        ],
        { cwd: folder(), input: stdout },
      );
      expect(audit.code, `audits clean\n${audit.stdout}`).to.equal(0);
    });
  }
});
