/** Runs `init` without a terminal, on the real disk. */
import type { Io } from '../../src/io/io.ts';
import { nodeIo } from '../../src/io/node.ts';
import { main } from '../../src/main.ts';

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

export async function run(argv: readonly string[], over: Partial<Io> = {}): Promise<Ran> {
  const said = { stdout: '', stderr: '' };
  const io: Io = {
    ...nodeIo(),
    out: (text) => {
      said.stdout += text;
      return Promise.resolve();
    },
    err: (text) => {
      said.stderr += text;
    },
    stdinIsTerminal: false,
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    columns: 80,
    env: () => undefined,
    ...over,
  };
  const code = await main(['init', ...argv], io);
  return { code, ...said };
}

export const CANARY = 'canary-7f3a';
/** A configuration that is there, with a secret in it. */
export const OLD = `# Of the installer.
schema: "1.16"
version: 6.2.2
helm:
  image_registries:
    - {server: quay.io, username: u, password: "${CANARY}"}
internal_docker_registry: {}   # inside
`;
