import { isMapping } from '../yaml/mapping.ts';

/** True when two values of YAML are equal, whatever the order of their keys. */
export function sameTree(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length && left.every((item, index) => sameTree(item, right[index]))
    );
  }
  if (!isMapping(left) || !isMapping(right)) return Object.is(left, right);
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameTree(left[key], right[key]))
  );
}
