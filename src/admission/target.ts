/** The cluster that pods are judged for. */

export interface AdmitTarget {
  /** N of Kubernetes 1.N. */
  readonly kubernetes: number;
  /** Present on OpenShift: 4.`minor`, or 4.`minor`.`z` where the z-stream is known. */
  readonly openshift?: { readonly minor: number; readonly z?: number };
}

/** What is wrong with the wanted target, and what to do. */
export interface TargetProblem {
  readonly problem: string;
  readonly fix: string;
}

/** The releases whose SCCs are built in (contracts: admit). */
export const FIRST_OPENSHIFT = 10;
export const LAST_OPENSHIFT = 23;
/** The newest Kubernetes that is taken; policies newer than the rules built in are read as the newest. */
const LAST_KUBERNETES = 40;
/** OpenShift 4.N is built on Kubernetes 1.(N + 13). */
const OFFSET = 13;

const KUBERNETES = /^v?1\.([0-9]{1,2})(?:\.[0-9]+)?$/;
const OPENSHIFT = /^v?4\.([0-9]{1,2})(?:\.([0-9]+))?$/;

/** The target of an OpenShift release, or why there is none. */
export function openshiftTarget(minor: number, z?: number): AdmitTarget | TargetProblem {
  if (minor < FIRST_OPENSHIFT || minor > LAST_OPENSHIFT) {
    return {
      problem: `The SCCs of OpenShift 4.${minor} are not known.`,
      fix: `Name a release from 4.${FIRST_OPENSHIFT} to 4.${LAST_OPENSHIFT}.`,
    };
  }
  return { kubernetes: minor + OFFSET, openshift: { minor, ...(z === undefined ? {} : { z }) } };
}

function kubernetesMinor(text: string): number | TargetProblem {
  const minor = Number(KUBERNETES.exec(text)?.[1] ?? -1);
  if (minor >= 0 && minor <= LAST_KUBERNETES) return minor;
  return {
    problem: `--kubernetes-version must be a version from 1.0 to 1.${LAST_KUBERNETES}; got "${text}".`,
    fix: 'Write it as 1.N.',
  };
}

/** Both given must be the same cluster: 4.N is Kubernetes 1.(N + 13). */
function agreed(target: AdmitTarget | TargetProblem, text: string): AdmitTarget | TargetProblem {
  const minor = kubernetesMinor(text);
  if ('problem' in target) return target;
  if (typeof minor !== 'number') return minor;
  if (target.kubernetes === minor) return target;
  return {
    problem: `OpenShift 4.${target.openshift?.minor ?? 0} is Kubernetes 1.${target.kubernetes}, but --kubernetes-version says "${text}".`,
    fix: 'Leave one of the two out.',
  };
}

/** The target that the two version flags name; a problem where they name none. */
export function readTarget(
  kubernetes: string | undefined,
  openshift: string | undefined,
): AdmitTarget | TargetProblem {
  if (openshift !== undefined) {
    const match = OPENSHIFT.exec(openshift);
    if (match === null) {
      return {
        problem: `--openshift-version must be 4.N or 4.N.Z; got "${openshift}".`,
        fix: `Name a release from 4.${FIRST_OPENSHIFT} to 4.${LAST_OPENSHIFT}.`,
      };
    }
    const z = match[2] === undefined ? undefined : Number(match[2]);
    const target = openshiftTarget(Number(match[1]), z);
    return kubernetes === undefined ? target : agreed(target, kubernetes);
  }
  if (kubernetes === undefined) {
    return {
      problem: 'It is not known for which cluster to judge.',
      fix: 'Say --kubernetes-version 1.N or --openshift-version 4.N, or name the configuration with --config FILE.',
    };
  }
  const minor = kubernetesMinor(kubernetes);
  return typeof minor === 'number' ? { kubernetes: minor } : minor;
}

/** `OpenShift 4.20` or `Kubernetes 1.33`. */
export function targetText({ kubernetes, openshift }: AdmitTarget): string {
  if (openshift === undefined) return `Kubernetes 1.${kubernetes}`;
  return `OpenShift 4.${openshift.minor}${openshift.z === undefined ? '' : `.${openshift.z}`}`;
}
