// A process that uses the real Io; its first argument says for what.
import process from 'node:process';
import { UserError } from '../../../../src/diagnostics.ts';
import { nodeIo } from '../../../../src/io/node.ts';
import { createSpill } from '../../../../src/io/spill.ts';
import { writeOutput } from '../../../../src/io/write.ts';

const io = nodeIo();
const [task = '', argument = '', other = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  switch (task) {
    case 'out': {
      // More than a pipe holds, so that the writer has to wait for a slow reader.
      for (let line = 0; line < Number(argument) && !io.outClosed; line++)
        await io.out(`${line}\n`);
      io.err(io.outClosed ? 'closed' : 'open');
      break;
    }
    case 'long': {
      await io.out('x'.repeat(Number(argument)));
      break;
    }
    case 'in': {
      const source = io.open('-');
      const buffer = new Uint8Array(64 * 1024);
      let total = 0;
      for (let count = source.read(buffer, 0); count > 0; count = source.read(buffer, 0))
        total += count;
      await io.out(`${source.name} ${total}`);
      break;
    }
    case 'write': {
      const files = Array.from({ length: 50 }, (_, index) => ({ path: `${index}`, content: 'x' }));
      let count = 0;
      // A signal that arrives while the files are staged, or after the journal.
      const steps = (step: string): void => {
        count += 1;
        if (step.startsWith(other) && count > 20) process.kill(process.pid, 'SIGINT');
      };
      const { interrupted } = await writeOutput(argument, files, { steps });
      await io.out(`interrupted ${interrupted}`);
      break;
    }
    case 'spill': {
      const spill = createSpill({ memoryLimit: 10 });
      for (let line = 0; line < 100_000; line++) spill.append(`line ${line}\n`);
      await spill.copyTo(io);
      break;
    }
    default: {
      await io.out('');
    }
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  io.err(error.message);
  process.exitCode = error.exitCode;
}
