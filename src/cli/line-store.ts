/** Records of a run in bounded memory: lines of JSON, on disk once there are many. */
import { createSpill, type SpillOptions } from '../io/spill.ts';

export interface LineStore<T> {
  add: (record: T) => void;
  /** In the order of `add`; may be walked several times. */
  readonly records: Iterable<T>;
  readonly isOnDisk: boolean;
  close: () => void;
}

const MEMORY = 8 * 1024 * 1024;
/** Lines are handed over in pieces of this size: a write a record would be slow. */
const PIECE = 64 * 1024;

/** UserError DPS1002 from `add` when the disk of the temporary file is full. */
export function lineStore<T>(options: SpillOptions = {}): LineStore<T> {
  const spill = createSpill({ memoryLimit: MEMORY, ...options });
  let waiting: string[] = [];
  let size = 0;
  const flush = (): void => {
    if (waiting.length === 0) return;
    spill.append(waiting.join(''));
    waiting = [];
    size = 0;
  };
  return {
    add(record) {
      const line = `${JSON.stringify(record)}\n`;
      waiting.push(line);
      size += line.length;
      if (size >= PIECE) flush();
    },
    records: {
      *[Symbol.iterator]() {
        flush();
        for (const line of lines(spill.texts())) yield JSON.parse(line) as T;
      },
    },
    get isOnDisk() {
      return spill.isOnDisk;
    },
    close: () => {
      spill.close();
    },
  };
}

/** One line at a time: a list of all lines of a piece would outlive the garbage collector's young space. */
function* lines(texts: Iterable<string>): Generator<string> {
  let rest = '';
  for (const text of texts) {
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      yield rest + text.slice(start, end);
      rest = '';
      start = end + 1;
    }
    rest += text.slice(start);
  }
}
