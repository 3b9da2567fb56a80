/**
 * Settling, once for pods that are alike. What becomes of a pod without a catalog row depends on the
 * run's decision options, its contexts, and the places and names of its containers: nothing else is read.
 */
import type { DecisionOptions } from '../security/decide.ts';
import { settle, type Settlement } from '../security/settle.ts';
import type { PolicyContext, Standing } from '../security/standing.ts';
import { asMap, templateContainers, type Json } from '../security/template.ts';
import { jsonKey } from '../workloads/spec-parts.ts';

const MAX_KEPT = 500;
/** A pod with more to say is not one of many. */
const MAX_LENGTH = 4096;

const kept = new WeakMap<DecisionOptions, Map<string, Settlement>>();

/** As `settle` with the limits of `standing`, which was found under `policy`; the result is not to be changed. */
export function settledSpec(spec: Json, standing: Standing, policy: PolicyContext): Settlement {
  // A catalog pod has limits of its own, by container.
  const key = standing.match === undefined ? keyOf(spec) : undefined;
  if (key === undefined) return settle(spec, standing.limitsOf);
  let known = kept.get(policy.decision);
  if (known === undefined) kept.set(policy.decision, (known = new Map<string, Settlement>()));
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = settle(spec, standing.limitsOf);
  // The copy holds nothing of the document, which may be large.
  if (known.size < MAX_KEPT) known.set(key, structuredClone(made));
  return made;
}

function keyOf(spec: Json): string | undefined {
  const parts: unknown[] = [asMap(spec.securityContext) ?? 0];
  for (const { list, index, name, value } of templateContainers(spec)) {
    parts.push(list, index, name, asMap(value.securityContext) ?? 0);
  }
  return jsonKey(parts, MAX_LENGTH);
}
