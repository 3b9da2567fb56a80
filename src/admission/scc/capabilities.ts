/** The strategy for capabilities (apiserver-library-go /capabilities). Names compare as written, case included. */
import { child, invalid, type Failure, type Place } from './failure.ts';
import type { CapabilitiesView } from './read.ts';
import type { Scc } from './types.ts';

export type CapabilityRules = Pick<
  Scc,
  'allowedCapabilities' | 'defaultAddCapabilities' | 'requiredDropCapabilities'
>;

/** By code units, as Go sorts strings of ASCII. */
function union(left: readonly string[], right: readonly string[]): string[] {
  return [...new Set([...left, ...right])].sort();
}

/** The capabilities after mutation: sorted and without repetition only where something was added. */
export function generateCapabilities(
  rules: CapabilityRules,
  asked: CapabilitiesView | undefined,
): CapabilitiesView | undefined {
  const [askedAdd, askedDrop] = [new Set(asked?.add), new Set(asked?.drop)];
  const add = union(
    rules.defaultAddCapabilities.filter((name) => !askedDrop.has(name)),
    [...askedAdd],
  );
  const drop = union(rules.requiredDropCapabilities, [...askedDrop]);
  return add.length === askedAdd.size && drop.length === askedDrop.size ? asked : { add, drop };
}

/** Failures of the capabilities after mutation; `*` among the allowed skips every check, drops too. */
export function checkCapabilities(
  rules: CapabilityRules,
  place: Place,
  capabilities: CapabilitiesView | undefined,
): Failure[] {
  const { allowedCapabilities, defaultAddCapabilities, requiredDropCapabilities } = rules;
  const at = child(place, 'capabilities');
  if (capabilities === undefined) {
    if (defaultAddCapabilities.length === 0 && requiredDropCapabilities.length === 0) return [];
    return [invalid(at, null, 'required capabilities are not set on the securityContext')];
  }
  if (allowedCapabilities.includes('*')) return [];
  const added = capabilities.add
    .filter((name) => !defaultAddCapabilities.includes(name) && !allowedCapabilities.includes(name))
    .map((name) => invalid(child(at, 'add'), name, 'capability may not be added'));
  const value = { capabilities: capabilities.drop };
  const dropped = requiredDropCapabilities
    .filter((name) => !capabilities.drop.includes(name))
    .map((name) =>
      invalid(child(at, 'drop'), value, `${name} is required to be dropped but was not found`),
    );
  return [...added, ...dropped];
}
