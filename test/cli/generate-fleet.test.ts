import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readTree } from '../helpers/golden.ts';
import { runCli } from '../helpers/run-cli.ts';
import { deployText } from '../helpers/policy.ts';
import { useTempFolder } from '../helpers/temp-folder.ts';

describe('generate, a fleet', () => {
  const folder = useTempFolder();
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder(), name), text);
  };
  const generate = (...args: string[]) => runCli(['generate', ...args], { cwd: folder() });

  it('writes a folder for each of several inputs, in one transaction', () => {
    write('a.yaml', deployText());
    write('b.yaml', deployText('storage_classes:\n  block:\n    type: ebs'));
    expect(generate('a.yaml', 'b.yaml', '--output', 'out').code).to.equal(0);
    const files = Object.keys(readTree(join(folder(), 'out')));
    expect(files).to.include('a/namespaces.yaml');
    expect(files).to.include('b/patches/aws-ebs-csi-driver-node.yaml');
    write('b.yaml', 'schema: [');
    write('a.yaml', deployText('gpu:\n  enabled: true'));
    const before = readTree(join(folder(), 'out'));
    expect(generate('a.yaml', 'b.yaml', '--output', 'out').code).to.equal(2);
    expect(readTree(join(folder(), 'out'))).to.deep.equal(before);
  });

  it('tells the problems of every input, a flag once, and of which input a remark is', () => {
    const efs = 'storage_classes:\n  shared:\n    type: efs';
    write('a.yaml', deployText(efs));
    write('b.yaml', deployText(efs));
    const remarks = generate('a.yaml', 'b.yaml', '--output', 'out').stderr;
    expect(remarks).to.match(/^a\.yaml:1:1 warning DPS3001/m);
    expect(remarks).to.match(/^b\.yaml:1:1 warning DPS3001/m);
    write('a.yaml', 'schema: [');
    write('b.yaml', deployText('gpu: 3'));
    const { code, stderr } = generate('a.yaml', 'b.yaml', '--output', 'out');
    expect([
      code,
      /^a\.yaml:1:/m.test(stderr),
      /^b\.yaml:\d+:\d+ error/m.test(stderr),
    ]).to.deep.equal([2, true, true]);
    const flag = generate('b.yaml', 'c.yaml', '--kubernetes-version', 'new').stderr;
    expect(flag.match(/--kubernetes-version must be/g)).to.have.length(1);
  });

  it('names the folders of a fleet by the files, whatever their order', () => {
    for (const name of ['p/a', 'q/a']) {
      mkdirSync(join(folder(), name), { recursive: true });
      write(`${name}/deploy.yaml`, deployText());
    }
    const [one, two] = ['p/a/deploy.yaml', 'q/a/deploy.yaml'];
    expect(generate(one, two, '--output', 'out').code).to.equal(0);
    expect(generate(two, one, '--output', 'out', '--check').code).to.equal(0);
    expect(Object.keys(readTree(join(folder(), 'out')))).to.include('p-a/namespaces.yaml');
    expect(generate(one, one, '--output', 'out').code).to.equal(2);
  });
});
