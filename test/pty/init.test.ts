import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { fill, inFolder, snapshot } from '../helpers/temp-folder.ts';
import {
  children,
  choice,
  COLOR,
  CTRL_C,
  CTRL_D,
  ENTER,
  plain,
  PROGRAM,
  start,
  text,
  UP,
  yesNo,
} from './terminal.ts';

const FLAGS = [
  ...['--domino-version', '6.2.2', '--no-extended-catalog', '--block-storage', 'gce'],
  ...['--shared-storage', 'nfs', '--internal-registry', '--platform-namespace', 'p'],
  ...['--compute-namespace', 'c', '--system-namespace', 's', '--no-image-caching'],
  ...['--no-rootless-builds', '--no-components-openebs', '--hardening', 'strict'],
];

describe('init in a pseudo-terminal', function () {
  this.timeout(60_000);

  before(function () {
    if (existsSync(PROGRAM)) return;
    console.log('init in a pseudo-terminal: skipped, dist/ is not built (npm run build).');
    this.skip();
  });

  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    children.clear();
  });

  it('a full run: questions, preview, the file, generate', async () => {
    await inFolder(async (folder) => {
      const terminal = start(folder, []);
      await terminal.answer(choice('Where does the cluster run?'), UP.repeat(3) + ENTER);
      await terminal.answer(text('Which Kubernetes version?'), `1.99${ENTER}`);
      await terminal.answer('not "1.99"', `\x151.33${ENTER}`);
      await terminal.answer(text('Which Domino version?'), `6.2.2${ENTER}`);
      await terminal.answer(
        yesNo('Use the extended catalog (Falco, SMB, GPU metrics, New Relic)?'),
        ENTER,
      );
      await terminal.answer(text("namespace for Domino's own services?"), ENTER);
      await terminal.answer(text('image builds?'), `build${ENTER}`);
      await terminal.answer(text('cluster-wide parts of Domino?'), ENTER);
      await terminal.answer(choice('Which block storage?'), ENTER);
      await terminal.answer(choice('Which shared storage?'), `n${ENTER}`);
      await terminal.answer(yesNo('image registry inside the cluster?'), `n${ENTER}`);
      await terminal.answer(
        text('Address of your own image registry?'),
        `reg.example.org/d${ENTER}`,
      );
      await terminal.answer(yesNo('Are there GPU nodes?'), `y${ENTER}`);
      await terminal.answer(yesNo('Encrypt traffic between pods with Istio?'), '<');
      await terminal.answer(yesNo('Are there GPU nodes?'), `n${ENTER}`);
      await terminal.answer(yesNo('Encrypt traffic between pods with Istio?'), ENTER);
      await terminal.answer(yesNo('Cache images on the compute nodes?'), `n${ENTER}`);
      await terminal.answer(yesNo('Build images without root?'), ENTER);
      await terminal.answer(yesNo('Is OpenEBS the block storage?'), ENTER);
      await terminal.answer(choice('How strict shall the default security context be?'), ENTER);
      await terminal.answer('Pods that may do more than the default policy');
      expect(snapshot(folder)).to.deep.equal({});
      await terminal.answer(yesNo('Write ./deploy.yaml?'), ENTER);
      await terminal.answer('domino-podsec init ./deploy.yaml');
      await terminal.answer(yesNo('Generate the files for the cluster now?'), ENTER);
      expect(await terminal.ended()).to.equal(0);
      const values = readFileSync(join(folder, 'deploy.yaml'), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.trim().startsWith('#'));
      expect(values).to.deep.equal([
        'schema: "1.16"',
        'version: 6.2.2',
        ...[
          'namespaces:',
          '  platform:',
          '    name: domino-platform',
          '  compute:',
          '    name: build',
        ],
        ...[
          '  system:',
          '    name: domino-system',
          'storage_classes:',
          '  shared:',
          '    type: nfs',
        ],
        ...['external_docker_registry: reg.example.org/d', 'internal_docker_registry: null'],
        ...[
          'istio:',
          '  enabled: false',
          'gpu:',
          '  enabled: false',
          'image_caching:',
          '  enabled: false',
        ],
        ...['image_building:', '  rootless: false', 'extended_catalog: false', 'pod_security:'],
        ...[
          '  platform: gke',
          '  kubernetes_version: "1.33"',
          '  components:',
          '    openebs: false',
        ],
        '  hardening: documented',
      ]);
      expect(existsSync(join(folder, 'domino-podsec-out/README.md'))).to.equal(true);
      expect(terminal.raw()).to.match(COLOR);
    });
  });

  it('backing out at the end writes nothing', async () => {
    await inFolder(async (folder) => {
      const terminal = start(folder, [
        ...FLAGS,
        '--platform',
        'eks',
        '--kubernetes-version',
        '1.33',
        '--no-gpu',
      ]);
      await terminal.answer(yesNo('Encrypt traffic between pods with Istio?'), ENTER);
      await terminal.answer(yesNo('Write ./deploy.yaml?'), `n${ENTER}`);
      await terminal.answer('Nothing was written.');
      expect(await terminal.ended()).to.equal(2);
      expect(snapshot(folder)).to.deep.equal({});
    });
  });

  it('an existing file is not changed without a yes', async () => {
    await inFolder(async (folder) => {
      const old = { 'deploy.yaml': 'version: 6.2.2\ninternal_docker_registry: {}\n' };
      fill(folder, old);
      const terminal = start(folder, ['--yes']);
      await terminal.answer(text('Which Kubernetes version?'), `1.33${ENTER}`);
      await terminal.answer(yesNo('Change ./deploy.yaml?'), ENTER);
      expect(await terminal.ended()).to.equal(2);
      expect(snapshot(folder)).to.deep.equal(old);
    });
  });

  for (const [name, keys] of [
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
  ] as const) {
    for (const [kind, wanted, flags] of [
      ['a choice', choice('Where does the cluster run?'), []],
      ['a text', text('Which Kubernetes version?'), ['--platform', 'eks']],
      [
        'a yes or no',
        yesNo('Are there GPU nodes?'),
        [...FLAGS, '--platform', 'eks', '--kubernetes-version', '1.33'],
      ],
      [
        'the last question',
        yesNo('Write ./deploy.yaml?'),
        [...FLAGS, '--platform', 'eks', '--kubernetes-version', '1.33', '--no-gpu', '--no-istio'],
      ],
    ] as const) {
      it(`${name} at ${kind}: exit 130, no file`, async () => {
        await inFolder(async (folder) => {
          const terminal = start(folder, flags);
          await terminal.answer(wanted, keys);
          expect(await terminal.ended()).to.equal(130);
          expect(snapshot(folder)).to.deep.equal({});
          expect(plain(terminal.raw())).to.contain('Interrupted; nothing was changed.');
        });
      });
    }
  }

  it('a narrow window: nothing is wider, and every question can be answered', async () => {
    await inFolder(async (folder) => {
      const terminal = start(folder, [...FLAGS, '--kubernetes-version', '1.33', '--no-istio'], {
        columns: 40,
      });
      await terminal.answer(choice('Where does the cluster run?'), UP.repeat(4) + ENTER);
      await terminal.answer(yesNo('Are there GPU nodes?'), `y${ENTER}`);
      await terminal.answer(yesNo('Write ./deploy.yaml?'), ENTER);
      await terminal.answer(yesNo('Generate the files for the cluster now?'), `n${ENTER}`);
      expect(await terminal.ended()).to.equal(0);
      expect(readFileSync(join(folder, 'deploy.yaml'), 'utf8')).to.contain('platform: eks\n');
      // A word that is longer than the window, such as a path, stays whole.
      // Cursor movements between two drawings separate lines as well as a line break does.
      const wide = stripVTControlCharacters(terminal.raw().replace(/\x1b\[[0-9;]*[A-LSTf]/g, '\n'))
        .split(/\r?\n|\r/)
        .filter(
          (line) => line.length > 40 && line.trim().includes(' ') && !/^\s*\S{30,}/.test(line),
        );
      expect(wide).to.deep.equal([]);
    });
  });

  it('NO_COLOR: not one colour', async () => {
    await inFolder(async (folder) => {
      const flags = [...FLAGS, '--kubernetes-version', '1.33', '--no-istio'];
      const terminal = start(folder, flags, { env: { NO_COLOR: '1' } });
      await terminal.answer(choice('Where does the cluster run?'), ENTER);
      await terminal.answer(yesNo('Are there GPU nodes?'), `maybe${ENTER}`);
      await terminal.answer('Type y or n', `\x15y${ENTER}`);
      await terminal.answer(yesNo('Write ./deploy.yaml?'), ENTER);
      await terminal.answer(yesNo('Generate the files for the cluster now?'), `n${ENTER}`);
      expect(await terminal.ended()).to.equal(0);
      expect(terminal.raw()).not.to.match(COLOR);
    });
  });
});
