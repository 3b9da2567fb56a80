/** Places and duplicate keys in a JSON object of more than one batch, which is read field by field. */
import type { Location } from '../diagnostics.ts';
import { locator } from '../yaml/lines.ts';
import type { Duplicate, Path } from '../yaml/read.ts';
import { formOf, jsonDuplicates, jsonPositions, type JsonText } from './json-place.ts';
import type { BigField, BigValue } from './json-stream.ts';

/** As Positions.locate, without having the text of the object as a whole. */
export function locateInBig(
  { line, column, fields }: BigValue,
  file: string,
): (path: Path, what?: 'key' | 'value') => Location {
  return (path, what) => {
    const field = fields.findLast(({ key }) => key === path[0]);
    const found =
      field === undefined
        ? undefined
        : placeIn(fieldText(field, file, !formOf(field).hasDuplicates), path.slice(1), what);
    return found ?? { file, line, column };
  };
}

function placeIn(text: JsonText, path: Path, what?: 'key' | 'value'): Location | undefined {
  return jsonPositions(() => text).locate(path, what);
}

/** Keys given twice, at the top and in the fields. */
export function duplicatesInBig({ fields }: BigValue, file: string): Duplicate[] {
  const first = new Map<string, Location>();
  const found: Duplicate[] = [];
  for (const field of fields) {
    const second = keyOf(field, file);
    const before = first.get(field.key);
    if (before === undefined) first.set(field.key, second);
    else found.push({ path: [field.key], first: before, second });
    if (!formOf(field).hasDuplicates) continue;
    for (const inner of jsonDuplicates(fieldText(field, file, false))) {
      found.push({ ...inner, path: [field.key, ...inner.path] });
    }
  }
  return found;
}

function fieldText(field: BigField, file: string, unique: boolean): JsonText {
  const { text: whole, line, column } = field;
  const at = locator(whole, { file, line, column });
  return { whole, start: 0, end: whole.length, at, unique, key: keyOf(field, file) };
}

function keyOf({ keyLine: line, keyColumn: column, keyLength }: BigField, file: string): Location {
  return { file, line, column, endLine: line, endColumn: column + keyLength };
}
