/** A ByteSource made of literals, which hands its bytes out in pieces. */
import type { ByteSource } from '../../src/io/io.ts';

/** `piece`: the most bytes that one read gives, to move document borders over the buffer's. */
export function byteSource(
  content: string | Uint8Array,
  name = 'f.yaml',
  piece = Infinity,
): ByteSource {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  let at = 0;
  return {
    name,
    read(buffer, offset) {
      const count = Math.min(buffer.length - offset, bytes.length - at, piece);
      buffer.set(bytes.subarray(at, at + count), offset);
      at += count;
      return count;
    },
    close() {
      at = bytes.length;
    },
  };
}
