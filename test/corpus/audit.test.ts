/** The audit of every chart of the corpus, frozen after each finding was read against its chart. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { auditObject, type AuditContext } from '../../src/audit/judge.ts';
import { openSource } from '../../src/io/source.ts';
import { applyEdits } from '../../src/patch/apply.ts';
import type { Finding } from '../../src/report/report.ts';
import { settle } from '../../src/security/settle.ts';
import { isSettled } from '../../src/security/plan.ts';
import type { PolicyContext } from '../../src/security/standing.ts';
import { readManifests } from '../../src/workloads/read-manifests.ts';
import type { ManifestObject } from '../../src/workloads/types.ts';
import { EXAMPLES } from '../helpers/examples.ts';
import { auditContext, visitObject } from '../helpers/pods.ts';
import { policyOf } from '../helpers/policy.ts';
import { CORPUS, corpusCharts, hasCorpus, NO_CORPUS } from '../helpers/shared.ts';
import { ROOT } from '../helpers/run-cli.ts';
import { skip } from '../helpers/programs.ts';
import { WITH_CONFIG, WITHOUT_CONFIG, type Findings } from './audit-findings.ts';

/** Installs every chart of the corpus but the nfs provisioner, whose storage type excludes efs. */
const CONFIG = `schema: "1.16"
name: acme
version: 6.2.2
hostname: domino.acme.example
external_docker_registry: registry.acme.example
namespaces:
  platform: {name: domino-platform}
  compute: {name: domino-compute}
  system: {name: domino-system}
storage_classes:
  block: {create: true, type: ebs}
  shared: {type: efs}
gpu: {enabled: true}
extended_catalog: true
pod_security:
  platform: eks
  kubernetes_version: "1.33"
  components: {smb: true}
`;

/** The smb chart says kube-system itself. */
const PLACES = { defaultNamespace: 'domino-platform', alsoNamespaces: ['kube-system'] };

function eachObject(chart: string, visit: (object: ManifestObject) => void): void {
  const source = openSource(join(CORPUS, `${chart}.yaml`));
  readManifests(source, {}, visit);
  source.close();
}

function withPolicy(policy: PolicyContext): AuditContext {
  const { target } = auditContext();
  return { policy, target: { ...target, kubernetes: 33 } };
}

/** Findings at warning or above as the tables write them. */
function tableOf(findings: readonly Finding[]): Record<string, string[]> {
  const table: Record<string, string[]> = {};
  const rows = new Map<string, { workload: string; rule: string; names: string[] }>();
  for (const { severity, subject, rule, code, message } of findings) {
    if (severity === 'note') continue;
    const workload = subject === undefined ? code : `${subject.kind}/${subject.name}`;
    const shown = `${severity === 'warning' ? 'warning ' : ''}${rule ?? code}`;
    const row = rows.get(`${workload} ${shown}`) ?? { workload, rule: shown, names: [] };
    row.names.push(subject?.container ?? pathIn(message));
    rows.set(`${workload} ${shown}`, row);
  }
  for (const { workload, rule, names } of rows.values()) {
    (table[workload] ??= []).push(`${rule}: ${names.join(', ')}`.trim());
  }
  return table;
}

/** The path of the node that a finding is about. */
function pathIn(message: string): string {
  return /"([^"]*)" of its node/.exec(message)?.[1] ?? '';
}

function audited(chart: string, context: AuditContext): Record<string, string[]> {
  const findings: Finding[] = [];
  eachObject(chart, (object) => {
    findings.push(...auditObject(object, context).findings);
  });
  return tableOf(findings);
}

/** The same after the edits that patch makes. */
function auditedPatched(chart: string, context: AuditContext): Record<string, string[]> {
  const findings: Finding[] = [];
  eachObject(chart, (object) => {
    let value: unknown = object.value;
    for (const { pod } of auditObject(object, context).pods) {
      if (!isSettled(pod.standing, {})) continue;
      const { edits } = settle(pod.pod.spec, pod.standing.limitsOf);
      value = applyEdits(
        value,
        edits.map((edit) => ({ ...edit, path: [...pod.pod.path, ...edit.path] })),
      );
    }
    visitObject(value, (patched) => {
      findings.push(...auditObject(patched, context).findings);
    });
  });
  return tableOf(findings);
}

function compare(table: Findings, of: (chart: string) => Record<string, string[]>): void {
  for (const chart of corpusCharts()) {
    it(chart, () => {
      expect(of(chart)).to.deep.equal(table[chart] ?? {});
    });
  }
}

describe('audit of the corpus', function () {
  before(function () {
    if (!hasCorpus()) skip(this, NO_CORPUS);
  });

  describe('by the default policy alone', () => {
    compare(WITHOUT_CONFIG, (chart) => audited(chart, withPolicy(auditContext().policy)));
  });

  describe('with a configuration', () => {
    compare(WITH_CONFIG, (chart) => audited(chart, withPolicy(policyOf(CONFIG, PLACES))));
  });

  it('says the same when no document is skipped unread', () => {
    const context = withPolicy(policyOf(CONFIG, PLACES));
    for (const chart of corpusCharts()) {
      const [skipping, reading] = [true, false].map((isSkipping) => {
        const findings: Finding[] = [];
        const source = openSource(join(CORPUS, `${chart}.yaml`));
        readManifests(source, { skip: isSkipping }, (object) => {
          findings.push(...auditObject(object, context).findings);
        });
        source.close();
        return findings;
      });
      expect(skipping, chart).to.deep.equal(reading);
    }
  });

  describe('is clean after patch, but for access to the node that nothing documents', () => {
    for (const chart of corpusCharts()) {
      it(`${chart}, with the configuration`, () => {
        const left = auditedPatched(chart, withPolicy(policyOf(CONFIG, PLACES)));
        const expected =
          chart === 'nfs-client-provisioner'
            ? // Its storage type is not configured, which no patch can change.
              {
                'Deployment/nfs-client-provisioner-nfs-subdir-external-provisioner': [
                  'warning DPS3012:',
                ],
              }
            : {};
        expect(left).to.deep.equal(expected);
      });
    }

    for (const example of EXAMPLES) {
      it(`every chart, with examples/${example}`, () => {
        const text = readFileSync(join(ROOT, 'examples', example, 'deploy.yaml'), 'utf8');
        const policy = policyOf(text, { alsoNamespaces: ['kube-system'] });
        const context = withPolicy({
          ...policy,
          defaultNamespace: policy.namespaces?.platform ?? 'domino-platform',
          alsoNamespaces: ['kube-system', 'domino-platform'],
        });
        for (const chart of corpusCharts()) {
          const left = Object.entries(auditedPatched(chart, context)).flatMap(([workload, rows]) =>
            rows
              .filter((row) => !/^warning (?:host-|DPS3012)/.test(row))
              .map((row) => `${workload} ${row}`),
          );
          expect(left, chart).to.deep.equal([]);
        }
      });
    }
  });
});
