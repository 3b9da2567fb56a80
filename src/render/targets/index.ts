/** The targets of `generate`, in the order in which their objects are applied. */
import type { Target } from '../types.ts';
import { helmPlugin } from './helm-plugin.ts';
import { installerOverrides } from './installer-overrides.ts';
import { namespaces } from './namespaces.ts';
import { openshiftScc } from './openshift-scc.ts';
import { psp } from './psp.ts';
import { securityContexts } from './security-contexts.ts';
import { summary } from './summary.ts';

export const targets: readonly Target[] = [
  namespaces,
  openshiftScc,
  psp,
  securityContexts,
  installerOverrides,
  summary,
  helmPlugin,
];
