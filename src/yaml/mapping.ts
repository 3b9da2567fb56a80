/** Mappings as the reader fills them: own properties only, merges that override, copies of aliases. */

/** True for a JSON object: not null, not a list. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sets an own property; `__proto__` is a key like any other. */
export function put(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value;
  else
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

/** The entries of a merge source override what is there: go-yaml writes them in the order of the text. */
export function merge(target: Record<string, unknown>, source: unknown): void {
  if (!isMapping(source)) return;
  for (const [key, value] of Object.entries(source)) put(target, key, value);
}

/** A copy that shares nothing with the original, so that an edit of one alias leaves the others alone. */
export function copyTree(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyTree);
  if (!isMapping(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) put(result, key, copyTree(entry));
  return result;
}

/** The share of nodes that may come from aliases: go-yaml's allowance, falling with the size. */
export function aliasShare(count: number): number {
  if (count <= 400_000) return 0.99;
  return count >= 4_000_000 ? 0.1 : 0.99 - (0.89 * (count - 400_000)) / 3_600_000;
}
