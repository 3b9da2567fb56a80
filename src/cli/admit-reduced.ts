/** A pod of the input as another configuration of Domino would install it. */
import { identityOf } from '../security/identity.ts';
import { settle, type Settlement } from '../security/settle.ts';
import { standingOf, type PolicyContext, type Standing } from '../security/standing.ts';
import type { Json } from '../security/template.ts';
import { isDeepStrictEqual } from '../security/equal.ts';
import { isMapping } from '../yaml/mapping.ts';
import type { PodInHand } from './admit-pod.ts';

type Pod = PodInHand['pod'];

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'] as const;

function names({ pod }: Standing): string {
  return (pod?.reduced ?? []).map(({ by }) => by).join('; ');
}

/** What the reductions of an option change in a container's context; what they do not touch is kept as written. */
function changedContext(context: Json, before: Json, after: Json): Json {
  const result: Json = { ...context };
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (isDeepStrictEqual(before[key], after[key])) continue;
    if (after[key] === undefined) Reflect.deleteProperty(result, key);
    else result[key] = after[key];
  }
  return result;
}

function contextIn({ containers }: Settlement, list: string, index: number): Json {
  return containers.find((one) => one.list === list && one.index === index)?.context ?? {};
}

function reducedSpec(spec: Json, before: Standing, after: Standing): Json {
  const old = settle(spec, before.limitsOf);
  const now = settle(spec, after.limitsOf);
  const dropped = new Set((after.pod?.reduced ?? []).flatMap(({ drops }) => drops));
  const result: Json = { ...spec };
  for (const list of LISTS) {
    const items = spec[list];
    if (!Array.isArray(items)) continue;
    result[list] = (items as unknown[]).flatMap((item, index) => {
      if (!isMapping(item)) return [item];
      if (dropped.has(String(item.name))) return [];
      const own = isMapping(item.securityContext) ? item.securityContext : {};
      const context = contextIn(now, list, index);
      const securityContext = changedContext(own, contextIn(old, list, index), context);
      return [{ ...item, securityContext }];
    });
  }
  return result;
}

/** The pod under `after` where it stands under `before` as written; null: not installed any more. */
export function reducedPod(
  { object, template }: PodInHand,
  pod: Pod,
  before: PolicyContext,
  after: PolicyContext,
): Pod | null {
  const identity = identityOf(object, template);
  const { spec } = template;
  const [was, is] = [standingOf(identity, spec, before), standingOf(identity, spec, after)];
  if (was.state === 'catalog' && is.state === 'not-expected') return null;
  if (is.state !== 'catalog' || names(was) === names(is) || !isMapping(pod['spec'])) return pod;
  return { ...pod, spec: reducedSpec(pod['spec'], was, is) };
}
