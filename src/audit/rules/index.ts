/** Every rule of audit, in the order of their codes. A new one is a file beside this and a line here. */
import type { Rule } from '../types.ts';
import { apiRefusedEscalation } from './api-refused-escalation.ts';
import { apiVersion } from './api-version.ts';
import { appArmorUnconfined } from './app-armor-unconfined.ts';
import { capabilitiesAdded } from './capabilities-added.ts';
import { capabilitiesNotDropped } from './capabilities-not-dropped.ts';
import { clusterPspReference } from './cluster-psp-reference.ts';
import { exceptionNotNeeded } from './exception-not-needed.ts';
import { hostNamespaces } from './host-namespaces.ts';
import { hostPaths } from './host-paths.ts';
import { hostPorts } from './host-ports.ts';
import { malformedField } from './malformed-field.ts';
import { namespaceLabelValue } from './namespace-label-value.ts';
import { namespaceLabelsIncomplete } from './namespace-labels-incomplete.ts';
import { namespaceRefusesPods } from './namespace-refuses-pods.ts';
import { openshiftScc } from './openshift-scc.ts';
import { podSecurityPolicy } from './pod-security-policy.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { privileged } from './privileged.ts';
import { procMount } from './proc-mount.ts';
import { readOnlyRootFilesystem } from './read-only-root-filesystem.ts';
import { readOnlyRootPolicy } from './read-only-root-policy.ts';
import { rootUid } from './root-uid.ts';
import { runAsNonRootContradiction } from './run-as-non-root-contradiction.ts';
import { runAsNonRootUnset } from './run-as-non-root-unset.ts';
import { runAsRoot } from './run-as-root.ts';
import { seccompMissing } from './seccomp-missing.ts';
import { seccompUnconfined } from './seccomp-unconfined.ts';
import { selinuxType } from './selinux-type.ts';
import { sysctls } from './sysctls.ts';
import { uidRemapping } from './uid-remapping.ts';
import { windowsHostProcess } from './windows-host-process.ts';

export const rules: readonly Rule[] = [
  privileged,
  runAsRoot,
  rootUid,
  runAsNonRootUnset,
  runAsNonRootContradiction,
  capabilitiesAdded,
  capabilitiesNotDropped,
  selinuxType,
  privilegeEscalation,
  seccompMissing,
  seccompUnconfined,
  appArmorUnconfined,
  apiRefusedEscalation,
  hostNamespaces,
  hostPorts,
  hostPaths,
  procMount,
  sysctls,
  readOnlyRootFilesystem,
  readOnlyRootPolicy,
  apiVersion,
  openshiftScc,
  podSecurityPolicy,
  namespaceLabelValue,
  namespaceLabelsIncomplete,
  namespaceRefusesPods,
  uidRemapping,
  exceptionNotNeeded,
  clusterPspReference,
  malformedField,
  windowsHostProcess,
];
