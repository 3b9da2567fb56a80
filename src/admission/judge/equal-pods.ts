/** What is found of a pod, found once for all pods that no engine can tell apart. */
import { podKey } from './pod-key.ts';
import type { PodRequest } from './types.ts';

const MAX_KNOWN = 500;
/** After this many pods of their own kind, looking for equals must pay off or is given up. */
const TRIAL = 2000;

/**
 * The same function in bounded memory. `find` may depend on nothing but what the request holds and
 * engines read, and its result must be JSON; where it is not the first, it is a copy.
 */
export function oncePerKind<R extends PodRequest, T>(find: (request: R) => T): (request: R) => T {
  const known = new Map<string, T>();
  let [hits, misses] = [0, 0];
  return (request) => {
    if (misses > TRIAL && hits < misses) return find(request);
    const { pod, kind, isTemplate, namespace } = request;
    const own = podKey(pod);
    if (own === undefined) return find(request);
    const key = JSON.stringify([kind, isTemplate, namespace ?? 0]) + own;
    const found = known.get(key);
    if (found !== undefined) {
      hits++;
      return found;
    }
    misses++;
    const made = find(request);
    if (known.size >= MAX_KNOWN) known.clear();
    // A copy: texts of the pod are parts of its document, which must not stay for them.
    known.set(key, JSON.parse(JSON.stringify(made)) as T);
    return made;
  };
}
