import { spawn, type IPty } from '@lydell/node-pty';
import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import { fill, inFolder, snapshot } from '../helpers/temp-folder.ts';

/** `npm test` builds it first. */
const PROGRAM = join(import.meta.dirname, '../../dist/bin.js');
const PATIENCE = 20_000;

const UP = '\x1b[A';
const ENTER = '\r';
const CTRL_C = '\x03';
const CTRL_D = '\x04';

/** What decides on prompts and colours must not come from whoever runs the tests. */
const DECIDING = ['CI', 'NO_COLOR', 'FORCE_COLOR'];

/** Programs that a failed test left at a question. */
const children = new Set<IPty>();

interface Terminal {
  /** Waits until the text comes after what was answered last, then types; nothing types nothing. */
  answer(text: string | RegExp, keys?: string): Promise<void>;
  /** Waits for the end of the program. */
  ended(): Promise<number>;
  /** Everything that was written, with its escape sequences. */
  raw(): string;
}

function start(
  folder: string,
  argv: readonly string[],
  { columns = 80, env = {} }: { columns?: number; env?: Record<string, string> } = {},
): Terminal {
  const inherited = Object.entries(process.env).filter(([name]) => !DECIDING.includes(name));
  const child: IPty = spawn(process.execPath, [PROGRAM, 'init', ...argv], {
    cols: columns,
    rows: 24,
    cwd: folder,
    env: { ...Object.fromEntries(inherited), TERM: 'xterm-256color', ...env },
  });
  children.add(child);
  let raw = '';
  let seen = 0;
  let code: number | undefined;
  const watchers = new Set<() => void>();
  const wake = (): void => {
    for (const watcher of [...watchers]) watcher();
  };
  child.onData((data) => {
    raw += data;
    wake();
  });
  child.onExit(({ exitCode }) => {
    code = exitCode;
    children.delete(child);
    wake();
  });
  const wait = <T>(look: () => T | undefined, what: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const end = (finish: () => void): void => {
        clearTimeout(timer);
        watchers.delete(check);
        finish();
      };
      const timer = setTimeout(() => {
        end(() => {
          reject(new Error(`No ${what} in:\n${stripVTControlCharacters(raw.slice(-2000))}`));
        });
      }, PATIENCE);
      const check = (): void => {
        const found = look();
        if (found !== undefined) {
          end(() => {
            resolve(found);
          });
        }
      };
      watchers.add(check);
      check();
    });
  return {
    answer: async (text, keys = '') => {
      const length = await wait(() => {
        const rest = plain(raw.slice(seen));
        const found = typeof text === 'string' ? rest.includes(text) : text.test(rest);
        return found ? raw.length : undefined;
      }, String(text));
      if (keys === '') return;
      seen = length;
      child.write(keys);
    },
    ended: () => wait(() => code, 'end'),
    raw: () => raw,
  };
}

/** Without escape sequences, line breaks and margins, so that a narrow window reads the same. */
function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/\s+/g, ' ');
}

const COLOR = /\x1b\[[0-9;]*m/;

/** A question is ready for keys when its last line is there. */
const ready = (question: string, end: string): RegExp =>
  new RegExp(`${question.replace(/[?()]/g, '\\$&').replaceAll(' ', '\\s')}.*${end}`);
const text = (question: string): RegExp => ready(question, '> ?');
const yesNo = (question: string): RegExp => ready(question, '\\([yY]/[nN]\\)');
const choice = (question: string): RegExp => ready(question, 'goes back');

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
