import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readTree } from '../helpers/golden.ts';
import { deployText } from '../helpers/policy.ts';
import { useGenerate } from './generate-command.ts';

describe('generate', () => {
  const { folder, write, generate } = useGenerate();

  describe('bad input ends with 2, a place, and nothing written', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'.split('').map(
        (key, index) =>
          `${key}: &${key} [${Array(9)
            .fill(`*${'abcdefghi'.charAt(index)}`)
            .join(', ')}]`,
      ),
    ].join('\n');
    const rows: [string, string | Buffer, RegExp][] = [
      ['an empty file', '', /deploy\.yaml/],
      ['a comment only', '# nothing\n', /deploy\.yaml/],
      ['a list', '- a\n', /deploy\.yaml:1:1/],
      ['a broken line', 'schema: "1.16"\n  bad: [\n', /deploy\.yaml:\d+:\d+/],
      ['binary', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]), /deploy\.yaml/],
      ['not UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xff, 0xfe, 0x0a]), /deploy\.yaml/],
      ['an alias bomb', bomb, /deploy\.yaml:\d+:\d+/],
      ['wrong types', deployText('gpu: yes please\nistio: []'), /deploy\.yaml:\d+:\d+/],
      ['a template', 'schema: {{ .Values.schema }}\n', /deploy\.yaml:1/],
    ];
    for (const [name, content, place] of rows) {
      it(name, () => {
        write('deploy.yaml', content);
        const { code, stderr, stdout } = generate('--output', 'out');
        expect(code, stderr).to.equal(2);
        expect(stderr).to.match(place);
        expect(stderr).to.not.contain('bug in domino-podsec');
        expect([stdout, existsSync(join(folder(), 'out'))]).to.deep.equal(['', false]);
      });
    }

    it('a missing file, a folder, an unknown version, a file where the folder should be', () => {
      mkdirSync(join(folder(), 'dir'));
      write('deploy.yaml', deployText());
      write('taken', 'x');
      const codes = [
        ['absent.yaml'],
        ['dir'],
        ['--kubernetes-version', 'new'],
        ['--output', 'taken'],
        ['--output', 'taken/out'],
      ].map((args) => generate(...args).code);
      expect(codes).to.deep.equal([2, 2, 2, 2, 2]);
    });

    it('an output folder whose sub-folder leads elsewhere', () => {
      write('deploy.yaml', deployText());
      mkdirSync(join(folder(), 'out'));
      mkdirSync(join(folder(), 'elsewhere'));
      symlinkSync(join(folder(), 'elsewhere'), join(folder(), 'out/patches'));
      expect(generate('--output', 'out').code).to.equal(2);
      expect(readTree(join(folder(), 'elsewhere'))).to.deep.equal({});
    });
  });
});
