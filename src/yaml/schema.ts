/**
 * What a scalar means to Kubernetes: the resolution of sigs.k8s.io/yaml (YAML 1.1 booleans, octals
 * with and without `o`, underscores; no dates, no base 60), which no schema of a JavaScript parser has.
 */
const WORDS: ReadonlyMap<string, boolean | null | number> = new Map<
  string,
  boolean | null | number
>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);
const LONGEST_WORD = 5;
const ZERO = 48;

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const POINT_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;

/** What kind of scalar the first character allows, so that ordinary words cost one lookup. */
const FIRST = new Uint8Array(128);
const WORD = 1;
const NUMBER = 2;
const POINT = 3;
for (const char of 'yYnNtTfFoO~') FIRST[char.charCodeAt(0)] = WORD;
for (const char of '+-0123456789') FIRST[char.charCodeAt(0)] = NUMBER;
FIRST['.'.charCodeAt(0)] = POINT;

/** The value of a plain (unquoted, untagged) scalar: text, number, boolean or null. */
export function resolvePlain(source: string): string | number | boolean | null {
  if (source === '') return null;
  const code = source.charCodeAt(0);
  const hint = code < 128 ? FIRST[code] : 0;
  if (hint === 0) return source;
  if (source.length <= LONGEST_WORD) {
    const word = WORDS.get(source);
    if (word !== undefined) return word;
  }
  if (hint === NUMBER) return resolveNumber(source) ?? source;
  if (hint === POINT && POINT_FLOAT.test(source)) {
    return finite(Number(source.replaceAll('_', ''))) ?? source;
  }
  return source;
}

/** Digits that a number holds exactly. */
const FEW_DIGITS = 15;

/** A decimal without sign, which most numbers of a manifest are. */
function isSimple(source: string): boolean {
  if (source.length > FEW_DIGITS || (source.length > 1 && source.startsWith('0'))) return false;
  for (let at = 0; at < source.length; at++) {
    const digit = source.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return false;
  }
  return true;
}

function resolveNumber(source: string): number | undefined {
  if (isSimple(source)) return Number(source);
  const plain = source.includes('_') ? source.replaceAll('_', '') : source;
  const match = INTEGER.exec(plain);
  if (match !== null) {
    const [, sign, hex, binary, octal, decimal] = match;
    const value =
      decimal === undefined
        ? based(hex ?? binary ?? octal ?? '', radix(hex, binary))
        : Number(decimal);
    const limit = sign === '' ? 2 ** 64 : 2 ** 63;
    if (value < limit || decimal !== undefined) return sign === '-' ? 0 - value : value;
  }
  return FLOAT.test(plain) ? finite(Number(plain)) : undefined;
}

function radix(hex: string | undefined, binary: string | undefined): number {
  if (hex !== undefined) return 16;
  return binary === undefined ? 8 : 2;
}

function based(digits: string, base: number): number {
  return Number.parseInt(digits, base);
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

const TAG_PREFIX = 'tag:yaml.org,2002:';
const TAGS: Record<string, (source: string) => unknown> = {
  str: (source) => source,
  null: (source) => only(resolvePlain(source), (value) => value === null),
  bool: (source) => only(resolvePlain(source), (value) => typeof value === 'boolean'),
  int: (source) => only(resolvePlain(source), (value) => Number.isInteger(value)),
  float: (source) => only(resolvePlain(source), (value) => typeof value === 'number'),
};

/** The value of a scalar with an explicit tag; undefined when the tag is unknown or does not fit. */
export function resolveTagged(rawTag: string, source: string): unknown {
  if (rawTag === '!') return source;
  const name = coreTagName(rawTag);
  if (name === undefined || !Object.hasOwn(TAGS, name)) return undefined;
  return TAGS[name]?.(source);
}

/** `map` of `!!map` or `!<tag:yaml.org,2002:map>`; undefined for tags outside YAML's own. */
export function coreTagName(rawTag: string): string | undefined {
  if (rawTag.startsWith('!!')) return rawTag.slice(2);
  if (rawTag.startsWith(`!<${TAG_PREFIX}`) && rawTag.endsWith('>')) {
    return rawTag.slice(2 + TAG_PREFIX.length, -1);
  }
  return undefined;
}

function only<Value>(value: Value, fits: (value: Value) => boolean): Value | undefined {
  return fits(value) ? value : undefined;
}

/**
 * The text of a key as it stands in JSON: `on` is `"true"`, `0o17` is `"15"`. Undefined for null,
 * which Kubernetes refuses as a key.
 */
export function plainKey(source: string): string | undefined {
  const value = resolvePlain(source);
  if (typeof value === 'string') return value;
  if (value === null) return undefined;
  if (typeof value === 'number' && !INTEGER.test(source.replaceAll('_', '')))
    return floatKey(value);
  return String(value);
}

/** A float as a key: the shortest form that is exact in 32 bits, with an exponent from 1e6 up and below 1e-4. */
function floatKey(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  const single = Math.fround(value);
  let digits = 1;
  while (digits < 9 && Math.fround(Number(single.toPrecision(digits))) !== single) digits++;
  const shortest = Number(single.toPrecision(digits));
  const [mantissa = '', exponent = '0'] = shortest.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(shortest);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}
