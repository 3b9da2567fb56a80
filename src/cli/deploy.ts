/** Reading deploy.yaml for a command: the file, the flags over it, the corrected catalog. */
import { catalog } from '../catalog/index.ts';
import type { PodEntry } from '../catalog/types.ts';
import type { DeployOptions, DeployOverrides } from '../deploy/options.ts';
import { parseDeploy } from '../deploy/parse.ts';
import type { Io } from '../io/io.ts';
import { correctedCatalog } from '../security/corrections.ts';
import { select } from '../security/select.ts';
import type { PolicyContext } from '../security/standing.ts';
import type { Args } from './command.ts';
import { isSet, listFlag, textFlag } from './flags.ts';

export const DEFAULT_FILE = './deploy.yaml';

export interface LoadedDeploy {
  options: DeployOptions;
  catalog: readonly PodEntry[];
  context: PolicyContext;
}

/** @throws UserError with every problem of the file */
export function loadDeploy(
  file: string,
  args: Args,
  io: Io,
  need: { kubernetesVersion: boolean },
): LoadedDeploy {
  const options = parseDeploy(io.readText(file), file, overridesOf(args, io), need);
  const corrected = correctedCatalog(catalog, options.catalog);
  return { options, catalog: corrected, context: contextOf(options, corrected, args) };
}

/** The policy of a run with a configuration. */
function contextOf(
  options: DeployOptions,
  entries: readonly PodEntry[],
  args: Args,
): PolicyContext {
  const { platform, compute, system, istio } = options.namespaces;
  const namespace = textFlag(args, 'namespace');
  return {
    catalog: entries,
    options,
    selection: select(entries, options),
    namespaces: {
      platform: platform.name,
      compute: compute.name,
      system: system.name,
      istio: istio.name,
    },
    useCatalog: true,
    ...(namespace === undefined ? {} : { defaultNamespace: namespace }),
    alsoNamespaces: listFlag(args, 'also-namespace'),
    decision: {
      hardening: options.hardening,
      enforceAssumed: isSet(args, 'enforce-assumed'),
    },
  };
}

export function overridesOf(args: Args, io: Io): DeployOverrides {
  const kubernetesVersion = textFlag(args, 'kubernetes-version');
  const openshiftVersion = textFlag(args, 'openshift-version');
  const dominoVersion = textFlag(args, 'domino-version');
  const unknownKeys = textFlag(args, 'unknown-keys') as DeployOverrides['unknownKeys'];
  const catalogFile = textFlag(args, 'catalog');
  return {
    ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
    ...(openshiftVersion === undefined ? {} : { openshiftVersion }),
    ...(dominoVersion === undefined ? {} : { dominoVersion }),
    ...(unknownKeys === undefined ? {} : { unknownKeys }),
    ...(catalogFile === undefined
      ? {}
      : { catalog: { file: catalogFile, text: io.readText(catalogFile) } }),
  };
}
