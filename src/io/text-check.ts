import { isUtf8 } from 'node:buffer';
import { fail } from '../diagnostics.ts';

/** Looks at the bytes of a file as they are read, piece by piece; throws UserError DPS1001. */
export interface TextCheck {
  add(bytes: Uint8Array): void;
  /** The end of the file: half a character there is an error. */
  end(): void;
}

/**
 * Refuses what is not UTF-8 text: NUL bytes and malformed sequences, each with its offset from 0.
 * kubectl refuses both, so a file that passes here and fails there cannot exist. A character may be
 * split between two pieces.
 */
export function createTextCheck(name: string): TextCheck {
  let offset = 0;
  let carry = new Uint8Array(0);
  const check = (piece: Uint8Array, isLast: boolean): void => {
    const start = offset - carry.length;
    if (offset === 0) refuseUtf16(name, piece);
    refuseBinary(name, piece, offset);
    const bytes = carry.length === 0 ? piece : Buffer.concat([carry, piece]);
    const whole = isLast ? bytes.length : bytes.length - unfinishedTail(bytes);
    const body = bytes.subarray(0, whole);
    if (!isUtf8(body)) refuseEncoding(name, start + firstMalformed(body));
    carry = new Uint8Array(bytes.subarray(whole));
    offset += piece.length;
  };
  return {
    add: (piece) => {
      check(piece, false);
    },
    end: () => {
      check(new Uint8Array(0), true);
    },
  };
}

/** Neither mark can begin UTF-8 text, so no valid file is refused. */
function refuseUtf16(name: string, bytes: Uint8Array): void {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  if (!isLittle && !(first === 0xfe && second === 0xff)) return;
  fail('DPS1001', `Cannot read ${name}: it is UTF-16 text, not UTF-8.`, {
    fix: 'Save it as UTF-8; in PowerShell add "| Out-File -Encoding utf8" to the command that wrote it.',
  });
}

function refuseBinary(name: string, bytes: Uint8Array, offset: number): void {
  const at = bytes.indexOf(0);
  if (at < 0) return;
  fail('DPS1001', `Cannot read ${name}: it is not text (NUL byte at offset ${offset + at}).`, {
    fix: 'Name a UTF-8 text file.',
  });
}

function refuseEncoding(name: string, offset: number): never {
  return fail('DPS1001', `Cannot read ${name}: it is not UTF-8 text (byte offset ${offset}).`, {
    fix: 'Save the file as UTF-8.',
  });
}

/** How many bytes at the end belong to a character whose rest is still to come (0 to 3). */
function unfinishedTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

/** The offset of the first byte that cannot be read: the longest valid start, by halving. */
function firstMalformed(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    const start = bytes.subarray(0, middle);
    if (isUtf8(start.subarray(0, middle - unfinishedTail(start)))) valid = middle;
    else invalid = middle;
  }
  return valid - unfinishedTail(bytes.subarray(0, valid));
}
