/** What an audit judges by: the configuration, a Domino version alone, or the default policy. */
import { catalog } from '../catalog/index.ts';
import type { DeployOptions } from '../deploy/options.ts';
import {
  DOMINO_FORM,
  KUBERNETES_FORM,
  kubernetesOf,
  OPENSHIFT_FORM,
  parseKubernetes,
  parseOpenShift,
  plainDominoVersion,
} from '../deploy/versions.ts';
import { fail, type Diagnostic } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import type { ReportSubject } from '../report/report.ts';
import type { PolicyContext } from '../security/standing.ts';
import { readExceptionsFile } from '../audit/exceptions-file.ts';
import type { ExceptionRow } from '../audit/exceptions.ts';
import type { AuditTarget } from '../audit/types.ts';
import type { Args } from './command.ts';
import { loadDeploy } from './deploy.ts';
import { isSet, listFlag, textFlag } from './flags.ts';
import { subjectOf } from './report.ts';

export interface AuditPolicy {
  policy: PolicyContext;
  target: AuditTarget;
  subject: ReportSubject;
  exceptions: readonly ExceptionRow[];
  /** Warnings and notes of deploy.yaml. */
  notes: readonly Diagnostic[];
}

/** No configuration is looked for: only --config names one. @throws UserError */
export function auditPolicy(args: Args, io: Io): AuditPolicy {
  const file = textFlag(args, 'config');
  const own = exceptionRows(args, io);
  if (file === undefined) return { ...withoutConfig(args), exceptions: own };
  const { options, context } = loadDeploy(file, args, io, { kubernetesVersion: false });
  return {
    policy: context,
    target: targetOf(options),
    subject: subjectOf(options),
    exceptions: [...options.exceptions.map((row) => ({ ...row, file })), ...own],
    notes: options.notes,
  };
}

function exceptionRows(args: Args, io: Io): ExceptionRow[] {
  return listFlag(args, 'exceptions').flatMap((file) =>
    readExceptionsFile(io.readText(file), file),
  );
}

function targetOf(options: DeployOptions): AuditTarget {
  const { kubernetes, openshift, namespaces, platform, psp } = options;
  return {
    ...(kubernetes === undefined ? {} : { kubernetes: kubernetes.minor, psp }),
    ...(openshift === undefined ? {} : { openshift }),
    isOpenShift: platform === 'openshift',
    dominoNamespaces: new Set(Object.values(namespaces).map(({ name }) => name)),
  };
}

function withoutConfig(args: Args): Omit<AuditPolicy, 'exceptions'> {
  for (const flag of ['catalog', 'unknown-keys']) {
    if (textFlag(args, flag) === undefined) continue;
    fail('DPS1003', `--${flag} needs --config.`, {
      fix: 'Name the deploy.yaml with --config FILE.',
    });
  }
  const domino = version(args, 'domino-version', plainDominoVersion, DOMINO_FORM);
  const { kubernetes, openshift } = clusterVersions(args);
  const z = openshift?.patch === undefined ? '' : `.${openshift.patch}`;
  const namespace = textFlag(args, 'namespace');
  return {
    policy: {
      catalog,
      useCatalog: domino !== undefined,
      ...(domino === undefined ? {} : { dominoVersion: domino }),
      ...(namespace === undefined ? {} : { defaultNamespace: namespace }),
      alsoNamespaces: listFlag(args, 'also-namespace'),
      decision: { hardening: 'documented', enforceAssumed: isSet(args, 'enforce-assumed') },
    },
    target: {
      ...(kubernetes === undefined ? {} : { kubernetes: kubernetes.minor }),
      ...(openshift === undefined ? {} : { openshift }),
      isOpenShift: openshift !== undefined,
    },
    subject: {
      ...(domino === undefined ? {} : { dominoVersion: domino }),
      ...(kubernetes === undefined ? {} : { kubernetesVersion: `1.${kubernetes.minor}` }),
      ...(openshift === undefined ? {} : { openshiftVersion: `4.${openshift.minor}${z}` }),
    },
    notes: [],
  };
}

function clusterVersions(args: Args): {
  kubernetes: ReturnType<typeof parseKubernetes>;
  openshift: ReturnType<typeof parseOpenShift>;
} {
  const given = version(args, 'kubernetes-version', parseKubernetes, KUBERNETES_FORM);
  const openshift = version(args, 'openshift-version', parseOpenShift, OPENSHIFT_FORM);
  if (openshift === undefined) return { kubernetes: given, openshift };
  const kubernetes = kubernetesOf(openshift);
  if (given !== undefined && given.minor !== kubernetes.minor) {
    fail(
      'DPS1003',
      `--openshift-version 4.${openshift.minor} is Kubernetes 1.${kubernetes.minor}, but --kubernetes-version says 1.${given.minor}.`,
      { fix: 'Leave one of them out.' },
    );
  }
  return { kubernetes, openshift };
}

function version<T>(
  args: Args,
  flag: string,
  parse: (text: string) => T | undefined,
  form: string,
): T | undefined {
  const text = textFlag(args, flag);
  if (text === undefined) return undefined;
  return parse(text) ?? fail('DPS1003', `--${flag} must be ${form}; got "${text}".`);
}
