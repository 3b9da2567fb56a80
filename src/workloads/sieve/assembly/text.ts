/**
 * The letters of JSON, in the strict grammar of RFC 8259. Whatever is read is copied to `out`; who does
 * not want it moves `out` back. Behind the input stands a zero, which is no part of any JSON: nothing
 * reads past it.
 */

const TAB: i32 = 9;
const LINE_FEED: i32 = 10;
const RETURN: i32 = 13;
const SPACE: i32 = 32;
const QUOTE: i32 = 34;
const PLUS: i32 = 43;
const MINUS: i32 = 45;
const POINT: i32 = 46;
const ZERO: i32 = 48;
const NINE: i32 = 57;
const BACKSLASH: i32 = 92;

/** The next byte to read, and the next to write. */
export let at: i32 = 0;
export let out: i32 = 0;
/** Line feeds passed, and where the last of them stands. */
export let lines: i32 = 0;
export let lastLine: i32 = 0;
/** A string had an escape that could be written in another way. */
export let isOdd: bool = false;

export function begin(input: i32): void {
  at = input;
  lines = 0;
  lastLine = input - 1;
}

export function moveTo(place: i32): void {
  at = place;
}

export function writeTo(place: i32): void {
  out = place;
}

export function clearOdd(): void {
  isOdd = false;
}

export function put(byte: i32): void {
  store<u8>(out, byte);
  out++;
}

/** A few bytes: memory.copy would call out of the program for them. */
export function copy(from: i32, length: i32): void {
  for (let index = 0; index < length; index += 16) v128.store(out + index, v128.load(from + index));
  out += length;
}

/** Passes white space; after a line feed, which begins the indentation, sixteen bytes at a time. */
export function space(): void {
  for (let byte: i32 = load<u8>(at); byte <= SPACE; byte = load<u8>(at)) {
    if (byte == LINE_FEED) {
      lines++;
      lastLine = at;
      at++;
      indentation();
    } else if (byte == SPACE || byte == TAB || byte == RETURN) {
      at++;
    } else {
      return;
    }
  }
}

function indentation(): void {
  for (;;) {
    const spaces = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(<i8>SPACE)));
    if (spaces != 0xffff) {
      at += ctz(~spaces);
      return;
    }
    at += 16;
  }
}

/** A string, from its quote on. False: it is none. */
export function text(): bool {
  at++;
  put(QUOTE);
  while (true) {
    const bytes = v128.load(at);
    v128.store(out, bytes);
    const ends = i8x16.bitmask(
      v128.or(
        i8x16.eq(bytes, i8x16.splat(<i8>QUOTE)),
        v128.or(
          i8x16.eq(bytes, i8x16.splat(<i8>BACKSLASH)),
          i8x16.lt_u(bytes, i8x16.splat(<i8>SPACE)),
        ),
      ),
    );
    if (ends == 0) {
      at += 16;
      out += 16;
      continue;
    }
    const length = ctz(ends);
    at += length;
    out += length;
    const byte: i32 = load<u8>(at);
    if (byte == QUOTE) {
      at++;
      out++;
      return true;
    }
    if (byte != BACKSLASH || !escape()) return false;
  }
}

function escape(): bool {
  const byte: i32 = load<u8>(at + 1);
  let length = 2;
  if (byte == 0x75 /* u */) {
    for (; length < 6; length++) if (!isHex(load<u8>(at + length))) return false;
  } else if (!isEscapable(byte)) {
    return false;
  }
  if (byte != QUOTE && byte != BACKSLASH) isOdd = true;
  copy(at, length);
  at += length;
  return true;
}

function isEscapable(byte: i32): bool {
  switch (byte) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f /* slash */:
    case 0x62 /* b */:
    case 0x66 /* f */:
    case 0x6e /* n */:
    case 0x72 /* r */:
    case 0x74 /* t */:
      return true;
    default:
      return false;
  }
}

function isHex(byte: i32): bool {
  const letter = byte | 0x20;
  return isDigit(byte) || (letter >= 0x61 && letter <= 0x66);
}

function isDigit(byte: i32): bool {
  return byte >= ZERO && byte <= NINE;
}

/** A number, true, false or null. What follows is for the caller to refuse. */
export function scalar(): bool {
  const start = at;
  const word = load<u32>(at);
  if (word == 0x65757274 /* true */ || word == 0x6c6c756e /* null */) at += 4;
  else if (word == 0x736c6166 /* fals */ && load<u8>(at + 4) == 0x65) at += 5;
  else if (!number()) return false;
  copy(start, at - start);
  return true;
}

function number(): bool {
  if (load<u8>(at) == MINUS) at++;
  if (load<u8>(at) == ZERO) at++;
  else if (!digits()) return false;
  if (load<u8>(at) == POINT) {
    at++;
    if (!digits()) return false;
  }
  if ((load<u8>(at) | 0x20) != 0x65 /* e */) return true;
  at++;
  const sign: i32 = load<u8>(at);
  if (sign == PLUS || sign == MINUS) at++;
  return digits();
}

function digits(): bool {
  const start = at;
  while (isDigit(load<u8>(at))) at++;
  return at > start;
}
