/** What Domino does not support on OpenShift, and a read-only root filesystem anywhere. */
import type { Diagnostic } from '../../diagnostics.ts';
import { shownValue } from '../issues.ts';
import { given, nameOf, problem, type CheckContext } from './context.ts';
import { pathText } from '../value-text.ts';

const REMAPPING = 'pod_security.openshift.uid_remapping';
const ADDITIONAL = 'pod_security.openshift.additional_sccs';
const OWN_SCCS = 'pod_security.components.user_sccs';
const READ_ONLY = 'pod_security.require_read_only_root_filesystem';

/** The first OpenShift 4 minor that ships an SCC; the release branches of cluster-kube-apiserver-operator. */
const shippedSince: Readonly<Record<string, number>> = {
  anyuid: 0,
  hostaccess: 0,
  'hostmount-anyuid': 0,
  hostnetwork: 0,
  nonroot: 0,
  privileged: 0,
  restricted: 0,
  'hostnetwork-v2': 11,
  'nonroot-v2': 11,
  'restricted-v2': 11,
  'hostmount-anyuid-v2': 17,
  'nested-container': 20,
  'restricted-v3': 20,
  // Not in the API server's list, but on every cluster: monitoring and the machine API bring them.
  'node-exporter': 0,
  'machine-api-termination-handler': 0,
};

export function openshiftProblems(context: CheckContext): Diagnostic[] {
  const isOpenShift = context.platform?.value === 'openshift';
  const found = readOnlyRoot(context);
  const remapping = given(context, REMAPPING) === true;
  const sccs = given(context, ADDITIONAL);
  const names = Array.isArray(sccs) ? sccs.filter((name) => typeof name === 'string') : [];
  if (context.platform !== undefined && !isOpenShift) {
    const set = [...(remapping ? [REMAPPING] : []), ...(names.length > 0 ? [ADDITIONAL] : [])];
    return [...found, ...set.map((path) => elsewhere(context, path))];
  }
  if (remapping) {
    found.push(
      problem(
        context,
        'DPS2060',
        REMAPPING,
        `${REMAPPING} is true, and Domino does not support remapped user ids.`,
        {
          also: [context.platform?.path],
          fix: 'Turn the remapping off on the cluster, then set it to false.',
        },
      ),
    );
  }
  found.push(...names.map((name, index) => additional(context, name, index)));
  if (given(context, OWN_SCCS) === true && isOpenShift) {
    found.push(
      problem(
        context,
        'DPS2061',
        OWN_SCCS,
        `${OWN_SCCS} is true, and the installation of Domino fails with additional SCCs.`,
        {
          also: [context.platform?.path],
          fix: 'Remove the SCCs that Domino could use: anyuid and privileged, which OpenShift ships, are enough.',
        },
      ),
    );
  }
  return found;
}

function readOnlyRoot(context: CheckContext): Diagnostic[] {
  if (given(context, READ_ONLY) !== true) return [];
  return [
    problem(
      context,
      'DPS2064',
      READ_ONLY,
      `${READ_ONLY} is true, and Domino does not support policies that demand a read-only root filesystem.`,
      {
        fix: "Except Domino's namespaces from that policy, then set it to false.",
      },
    ),
  ];
}

function elsewhere(context: CheckContext, path: string): Diagnostic {
  const platform = context.platform;
  return problem(
    context,
    'DPS2063',
    path,
    `${path} is for OpenShift, but ${nameOf(context, 'pod_security.platform')} is "${platform?.value ?? ''}".`,
    {
      also: [platform?.path],
      fix: 'Remove the key, or set pod_security.platform: openshift.',
    },
  );
}

function additional(context: CheckContext, name: string, index: number): Diagnostic {
  const path = `${ADDITIONAL}.${index}`;
  const steps = [...ADDITIONAL.split('.'), index];
  const at = pathText(steps);
  const shown = shownValue(context.text, steps);
  const since = Object.hasOwn(shippedSince, name) ? (shippedSince[name] ?? 0) : undefined;
  const release = context.openshift?.value.minor;
  if (since !== undefined && (release === undefined || release >= since)) {
    return problem(
      context,
      'DPS2062',
      path,
      `${at} is ${shown}, which every OpenShift of that release has, so it is not additional.`,
      {
        fix: 'Remove it from the list.',
      },
    );
  }
  const later =
    since === undefined
      ? ''
      : ` (OpenShift ships it from 4.${since} on, so on 4.${release ?? 0} somebody made it)`;
  return problem(
    context,
    'DPS2061',
    path,
    `${at} is ${shown}, and the installation of Domino fails with additional SCCs${later}.`,
    {
      also: [context.platform?.path],
      fix: 'Remove the SCC, or the grants that let the service accounts of Domino use it; then take it from the list.',
    },
  );
}
