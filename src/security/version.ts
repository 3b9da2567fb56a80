/** Dotted versions: their order, and ranges of Domino releases. */

/** The leading numbers of a version: `v5.11.1` is 5, 11, 1; `6.2.2.catalog-34a6626` is 6, 2, 2. */
function numbersOf(version: string): number[] {
  const match = /^v?(\d+(?:\.\d+)*)/.exec(version);
  return (match?.[1] ?? '').split('.').map(Number);
}

/**
 * Compares by the numbers of the parts, so that 5.11 comes after 5.4; missing parts count as 0 and
 * what follows the numbers (a catalog tag) does not count.
 * @returns negative, 0 or positive, as a sort function does
 */
export function compareVersions(left: string, right: string): number {
  const a = numbersOf(left);
  const b = numbersOf(right);
  for (let part = 0; part < Math.max(a.length, b.length); part++) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

/**
 * Whether a Domino version lies in a range; `since` is included, `before` is not.
 * @param version undefined: not known, which counts as the newest
 */
export function versionInRange(
  version: string | undefined,
  range: { since?: string; before?: string },
): boolean {
  if (version === undefined) return range.before === undefined;
  if (range.since !== undefined && compareVersions(version, range.since) < 0) return false;
  return range.before === undefined || compareVersions(version, range.before) < 0;
}
