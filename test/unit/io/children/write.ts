// Writes the files of a JSON argument and dies at step N, as a killed process does.
import process from 'node:process';
import { replaceFiles } from '../../../../src/io/atomic.ts';
import { writeOutput, type OutputFile } from '../../../../src/io/write.ts';

const [mode = '', folder = '', files = '[]', step = '0'] = process.argv.slice(2);
let count = 0;
const steps = (): void => {
  count += 1;
  if (count === Number(step)) process.kill(process.pid, 'SIGKILL');
};
const parsed = JSON.parse(files) as OutputFile[];
if (mode === 'output') await writeOutput(folder, parsed, { steps });
else
  await replaceFiles(
    parsed.map((file) => ({ ...file, path: `${folder}/${file.path}` })),
    { steps },
  );
console.log(count);
