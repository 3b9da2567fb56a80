/**
 * The reference's own pods (kubernetes/pod-security-admission test/testdata): each file's verdict is
 * its folder, its failed check its name. The data beside the project reaches v1.33, what
 * scripts/fetch-programs.ts fetches with Go v1.37.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { load } from 'js-yaml';
import {
  CHECKS,
  evaluatePod,
  type Level,
  type PolicyVersion,
} from '../../src/admission/pss/index.ts';

const DATA = [
  { name: 'v1.0 to v1.33', root: '../shared/conformance/pod-security', files: 3949 },
  { name: 'v1.0 to v1.37', root: '.cache/programs/pod-security', files: 4537 },
];

interface Case {
  readonly file: string;
  readonly level: Level;
  readonly version: PolicyVersion;
  readonly pass: boolean;
  /** Lower-case id of the check that the pod is made for, or `base`. */
  readonly made: string;
  readonly text: string;
}

function casesOf(root: string): Case[] {
  const cases: Case[] = [];
  for (const level of ['baseline', 'restricted'] as const) {
    for (const version of versionsOf(join(root, level))) {
      for (const verdict of ['pass', 'fail']) {
        const folder = join(root, level, version, verdict);
        for (const name of existsSync(folder) ? readdirSync(folder) : []) {
          cases.push({
            file: `${level}/${version}/${verdict}/${name}`,
            level,
            version: version as PolicyVersion,
            pass: verdict === 'pass',
            made:
              name.startsWith('base') && !name.startsWith('baseline')
                ? 'base'
                : name.replace(/\d*\.yaml$/, ''),
            text: readFileSync(join(folder, name), 'utf8'),
          });
        }
      }
    }
  }
  return cases;
}

function versionsOf(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('v1.'));
}

/** Baseline checks that a check of the restricted level replaces, and from which minor on. */
const REPLACED = new Map([
  ['hostpathvolumes', { since: 0, by: 'restrictedvolumes' }],
  ['seccompprofile_baseline', { since: 19, by: 'seccompprofile_restricted' }],
  ['capabilities_baseline', { since: 22, by: 'capabilities_restricted' }],
  ['procmount', { since: 35, by: 'procmount_restricted' }],
]);

/** The ids that must fail, in the server's order, for a refused pod made for one check. */
function failedChecks({ file, made, level }: Case, minor: number): string {
  const replaced = level === 'restricted' ? REPLACED.get(made) : undefined;
  const ids = [replaced !== undefined && minor >= replaced.since ? replaced.by : made];
  // The API takes hostProcess only with hostNetwork, and privileged only without a ban on escalation.
  if (made === 'windowshostprocess') ids.unshift('hostnamespaces');
  if (made === 'privileged' && level === 'restricted' && minor >= 8)
    ids.push('allowprivilegeescalation');
  // This pod has a container without any securityContext.
  if (file.endsWith('/allowprivilegeescalation3.yaml') && minor >= 22)
    ids.push('capabilities_restricted');
  return ids.join(' ');
}

for (const { name, root, files } of DATA) {
  describe(`Pod Security Standards against the reference, ${name}`, () => {
    let cases: Case[] = [];
    const distinctPods = new Map<string, unknown>();

    before(function () {
      if (!existsSync(root)) {
        console.log(
          `      skipped: ${root} is absent${root.startsWith('.cache') ? ' (npx tsx scripts/fetch-programs.ts)' : ''}`,
        );
        this.skip();
      }
      cases = casesOf(root);
      for (const { text } of cases) {
        const pod = load(text) as { metadata: Record<string, unknown>; spec: unknown };
        distinctPods.set(text, pod);
      }
    });

    it('has every file of the reference', () => {
      expect(cases.length).to.equal(files);
      const made = new Set(cases.map((entry) => entry.made));
      const ids = new Set(CHECKS.map((check) => check.id.toLowerCase()));
      expect([...made].filter((id) => id !== 'base' && !ids.has(id))).to.deep.equal([]);
    });

    it('gives the verdict and exactly the failed checks of every file', () => {
      const wrong: string[] = [];
      for (const entry of cases) {
        const { file, level, version, pass, text } = entry;
        const verdict = evaluatePod(distinctPods.get(text), { level, version });
        const ids = verdict.results.map(({ id }) => id.toLowerCase()).join(' ');
        const expected = pass ? '' : failedChecks(entry, Number(version.slice(3)));
        if (ids !== expected) wrong.push(`${file}: "${ids}" instead of "${expected}"`);
        if (verdict.admitted !== pass) wrong.push(`${file}: admitted is ${verdict.admitted}`);
        if (verdict.version !== version || verdict.clamped)
          wrong.push(`${file}: ${verdict.version}`);
        if (verdict.notChecked.length > 0) wrong.push(`${file}: ${verdict.notChecked.join(' ')}`);
      }
      console.log(
        `      ${cases.length} files, ${distinctPods.size} distinct pods: ${wrong.length} differ from the reference`,
      );
      expect(wrong).to.deep.equal([]);
    });

    it('gives every failed check a reason, a detail and an existing kind of field', () => {
      const poor: string[] = [];
      for (const { file, level, version, text } of cases) {
        for (const { id, reason, detail, fields } of evaluatePod(distinctPods.get(text), {
          level,
          version,
        }).results) {
          const paths = fields.every((field) => /^(spec|metadata\.annotations)[.[]/.test(field));
          if (reason === '' || detail === '' || fields.length === 0 || !paths)
            poor.push(`${file}: ${id}`);
        }
      }
      expect(poor).to.deep.equal([]);
    });
  });
}
