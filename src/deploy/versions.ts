/** Version texts of deploy.yaml: their patterns, their parts, their order. */
import type { KubernetesVersion, OpenShiftVersion } from './options.ts';

/** The oldest Kubernetes minor that any Domino release ran on (4.0). */
export const OLDEST_MINOR = 13;
/** OpenShift 4.N is built on Kubernetes 1.(N + 13), from 4.3 on. */
const OPENSHIFT_OFFSET = 13;

/** From 1.13, which Domino 4.0 needed, to 1.40: a later one is more likely a slip. */
export const KUBERNETES_PATTERN = /^v?1\.(1[3-9]|[23][0-9]|40)(\.[0-9]+)?$/;
export const OPENSHIFT_PATTERN = /^v?4\.([3-9]|1[0-9]|2[0-7])(\.[0-9]+)?$/;
export const DOMINO_PATTERN = /^v?[0-9]+\.[0-9]+(\.[0-9]+)?([-+.][0-9A-Za-z.-]+)?$/;
export const SCHEMA_PATTERN = /^[0-9]+\.[0-9]+$/;

export const KUBERNETES_FORM = 'a Kubernetes version from "1.13" to "1.40"';
export const OPENSHIFT_FORM = 'an OpenShift version such as "4.18" or "4.18.22" (4.3 to 4.27)';
export const DOMINO_FORM = 'a Domino version such as "5.11.1"';
export const SCHEMA_FORM = 'the version of the installer schema, such as "1.16"';

/** `1.29`, `v1.29` or `1.29.4` as its minor; undefined for any other text. */
export function parseKubernetes(text: string): KubernetesVersion | undefined {
  const match = KUBERNETES_PATTERN.exec(text);
  return match ? { minor: Number(match[1]) } : undefined;
}

/** `4.18` or `4.18.22`; undefined for any other text. */
export function parseOpenShift(text: string): OpenShiftVersion | undefined {
  const match = OPENSHIFT_PATTERN.exec(text);
  if (!match) return undefined;
  const minor = Number(match[1]);
  return match[2] === undefined ? { minor } : { minor, patch: Number(match[2].slice(1)) };
}

/** The numbers of a Domino version without a tag behind it: `6.2.2.catalog-1a2b` is `6.2.2`. */
export function plainDominoVersion(text: string): string | undefined {
  if (!DOMINO_PATTERN.test(text)) return undefined;
  return /^v?([0-9]+\.[0-9]+(?:\.[0-9]+)?)/.exec(text)?.[1];
}

export function kubernetesOf(openshift: OpenShiftVersion): KubernetesVersion {
  return { minor: openshift.minor + OPENSHIFT_OFFSET };
}

/** undefined below 1.16, which no OpenShift 4 with that rule was built on. */
export function openshiftOf(kubernetes: KubernetesVersion): OpenShiftVersion | undefined {
  return kubernetes.minor < 16 ? undefined : { minor: kubernetes.minor - OPENSHIFT_OFFSET };
}

/** Negative, 0 or positive, by the numbers of two dotted versions; missing parts count as 0. */
export function compareVersions(left: string, right: string): number {
  const a = left.split('.').map(Number);
  const b = right.split('.').map(Number);
  for (let part = 0; part < Math.max(a.length, b.length); part++) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Which Domino releases use a schema: the first and the last minor that is known (5.4 page, 5.7 and 5.8 examples, 6.2 reference). */
export const schemaReleases: Readonly<Record<string, { first: string; last: string }>> = {
  '1.0': { first: '4.1', last: '5.2' },
  '1.1': { first: '5.3', last: '5.3' },
  '1.2': { first: '5.4', last: '5.6' },
  '1.3': { first: '5.4', last: '5.6' },
  '1.4': { first: '5.7', last: '5.7' },
  '1.5': { first: '5.8', last: '5.8' },
  '1.16': { first: '6.2', last: '6.2' },
};

export const NEWEST_SCHEMA = '1.16';
/** Up to this schema every key is known; later ones grow, so unknown keys are only warned of. */
export const LAST_CLOSED_SCHEMA = '1.4';
