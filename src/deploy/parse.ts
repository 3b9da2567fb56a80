/** deploy.yaml, as text, to DeployOptions; or every problem of it at once. */
import type { NamespaceKey } from '../catalog/types.ts';
import { diagnostic, UserError, type Diagnostic } from '../diagnostics.ts';
import { isMapping } from '../yaml/mapping.ts';
import { readCatalogFile } from './catalog-file.ts';
import { resolveCluster } from './checks/cluster.ts';
import { given, type CheckContext, type FileContext } from './checks/context.ts';
import { namespaceKeys, namespaceName, namespaceProblems } from './checks/namespaces.ts';
import { openshiftProblems } from './checks/openshift.ts';
import { partProblems } from './checks/parts.ts';
import { pspVerdict } from './checks/psp.ts';
import { catalogProblems } from './checks/rows.ts';
import { schemaProblems } from './checks/schema-version.ts';
import { completed, frozen, givenPaths } from './complete.ts';
import { readDeployText } from './deploy-text.ts';
import type {
  AcceptedException,
  CatalogCorrection,
  DeployOptions,
  DeployOverrides,
  DominoNamespace,
  PsaLevel,
} from './options.ts';
import { withoutSecrets } from './secrets.ts';
import { checkStructure } from './structure.ts';
import { upgrade } from './upgrade.ts';

/**
 * Reads, upgrades, checks and completes a configuration. `file` is the name for messages;
 * `overrides` stand over the file; `need.kubernetesVersion` makes an unknown version an error.
 * Throws one UserError with all errors, warnings and notes, sorted by place, when there is an error.
 */
export function parseDeploy(
  text: string,
  file: string,
  overrides: DeployOverrides,
  need: { kubernetesVersion: boolean },
): DeployOptions {
  const source = readDeployText(text, file);
  const structure = checkStructure(source, overrides.unknownKeys);
  const canonical = upgrade(structure.tree);
  const fileContext: FileContext = { text: source, canonical, broken: structure.broken, overrides };
  const cluster = resolveCluster(fileContext, need.kubernetesVersion);
  const psp = pspVerdict(cluster.context);
  const { catalog } = overrides;
  const added = catalog && readCatalogFile(catalog.text, catalog.file);
  const diagnostics = [
    ...source.problems,
    ...source.notes,
    ...structure.diagnostics,
    ...moved(fileContext),
    ...cluster.diagnostics,
    ...psp.diagnostics,
    ...schemaProblems(cluster.context),
    ...openshiftProblems(cluster.context),
    ...namespaceProblems(cluster.context),
    ...partProblems(cluster.context),
    ...catalogProblems(fileContext, 'pod_security.catalog'),
    ...(added?.diagnostics ?? []),
  ].sort(byPlace(file));
  if (diagnostics.some((entry) => entry.severity === 'error')) throw new UserError(diagnostics);
  return options(cluster.context, psp.inForce, added?.rows ?? [], diagnostics);
}

function moved(context: FileContext): Diagnostic[] {
  return context.canonical.moved.map(({ from, to }) => {
    const location = context.text.at(from.split('.'), 'key');
    return diagnostic('DPS2031', `${from} is read as ${to}.`, { location });
  });
}

/** What has no place (flags) first, then the file in the order of its text, then other files. */
function byPlace(file: string): (left: Diagnostic, right: Diagnostic) => number {
  const group = ({ location }: Diagnostic): number =>
    location === undefined ? 0 : location.file === file ? 1 : 2;
  return (left, right) =>
    group(left) - group(right) ||
    (left.location?.line ?? 0) - (right.location?.line ?? 0) ||
    (left.location?.column ?? 0) - (right.location?.column ?? 0);
}

function options(
  context: CheckContext,
  psp: boolean,
  added: readonly CatalogCorrection[],
  notes: readonly Diagnostic[],
): DeployOptions {
  const { canonical, kubernetes, openshift, domino, platform } = context;
  const values = completed(canonical.values, {
    'pod_security.platform': platform?.value,
    'pod_security.kubernetes_version': kubernetes && `1.${kubernetes.value.minor}`,
    'pod_security.openshift_version': openshift && versionText(openshift.value),
  });
  const rows = (path: string): readonly unknown[] => {
    const value = given(context, path);
    return Array.isArray(value) ? value : [];
  };
  const level = (mode: string): PsaLevel =>
    (given(context, `pod_security.pod_security_admission.${mode}`) as PsaLevel | undefined) ??
    'privileged';
  return frozen<DeployOptions>({
    file: context.text.file,
    schema: given(context, 'schema') as string | undefined,
    dominoVersion: domino?.value,
    platform: platform?.value ?? 'other',
    kubernetes: kubernetes?.value,
    openshift: openshift?.value,
    psp,
    dedicatedCluster: given(context, 'pod_security.dedicated_cluster') === true,
    hardening: given(context, 'pod_security.hardening') === 'strict' ? 'strict' : 'documented',
    namespaces: Object.fromEntries(
      namespaceKeys.map((key) => [key, namespace(context, key)]),
    ) as Record<NamespaceKey, DominoNamespace>,
    podSecurityAdmission: { audit: level('audit'), warn: level('warn') },
    namespaceAnnotations: mapsOf(given(context, 'pod_security.namespace_annotations')) as Record<
      string,
      Record<string, string>
    >,
    catalog: [...(rows('pod_security.catalog') as CatalogCorrection[]), ...added],
    exceptions: rows('pod_security.exceptions') as readonly AcceptedException[],
    releases: withoutSecrets(
      mapsOf(given(context, 'release_overrides')),
    ) as DeployOptions['releases'],
    values,
    given: givenPaths(canonical.values),
    moved: canonical.moved,
    notes,
  });
}

function versionText(version: { minor: number; patch?: number }): string {
  return version.patch === undefined ? `4.${version.minor}` : `4.${version.minor}.${version.patch}`;
}

function namespace(context: CheckContext, key: NamespaceKey): DominoNamespace {
  const texts = (name: string): Record<string, string> => {
    const value = given(context, `namespaces.${key}.${name}`);
    return isMapping(value) ? (value as Record<string, string>) : {};
  };
  return {
    key,
    name: namespaceName(context, key),
    labels: texts('labels'),
    annotations: texts('annotations'),
  };
}

/** The entries that are maps; empty ones ("elasticsearch:" and nothing else) say nothing. */
function mapsOf(value: unknown): Record<string, Record<string, unknown>> {
  if (!isMapping(value)) return {};
  const entries = Object.entries(value).filter(
    (entry): entry is [string, Record<string, unknown>] => isMapping(entry[1]),
  );
  return Object.fromEntries(entries);
}
