/** What would let a refused pod in. */
import type { PodInHand } from './admit-pod.ts';
import type { PodNeeds } from './admit-tallies.ts';

/** SCCs that a remedy names, the strictest first. */
const MAX_NAMED = 3;

/** Which flag says what a verdict depends on; nothing where none does. */
export function openRemedy({ judgement: { dependsOn } }: PodInHand): string {
  if (dependsOn.includes('the namespace of the object')) return 'Say --namespace NAME.';
  if (dependsOn.some((part) => part.startsWith('openshift.io/')))
    return 'Give the annotations of the namespace with --namespace-annotations FILE.';
  if (dependsOn.some((part) => part.startsWith('the labels of')))
    return 'Add the Namespace to the input, or say --level.';
  return '';
}

/** One sentence, or nothing where nothing is known. */
export function remedyOf(
  { judgement, namespace }: PodInHand,
  needs: PodNeeds,
  account: string,
): string {
  const byPsa = judgement.psa !== null && !judgement.psa.admitted;
  if (byPsa) {
    const level = needs.psa.level;
    return `Lower what the pod asks for, or label ${namespace === undefined ? 'its namespace' : `namespace ${namespace}`} pod-security.kubernetes.io/enforce: ${level}.`;
  }
  const admitting = needs.sccs?.admitting;
  if (admitting === undefined || admitting === null) return '';
  if (admitting.length === 0)
    return 'No SCC of this cluster admits the pod; lower what it asks for.';
  return `Bind ${admitting.slice(0, MAX_NAMED).join(' or ')} to the service account ${account}.`;
}
