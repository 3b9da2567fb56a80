/** Sources that may be read twice: standard input is kept in a temporary file while it is read. */
import type { ByteSource, Io } from '../io/io.ts';
import { createSpill, type Spill } from '../io/spill.ts';

export interface Sources {
  open: (file: string) => ByteSource;
  close: () => void;
}

/** Files are opened again; what came through a pipe is read from its copy the second time. */
export function repeatableSources(io: Io): Sources {
  let spill: Spill | undefined;
  let isComplete = false;
  return {
    open(file) {
      if (file !== '-') return io.open(file);
      if (spill !== undefined && isComplete) return replay(spill);
      const copy = (spill = createSpill());
      const source = io.open(file);
      return {
        name: source.name,
        read(buffer, offset) {
          const count = source.read(buffer, offset);
          if (count > 0) copy.append(buffer.subarray(offset, offset + count));
          else isComplete = true;
          return count;
        },
        close() {
          source.close();
        },
      };
    },
    close() {
      spill?.close();
    },
  };
}

function replay(spill: Spill): ByteSource {
  const chunks = spill.chunks();
  let chunk: Uint8Array = new Uint8Array(0);
  let at = 0;
  return {
    name: '<stdin>',
    read(buffer, offset) {
      while (at === chunk.length) {
        const next = chunks.next();
        if (next.done === true) return 0;
        chunk = next.value;
        at = 0;
      }
      const count = Math.min(buffer.length - offset, chunk.length - at);
      buffer.set(chunk.subarray(at, at + count), offset);
      at += count;
      return count;
    },
    close: () => undefined,
  };
}
