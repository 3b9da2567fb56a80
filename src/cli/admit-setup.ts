/** What `admit` judges by: the target, and what flags and configuration say of the cluster. */
import { NO_FACTS } from '../admission/judge/collect.ts';
import type { ClusterFacts } from '../admission/judge/types.ts';
import type { Level } from '../admission/pss/index.ts';
import {
  openshiftTarget,
  readTarget,
  type AdmitTarget,
  type TargetProblem,
} from '../admission/target.ts';
import type { DeployOptions } from '../deploy/options.ts';
import { fail, type Diagnostic } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import type { ReportSubject } from '../report/report.ts';
import { readAdmissionConfiguration, readNamespaceAnnotations } from './admit-input.ts';
import type { Args } from './command.ts';
import { loadDeploy, type LoadedDeploy } from './deploy.ts';
import { isSet, listFlag, textFlag } from './flags.ts';
import { subjectOf } from './report.ts';

export interface AdmitSetup {
  target: AdmitTarget;
  facts: ClusterFacts;
  subject: ReportSubject;
  /** Of objects that state none. */
  namespace?: string;
  loaded?: LoadedDeploy;
  /** Warnings and notes of deploy.yaml. */
  notes: readonly Diagnostic[];
}

/** No configuration is looked for: only --config names one. @throws UserError */
export async function admitSetup(args: Args, io: Io): Promise<AdmitSetup> {
  const namespace = textFlag(args, 'namespace');
  const own = namespace === undefined ? {} : { namespace };
  const file = textFlag(args, 'config');
  if (file === undefined) {
    for (const flag of ['set', 'plan', 'catalog', 'unknown-keys']) {
      if (args[flag] !== undefined && args[flag] !== false) needsConfig(flag);
    }
    const target = targetOf(
      textFlag(args, 'kubernetes-version'),
      textFlag(args, 'openshift-version'),
    );
    const facts = flagFacts(NO_FACTS, target, args, io);
    return { target, facts, subject: subjectOfTarget(target), notes: [], ...own };
  }
  const loaded = loadDeploy(file, args, io, { kubernetesVersion: true });
  const { options } = loaded;
  const target = targetOfOptions(options);
  const facts = await baseFacts(loaded, target, args, io);
  return { target, facts, subject: subjectOf(options), notes: options.notes, loaded, ...own };
}

/** What a configuration says, by the objects that `generate` writes for it, with the flags over it. */
export async function baseFacts(
  loaded: LoadedDeploy,
  target: AdmitTarget,
  args: Args,
  io: Io,
): Promise<ClusterFacts> {
  const { generatedFacts } = await import('./admit-generated.ts');
  return flagFacts(generatedFacts(loaded, target), target, args, io);
}

function needsConfig(flag: string): never {
  return fail('DPS1003', `--${flag} needs --config.`, {
    fix: 'Name the deploy.yaml with --config FILE.',
  });
}

function targetOf(kubernetes: string | undefined, openshift: string | undefined): AdmitTarget {
  const target = readTarget(kubernetes, openshift);
  if ('problem' in target) return fail('DPS1003', target.problem, { fix: target.fix });
  return target;
}

/** The cluster of a configuration, or why its SCCs are not known. */
export function clusterOf({
  kubernetes,
  openshift,
  platform,
}: DeployOptions): AdmitTarget | TargetProblem {
  const minor = kubernetes?.minor ?? 0;
  if (openshift === undefined && platform !== 'openshift') return { kubernetes: minor };
  const { minor: release, patch } = openshift ?? { minor: minor - 13 };
  return openshiftTarget(release, patch);
}

export function targetOfOptions(options: DeployOptions): AdmitTarget {
  const target = clusterOf(options);
  if ('problem' in target) {
    return fail('DPS1003', `${options.file}: ${target.problem}`, { fix: target.fix });
  }
  return target;
}

function subjectOfTarget({ kubernetes, openshift }: AdmitTarget): ReportSubject {
  const z = openshift?.z === undefined ? '' : `.${openshift.z}`;
  return {
    kubernetesVersion: `1.${kubernetes}`,
    ...(openshift === undefined ? {} : { openshiftVersion: `4.${openshift.minor}${z}` }),
  };
}

/** What the flags add; they stand over configuration and input. */
function flagFacts(base: ClusterFacts, target: AdmitTarget, args: Args, io: Io): ClusterFacts {
  const level = textFlag(args, 'level') as Level | undefined;
  const configuration = textFlag(args, 'admission-configuration');
  const user = textFlag(args, 'as');
  const bind = bindFlag(args, target);
  return {
    ...base,
    ...annotationFacts(base, args, io),
    ...(level === undefined ? {} : { level }),
    ...(bind === undefined ? {} : { bind }),
    ...(configuration === undefined ? {} : readAdmissionConfiguration(configuration, io)),
    ...(user === undefined ? {} : { user: { name: user, groups: listFlag(args, 'as-group') } }),
  };
}

function annotationFacts(base: ClusterFacts, args: Args, io: Io): Partial<ClusterFacts> {
  const file = textFlag(args, 'namespace-annotations');
  if (file === undefined) return {};
  const { annotations, namespaces } = readNamespaceAnnotations(file, io);
  const all = new Map(base.namespaces);
  for (const [name, facts] of namespaces) {
    const known = all.get(name);
    all.set(name, { ...known, annotations: { ...known?.annotations, ...facts.annotations } });
  }
  return { namespaces: all, ...(annotations === undefined ? {} : { annotations }) };
}

function bindFlag(args: Args, { openshift }: AdmitTarget): string[] | undefined {
  const given = listFlag(args, 'bind');
  if (given.length === 0) return undefined;
  if (openshift === undefined) {
    return fail('DPS1003', '--bind needs --openshift-version: only OpenShift has SCCs.');
  }
  const names = given.flatMap((list) => list.split(',')).map((name) => name.trim());
  return names.filter((name) => name !== '' && name !== 'none');
}

/** Whether any what-if is asked. */
export function asksWhatIf(args: Args): boolean {
  return listFlag(args, 'without').length > 0 || listFlag(args, 'set').length > 0;
}

export function isQuiet(args: Args): boolean {
  return isSet(args, 'quiet');
}
