/** Which cluster it is: platform and versions, from flags and file, and where they contradict. */
import type { Platform } from '../../catalog/types.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics.ts';
import type { KubernetesVersion, OpenShiftVersion } from '../options.ts';
import {
  DOMINO_FORM,
  KUBERNETES_FORM,
  kubernetesOf,
  OPENSHIFT_FORM,
  openshiftOf,
  parseKubernetes,
  parseOpenShift,
  plainDominoVersion,
} from '../versions.ts';
import {
  broken,
  given,
  nameOf,
  problem,
  saidText,
  type CheckContext,
  type FileContext,
  type Said,
} from './context.ts';

const PLATFORM = 'pod_security.platform';
const KUBERNETES = 'pod_security.kubernetes_version';
const OPENSHIFT = 'pod_security.openshift_version';

export interface Cluster {
  context: CheckContext;
  diagnostics: Diagnostic[];
}

/** Finds out platform and versions. Flags stand over the file: one of the two cluster versions replaces both of the file. */
export function resolveCluster(file: FileContext, needKubernetes: boolean): Cluster {
  const diagnostics: Diagnostic[] = [];
  const { kubernetesVersion, openshiftVersion } = file.overrides;
  const fromFlags = kubernetesVersion !== undefined || openshiftVersion !== undefined;
  const kubernetes = fromFlags
    ? fromFlag(
        '--kubernetes-version',
        kubernetesVersion,
        parseKubernetes,
        KUBERNETES_FORM,
        diagnostics,
      )
    : mapped(saidText(file, KUBERNETES), parseKubernetes);
  const openshift = fromFlags
    ? fromFlag('--openshift-version', openshiftVersion, parseOpenShift, OPENSHIFT_FORM, diagnostics)
    : mapped(saidText(file, OPENSHIFT), parseOpenShift);
  const platform = platformOf(file, openshift, diagnostics);
  diagnostics.push(...disagreement(file, kubernetes, openshift));
  const context: CheckContext = {
    ...file,
    platform,
    domino: dominoOf(file, diagnostics),
    ...versions(platform?.value, kubernetes, openshift),
  };
  const unreadable = broken(file, KUBERNETES) || broken(file, OPENSHIFT) || fromFlags;
  if (needKubernetes && context.kubernetes === undefined && !unreadable)
    diagnostics.push(missing(file));
  return { context, diagnostics };
}

function fromFlag<T>(
  name: string,
  text: string | undefined,
  parse: (text: string) => T | undefined,
  form: string,
  diagnostics: Diagnostic[],
): Said<T> | undefined {
  if (text === undefined) return undefined;
  const value = parse(text);
  if (value !== undefined) return { value, path: undefined, name };
  diagnostics.push(diagnostic('DPS1003', `${name} must be ${form}; got ${JSON.stringify(text)}.`));
  return undefined;
}

function mapped<T>(
  said: Said<string> | undefined,
  parse: (text: string) => T | undefined,
): Said<T> | undefined {
  const value = said && parse(said.value);
  return said === undefined || value === undefined ? undefined : { ...said, value };
}

function versions(
  platform: Platform | undefined,
  kubernetes: Said<KubernetesVersion> | undefined,
  openshift: Said<OpenShiftVersion> | undefined,
): Pick<CheckContext, 'kubernetes' | 'openshift'> {
  const derived =
    kubernetes && platform === 'openshift' ? openshiftOf(kubernetes.value) : undefined;
  return {
    kubernetes: kubernetes ?? (openshift && { ...openshift, value: kubernetesOf(openshift.value) }),
    openshift: openshift ?? (kubernetes && derived && { ...kubernetes, value: derived }),
  };
}

function platformOf(
  file: FileContext,
  openshift: Said<OpenShiftVersion> | undefined,
  diagnostics: Diagnostic[],
): Said<Platform> | undefined {
  const said = saidText(file, PLATFORM) as Said<Platform> | undefined;
  const written: Said<unknown> | undefined = openshift ?? saidText(file, OPENSHIFT);
  if (said !== undefined) {
    if (written !== undefined && said.value !== 'openshift') {
      diagnostics.push(
        problem(
          file,
          'DPS2042',
          said.path,
          `${said.name} is "${said.value}", but ${written.name} is given.`,
          {
            also: [written.path],
            fix: `Remove ${written.name}, or set ${PLATFORM}: openshift.`,
          },
        ),
      );
    }
    return said;
  }
  if (broken(file, PLATFORM)) return undefined;
  const value = openshift === undefined ? 'other' : 'openshift';
  const why =
    openshift === undefined ? 'read as "other"' : `"openshift", because ${openshift.name} is given`;
  diagnostics.push(
    diagnostic('DPS2045', `${PLATFORM} is not given; it is ${why}.`, {
      location: file.text.at(['pod_security', 'platform'], 'key'),
      fix: 'Set it to eks, gke, aks, openshift or other.',
    }),
  );
  return { value, path: openshift?.path, name: openshift?.name ?? PLATFORM };
}

function disagreement(
  file: FileContext,
  kubernetes: Said<KubernetesVersion> | undefined,
  openshift: Said<OpenShiftVersion> | undefined,
): Diagnostic[] {
  if (kubernetes === undefined || openshift === undefined) return [];
  const expected = kubernetesOf(openshift.value).minor;
  if (expected === kubernetes.value.minor) return [];
  const message = `${openshift.name} 4.${openshift.value.minor} is Kubernetes 1.${expected}, but ${kubernetes.name} is 1.${kubernetes.value.minor}.`;
  return [
    problem(file, 'DPS2041', kubernetes.path, message, {
      also: [openshift.path],
      fix: `Keep one of the two; OpenShift 4.N is built on Kubernetes 1.(N+13).`,
    }),
  ];
}

function dominoOf(file: FileContext, diagnostics: Diagnostic[]): Said<string> | undefined {
  const own = saidText(file, 'pod_security.domino_version');
  const version = saidText(file, 'version');
  if (own !== undefined && version !== undefined) {
    diagnostics.push(
      problem(
        file,
        'DPS2046',
        own.path,
        `${own.name} is for files without the key version, but version is ${JSON.stringify(version.value)}.`,
        {
          also: ['version'],
          fix: `Remove ${own.name}.`,
        },
      ),
    );
  }
  const flag = file.overrides.dominoVersion;
  if (flag !== undefined)
    return fromFlag('--domino-version', flag, plainDominoVersion, DOMINO_FORM, diagnostics);
  const said = mapped(version ?? own, plainDominoVersion);
  if (
    said === undefined &&
    !broken(file, 'version') &&
    !broken(file, 'pod_security.domino_version')
  ) {
    diagnostics.push(
      diagnostic('DPS2044', 'The Domino version is not given; the newest is assumed.', {
        location: file.text.at(['version'], 'key'),
        fix: 'Set version, or use --domino-version.',
      }),
    );
  }
  return said;
}

function missing(file: FileContext): Diagnostic {
  const location = file.text.at(KUBERNETES.split('.'), 'key');
  const openshift = given(file, PLATFORM) === 'openshift';
  return diagnostic(
    'DPS2040',
    `${nameOf(file, KUBERNETES)} is missing; the result depends on the Kubernetes version.`,
    {
      location,
      frame: file.text.frame(location),
      fix: `Set ${KUBERNETES}: "1.N", or use --kubernetes-version 1.N, or set ${OPENSHIFT}: "4.N"${openshift ? '' : ' where the cluster is OpenShift'}.`,
    },
  );
}
