/** Scalars and keys as text that every reader of YAML takes for the same value. */
import { SCALAR_STYLE, type ScalarStyle } from '../../yaml/js-yaml.ts';
import { resolvePlain } from '../../yaml/schema.ts';

/** Words without any character that YAML or a reader of some version gives a meaning. */
const WORD = /^[A-Za-z_][A-Za-z0-9_./-]*$/;
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff]/g;
const SIMPLE = /^[ -~]*$/;

/** A scalar's text. `json`: double quotes around every string. `style`: that of the value it replaces. */
export function scalarText(value: unknown, json: boolean, style?: ScalarStyle): string {
  if (typeof value !== 'string') return JSON.stringify(value ?? null);
  if (!json && style === SCALAR_STYLE.SINGLE_QUOTED && SIMPLE.test(value)) {
    return `'${value.replaceAll("'", "''")}'`;
  }
  const quoted = json || style === SCALAR_STYLE.DOUBLE_QUOTED || !isPlain(value);
  return quoted ? quote(value) : value;
}

/** A key's text. */
export function keyText(name: string, json: boolean): string {
  return json || !isPlain(name) ? quote(name) : name;
}

function isPlain(text: string): boolean {
  return WORD.test(text) && resolvePlain(text) === text;
}

function quote(text: string): string {
  return JSON.stringify(text).replace(
    UNPRINTABLE,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
