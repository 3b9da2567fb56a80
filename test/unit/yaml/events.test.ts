/** Text in brackets and quotes whose later lines are not indented: kubectl 1.32 to 1.35 read it so. */
import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { UserError } from '../../../src/diagnostics.ts';
import { editDocument } from '../../../src/patch/edit-text.ts';
import { isInside } from '../../../src/yaml/inside.ts';
import { parseEvents } from '../../../src/yaml/js-yaml.ts';
import { readYaml } from '../../../src/yaml/read.ts';
import { kubectl, NO_PROGRAM, skip } from '../../helpers/programs.ts';

const POD =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: c\n    image: x\n';

const rows: [string, string, unknown][] = [
  ['a bracket under its key', '    command: [\n      "a",\n      "b"\n    ]\n', ['a', 'b']],
  ['words under their key', '    command: [\n    a,\n    b ]\n', ['a', 'b']],
  ['words at the margin', '    command: [\na,\nb\n]\n', ['a', 'b']],
  ['a comment in between', '    command: [ # first\n# second\n    a ]\n', ['a']],
  [
    'a map in a list',
    '    command: [\n    "a", "b"\n  ]\n    env: [ {\n    name: n,\n    value: v\n    } ]\n',
    ['a', 'b'],
  ],
  ['a quoted text', '    command: ["a\n  b"]\n', ['a b']],
  ['a quoted text at the margin', "    command: ['a\nb',\n'c']\n", ['a b', 'c']],
];

function command(text: string): unknown {
  const [document] = readYaml(POD + text, 'pod.yaml');
  const { spec } = document?.value as { spec: { containers: { command: unknown }[] } };
  return spec.containers[0]?.command;
}

describe('brackets and quotes that are not indented', () => {
  for (const [name, text, expected] of rows) {
    it(name, () => {
      expect(command(text)).to.deep.equal(expected);
    });
  }

  it('are read so by kubectl', function () {
    const program = kubectl();
    if (program === undefined) skip(this, `no kubectl; ${NO_PROGRAM}`);
    for (const [name, text, expected] of rows) {
      const { stdout, stderr } = spawnSync(
        program,
        ['annotate', '--local', '-o', 'json', '-f', '-', 'x=y'],
        { input: POD + text, encoding: 'utf8' },
      );
      expect(stderr, name).to.equal('');
      const { spec } = JSON.parse(stdout) as { spec: { containers: { command: unknown }[] } };
      expect(spec.containers[0]?.command, name).to.deep.equal(expected);
    }
  });

  it('are told from places outside of them', () => {
    const text =
      'a: |\n  x # {\nb: {c: [1, # ]\n  2],\n  d: "x\n  y"}\ne: f\ng: [h\n  i]\nj: &j {}\nk: *j\n';
    const events = parseEvents(text, { maxDepth: 10 });
    const inside = text
      .split('\n')
      .slice(0, -1)
      .map((_, line, lines) => lines.slice(0, line).join('\n').length + (line === 0 ? 0 : 1))
      .map((at) => isInside(events, text, at));
    expect(inside.map(Number)).to.deep.equal([0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0]);
  });

  it('keep the places of what comes after them', () => {
    const text = `${POD}    command: [\na,\nb\n]\n    securityContext: {\n    privileged: true\n    }\n`;
    const [document] = readYaml(text, 'pod.yaml');
    const path = ['spec', 'containers', 0, 'securityContext', 'privileged'];
    expect(document?.locate(path)).to.deep.include({ line: 14, column: 17 });
  });

  it('can be patched around', () => {
    const text = `${POD}    command: [\n      "a"\n    ]\n    securityContext: {\n      privileged: true\n    }\n`;
    const path = ['spec', 'containers', 0, 'securityContext', 'privileged'];
    expect(editDocument(text, [{ path, op: 'set', value: false }], { file: 'pod.yaml' })).to.equal(
      text.replace('true', 'false'),
    );
  });

  it('give the place of a mistake further down', () => {
    const text = `${POD}    command: [\na,\nb\n]\n    env: "x\n`;
    try {
      readYaml(text, 'pod.yaml');
      expect.fail('it was read');
    } catch (error) {
      expect(error).to.be.instanceOf(UserError);
      const [first] = (error as UserError).diagnostics;
      expect(first?.location?.line).to.be.within(13, 14);
    }
  });

  it('are refused, with a place, where there are too many to move', () => {
    // Without a limit this would take hours, which the timeout of the test would show.
    const text = `a: [\n${'x,\n'.repeat(200_000)}]\n`;
    expect(() => readYaml(text, 'long.yaml'))
      .to.throw(UserError)
      .with.nested.property('diagnostics[0].location.line')
      .that.is.greaterThan(1);
  });
});
