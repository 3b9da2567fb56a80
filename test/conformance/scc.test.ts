// Every verdict of the real plugin in ../shared/conformance/openshift: the chosen SCC with the same
// mutated contexts, or the refusal, word for word, and so the first reason of every provider.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { load } from 'js-yaml';
import { createSccAdmission, type SccAdmission } from '../../src/admission/scc/admit.ts';
import { parseScc } from '../../src/admission/scc/parse.ts';
import { grantsForNamespace } from '../../src/admission/scc/rbac.ts';
import { COMPARED_MINORS, sccsForRelease } from '../../src/admission/scc/tables.ts';
import {
  MCS,
  SUPPLEMENTAL_GROUPS,
  UID_RANGE,
  type AnyScc,
  type Refusal,
} from '../../src/admission/scc/types.ts';

const ROOT = new URL('../../../shared/conformance/', import.meta.url);
const OPENSHIFT = new URL('openshift/', ROOT);

interface Row {
  id: string;
  bindings: string;
  scc?: string | null;
  pod?: Record<string, unknown>;
  containers?: { name: string; securityContext: unknown }[];
  refused?: string;
}

const NAMESPACE = {
  name: 'test',
  annotations: {
    [UID_RANGE]: '1000650000/10000',
    [MCS]: 's0:c26,c5',
    [SUPPLEMENTAL_GROUPS]: '1000650000/10000',
  },
};

function readText(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

function shipped(minor: number): AnyScc[] {
  const release = sccsForRelease({ minor, z: 99 });
  if (!release.ok) throw new Error(release.reason);
  return release.sccs;
}

/** The annotations hold prose that is indented in a way which js-yaml refuses and Go's reader takes. */
function withoutAnnotations(text: string): string {
  return text.replace(/^ {2}annotations:\n(?:(?! {2}name:).*\n)*/m, '');
}

/** The plugin's text in pieces: one a failure, its separators being `, provider ` and the paths without provider. */
function pieces(text: string): string[] {
  const start = text.indexOf(': ') + 2;
  const body = text.slice(start).replace(/^\[(.*)\]$/s, '$1');
  return body.split(/, (?=provider |spec\.volumes|pod\.metadata|pod\.spec|no access to)/);
}

/** The start of the piece that the plugin prints for a refusal. */
function pieceOf({ scc, field, reason }: Refusal): string {
  if (field === null) return `provider "${scc}": Forbidden: ${reason}`;
  return field.startsWith('.') ? `provider ${scc}: ${field}: ${reason}` : `${field}: ${reason}`;
}

describe('scc conformance', () => {
  before(function () {
    if (existsSync(OPENSHIFT)) return;
    console.log('    skipped: ../shared/conformance/openshift is not there');
    this.skip();
  });

  for (const minor of COMPARED_MINORS) {
    // Compared: every field but metadata beyond the name (annotations say who installs the object), apiVersion and kind.
    it(`has the SCCs that OpenShift 4.${minor} ships`, () => {
      const folder = new URL(`openshift/scc/4.${minor}/`, ROOT);
      const files = readdirSync(folder).sort();
      const theirs = files.map((file) =>
        parseScc(load(withoutAnnotations(readFileSync(new URL(file, folder), 'utf8')))),
      );
      const ours = shipped(minor).sort((a, b) => (a.name < b.name ? -1 : 1));
      expect(ours.map((scc) => scc.name)).to.deep.equal(
        files.map((file) => file.replace('.yaml', '')).sort(),
      );
      expect(ours).to.deep.equal(theirs.sort((a, b) => (a.name < b.name ? -1 : 1)));
    });
  }

  describe('verdicts of the real plugin', () => {
    const counts = { rows: 0, admitted: 0, refused: 0, firstReasons: 0 };
    const failures: string[] = [];

    before(() => {
      const own = JSON.parse(readText('openshift/own-pods.json')) as Record<string, unknown>;
      const release = sccsForRelease({ minor: 20 });
      if (!release.ok) throw new Error(release.reason);
      const admissions = new Map<string, SccAdmission>();
      const pods = new Map<string, unknown>();
      for (const line of readText('openshift/scc-verdicts.jsonl').trim().split('\n')) {
        const row = JSON.parse(line) as Row;
        const pod =
          pods.get(row.id) ??
          (row.id.startsWith('own/')
            ? own[row.id.slice(4)]
            : load(readText(`pod-security/${row.id}`)));
        pods.set(row.id, pod);
        const bound = row.bindings === 'none' ? [] : row.bindings.split('+');
        const admission =
          admissions.get(row.bindings) ??
          createSccAdmission({ ...release, grants: grantsForNamespace(NAMESPACE.name, bound) });
        admissions.set(row.bindings, admission);
        counts.rows += 1;
        const verdict = admission({ pod, namespace: NAMESPACE, serviceAccount: 'default' });
        try {
          if (row.refused === undefined) {
            counts.admitted += 1;
            const { admitted, scc, mutated } = verdict;
            expect({ admitted, scc, ...mutated }).to.deep.equal({
              admitted: true,
              scc: row.scc,
              pod: row.pod,
              containers: row.containers,
            });
          } else {
            counts.refused += 1;
            expect(verdict.admitted).to.equal(false);
            expect(verdict.message).to.equal(row.refused);
            const said = new Set(pieces(row.refused));
            for (const refusal of verdict.refusals) {
              expect([...said], 'first reason').to.include(pieceOf(refusal));
              counts.firstReasons += 1;
            }
          }
        } catch (error) {
          failures.push(`${row.id} with ${row.bindings}: ${(error as Error).message}`);
        }
      }
    });

    it('agree in every row: SCC, contexts, words of every refusal', () => {
      console.log(
        `    scc: ${counts.rows - failures.length} of ${counts.rows} rows agree ` +
          `(${counts.admitted} admitted, ${counts.refused} refused; ${counts.firstReasons} first reasons)`,
      );
      expect(failures.slice(0, 5)).to.deep.equal([]);
      expect(counts.rows).to.be.greaterThan(2000);
    });
  });
});
