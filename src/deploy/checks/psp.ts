/** PodSecurityPolicies: whether they are in force, and where the file demands them from a release that has none. */
import type { Diagnostic } from '../../diagnostics.ts';
import { compareVersions } from '../versions.ts';
import { broken, given, problem, type CheckContext } from './context.ts';

/** PodSecurityPolicy is gone from this Kubernetes minor on; Domino creates none from this release on. */
const REMOVED_IN = 25;
const NONE_FROM = '5.4';

const ENABLE = 'enable_pod_security_policies';
const CREATE = 'create_restricted_pod_security_policy';
const SETTING = 'pod_security.psp';

export interface PspVerdict {
  inForce: boolean;
  diagnostics: Diagnostic[];
}

/**
 * `auto`: on when the installer is told to create policies; off from 1.25 and on OpenShift; below
 * 1.25 otherwise nothing in the file says it, and a guess would leave the pods without a policy or
 * the cluster with one too many.
 */
export function pspVerdict(context: CheckContext): PspVerdict {
  const contradictions = [...tooNew(context), ...settingContradicts(context)];
  const setting = given(context, SETTING) ?? 'auto';
  const openshift = context.platform?.value === 'openshift';
  const minor = context.kubernetes?.value.minor;
  if (openshift || (minor !== undefined && minor >= REMOVED_IN)) {
    return { inForce: false, diagnostics: contradictions };
  }
  const asked = given(context, ENABLE) === true;
  if (setting !== 'auto') return { inForce: setting === 'on', diagnostics: contradictions };
  const unclear =
    minor !== undefined && !asked && !broken(context, ENABLE) && !broken(context, SETTING);
  if (unclear && context.platform !== undefined) contradictions.push(question(context, minor));
  return { inForce: asked, diagnostics: contradictions };
}

/** `enable_...` or `create_...` true with a Domino or Kubernetes release that has no policies. */
function tooNew(context: CheckContext): Diagnostic[] {
  const found: Diagnostic[] = [];
  const { kubernetes, domino } = context;
  for (const key of [ENABLE, CREATE]) {
    if (given(context, key) !== true) continue;
    const fix = `Set ${key}: false, or remove it.`;
    if (kubernetes !== undefined && kubernetes.value.minor >= REMOVED_IN) {
      found.push(
        problem(
          context,
          'DPS2051',
          key,
          `${key} is true, but ${kubernetes.name} means Kubernetes 1.${kubernetes.value.minor}, which has no PodSecurityPolicy (gone since 1.${REMOVED_IN}).`,
          {
            also: [kubernetes.path],
            fix,
          },
        ),
      );
    } else if (domino !== undefined && compareVersions(domino.value, NONE_FROM) >= 0) {
      found.push(
        problem(
          context,
          'DPS2051',
          key,
          `${key} is true, but ${domino.name} is ${domino.value}, and Domino creates no PodSecurityPolicy since ${NONE_FROM}.`,
          {
            also: [domino.path],
            fix: `${fix} If the cluster still enforces policies, say ${SETTING}: on.`,
          },
        ),
      );
    }
  }
  return found;
}

function settingContradicts(context: CheckContext): Diagnostic[] {
  const setting = given(context, SETTING);
  const { kubernetes, platform } = context;
  if (setting === 'on' && kubernetes !== undefined && kubernetes.value.minor >= REMOVED_IN) {
    const message = `${SETTING} is "on", but ${kubernetes.name} means Kubernetes 1.${kubernetes.value.minor}, which has no PodSecurityPolicy (gone since 1.${REMOVED_IN}).`;
    return [
      problem(context, 'DPS2050', SETTING, message, {
        also: [kubernetes.path],
        fix: `Set ${SETTING}: off, or remove it.`,
      }),
    ];
  }
  if (setting === 'on' && platform?.value === 'openshift') {
    const message = `${SETTING} is "on", but the platform is OpenShift, which admits pods by security context constraints.`;
    return [
      problem(context, 'DPS2050', SETTING, message, {
        also: [platform.path],
        fix: `Set ${SETTING}: off, or remove it.`,
      }),
    ];
  }
  if (setting === 'off' && given(context, ENABLE) === true) {
    const message = `${SETTING} is "off", but ${ENABLE} is true: policies are created and nothing enforces them.`;
    return [
      problem(context, 'DPS2053', SETTING, message, {
        also: [ENABLE],
        fix: `Set ${ENABLE}: false, or ${SETTING}: on.`,
      }),
    ];
  }
  return [];
}

function question(context: CheckContext, minor: number): Diagnostic {
  const path = given(context, SETTING) === undefined ? context.kubernetes?.path : SETTING;
  const message = `Kubernetes 1.${minor} can still enforce PodSecurityPolicies, and the file does not say whether the cluster does.`;
  return problem(context, 'DPS2052', path, message, {
    fix: `Set ${SETTING}: on where the PodSecurityPolicy admission plugin is active ("kubectl get psp" lists policies), else off.`,
  });
}
