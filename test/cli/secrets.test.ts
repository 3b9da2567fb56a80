/** A canary in every secret of deploy.yaml and of manifests: it is in no output of any command. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readTree } from '../helpers/golden.ts';
import { deployText } from '../helpers/policy.ts';
import { runCli } from '../helpers/run-cli.ts';
import { useTempFolder } from '../helpers/temp-folder.ts';

const CANARY = 'canary-7f3a';

const SECRETS = `helm:
  host: charts.acme.example
  password: ${CANARY}
  image_registries:
    - server: registry.acme.example
      username: me
      password: ${CANARY}
monitoring:
  newrelic:
    license_key: ${CANARY}
blob_storage:
  projects:
    s3:
      access_key_id: AKIA
      secret_access_key: ${CANARY}
release_overrides:
  nucleus:
    chart_values:
      token: ${CANARY}
      data: {secret: ${CANARY}}`;

const broken: [string, string][] = [
  [
    'a secret of the wrong type',
    SECRETS.replace(`license_key: ${CANARY}`, `license_key: [${CANARY}]`),
  ],
  ['an unknown key beside a secret', SECRETS.replace('  host:', '  hots:')],
  [
    'a mistake on the line after a secret',
    SECRETS.replace('  image_registries', '  image_registries: }\n  x'),
  ],
  ['a secret key that is misspelt', SECRETS.replace('password:', 'pasword:')],
  ['a flow value on the next line', `smtp: {password:\n   ${CANARY}, port: 25}\nx: y: z`],
  ['an explicit key', `? password\n: ${CANARY}\ngpu: 3`],
  ['an explicit key before a mistake', `a:\n  ? password\n  : ${CANARY}\n  gpu: x: y`],
  ['an alias that is none', `password: *${CANARY}!x@A`],
  ['a tag that is none', `password: !${CANARY} x`],
  ['a tag of wrong characters', `password: !${CANARY}@%zz x`],
  ['a secret through an anchor', `password: &p ${CANARY}\ngpu: *p`],
  ['no space behind the colon', `password:${CANARY}\ngpu: 3`],
  ['an equals sign', `password = ${CANARY}\ngpu: 3`],
  ['a duplicate of a secret', `${SECRETS}\nhelm:\n  password: ${CANARY}`],
];

// A Secret would be passed over unparsed; a kind that nobody knows is read.
const manifest = `apiVersion: acme.example/v1
kind: Widget
metadata:
  name: s
spec:
  password: ${CANARY}
  "a
---
apiVersion: v1
kind: Pod
metadata:
  name: p
  namespace: domino-platform
spec:
  containers:
    - name: c
      image: x
      securityContext:
        privileged: true
      env:
        - {name: PASSWORD, value: x}
`;

describe('secrets', () => {
  const folder = useTempFolder();

  /** Everything that a run leaves: both streams and every file but the inputs. */
  const leaves = (args: string[], input = ''): string => {
    const { stdout, stderr } = runCli(args, { cwd: folder(), input });
    const files = readTree(join(folder(), 'out'));
    return [stdout, stderr, ...Object.values(files)].join('\n');
  };

  for (const format of ['text', 'json', 'sarif', 'junit', 'markdown', 'csv']) {
    it(`are in no report: ${format}`, () => {
      writeFileSync(join(folder(), 'deploy.yaml'), deployText(SECRETS));
      const report = ['--format', `${format}=out/report`];
      runCli(['generate', '--output', 'out'], { cwd: folder() });
      const outputs = [
        leaves(['validate', ...report]),
        leaves(['generate', '--output', 'out', ...report, '--force']),
        leaves(['generate', '--output', 'out', '--diff', '--debug']),
        leaves(['validate', '--format', format]),
      ];
      for (const output of outputs) expect(output).to.not.contain(CANARY);
    });
  }

  for (const [name, text] of broken) {
    it(`are in no error: ${name}`, () => {
      writeFileSync(join(folder(), 'deploy.yaml'), deployText(text));
      for (const args of [
        ['validate'],
        ['validate', '--format', 'json'],
        ['generate', '--debug'],
      ]) {
        expect(leaves(args)).to.not.contain(CANARY);
      }
    });
  }

  it('are in no error of JSON with the value below its key', () => {
    writeFileSync(join(folder(), 'deploy.yaml'), `{"a":{"token":\n\n "${CANARY}"},"gpu":3}`);
    expect(leaves(['validate'])).to.not.contain(CANARY);
  });

  it('are in no error of answers, read as a key', () => {
    writeFileSync(join(folder(), 'answers.yaml'), `password:\n  ${CANARY}: 3\n`);
    const output = leaves(['init', '--answers', 'answers.yaml']);
    expect(output).to.contain('password.***');
    expect(output).to.not.contain(CANARY);
  });

  it('of manifests are in no frame', () => {
    writeFileSync(join(folder(), 'deploy.yaml'), deployText());
    writeFileSync(join(folder(), 'chart.yaml'), manifest);
    const output = leaves(['generate', '--against', 'chart.yaml', '--output', 'out']);
    expect(output).to.contain('chart.yaml:');
    expect(output).to.not.contain(CANARY);
  });

  it('of environment variables are in no diff and no frame', () => {
    const pod = manifest
      .slice(manifest.indexOf('---\n'))
      .replace('- {name: PASSWORD, value: x}', `- name: DB_PASSWORD\n          value: ${CANARY}\n`);
    writeFileSync(join(folder(), 'deploy.yaml'), deployText());
    writeFileSync(join(folder(), 'pod.yaml'), pod);
    const diff = leaves(['patch', 'pod.yaml', '--config', 'deploy.yaml', '--diff']);
    expect(diff).to.contain('value: ***');
    for (const output of [diff, leaves(['audit', 'pod.yaml'])])
      expect(output).to.not.contain(CANARY);
  });
});
