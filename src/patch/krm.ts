/**
 * The KRM function contract (kustomize, kpt, Argo CD): a ResourceList comes in with our functionConfig, and
 * goes out with patched items and results. Its text is edited like any other, so comments stay.
 */
import { diagnostic, fail, UserError, type Diagnostic, type Severity } from '../diagnostics.ts';
import { readYaml, type YamlDocument } from '../yaml/read.ts';
import { isMapping } from '../yaml/mapping.ts';
import { editDocumentValue } from './edit-text.ts';
import type { PatchedPod } from './document.ts';

export const FUNCTION_API = 'domino-podsec.io/v1alpha1';
export const FUNCTION_KIND = 'PodSecurityPatch';

/** `spec` of the functionConfig. */
export interface FunctionSpec {
  /** The configuration of the installer, written out. */
  config?: Record<string, unknown>;
  /** Or the path of it, from the folder in which the function runs. */
  configPath?: string;
  namespace?: string;
  alsoNamespaces?: string[];
  onlyCatalog?: boolean;
  patchUnknown?: boolean;
  enforceAssumed?: boolean;
  strict?: boolean;
  requireAll?: boolean;
}

const TEXTS = ['configPath', 'namespace'] as const;
const FLAGS = ['onlyCatalog', 'patchUnknown', 'enforceAssumed', 'strict', 'requireAll'] as const;

/** The ResourceList of a text, and the spec of its functionConfig ({} when there is none). */
export function readResourceList(
  text: string,
  file: string,
): { document: YamlDocument; spec: FunctionSpec } {
  const [document, second] = readYaml(text, file, { duplicateKeys: 'last-wins' });
  const value = document?.value;
  if (document === undefined || !isMapping(value) || value.kind !== 'ResourceList') {
    return fail('DPS5005', 'The input of a KRM function must be one ResourceList.', {
      location: { file, line: 1, column: 1 },
      fix: 'Let kustomize, kpt or Argo CD call the function, or leave --krm out.',
    });
  }
  if (second !== undefined) {
    fail('DPS5005', 'The input of a KRM function must be one document.', {
      location: { file, line: second.line, column: 1 },
    });
  }
  return { document, spec: readSpec(value.functionConfig, document) };
}

function readSpec(config: unknown, document: YamlDocument): FunctionSpec {
  if (config === undefined || config === null) return {};
  const problems: Diagnostic[] = [];
  const problem = (path: (string | number)[], message: string): void => {
    const location = document.locate(['functionConfig', ...path]);
    problems.push(diagnostic('DPS5006', message, location === undefined ? {} : { location }));
  };
  if (!isMapping(config) || config.kind !== FUNCTION_KIND) {
    problem(['kind'], `functionConfig.kind must be ${FUNCTION_KIND}.`);
    throw new UserError(problems);
  }
  if (config.apiVersion !== FUNCTION_API) {
    problem(['apiVersion'], `functionConfig.apiVersion must be ${FUNCTION_API}.`);
  }
  const spec = isMapping(config.spec) ? config.spec : {};
  for (const [key, value] of Object.entries(spec)) {
    const wrong = specProblem(key, value);
    if (wrong !== undefined) problem(['spec', key], `functionConfig.spec.${key} ${wrong}.`);
  }
  if (problems.length > 0) throw new UserError(problems);
  return spec;
}

/** What is wrong with a key of the spec, as the end of a sentence. */
function specProblem(key: string, value: unknown): string | undefined {
  if (key === 'config') return isMapping(value) ? undefined : 'must be a map, the deploy.yaml';
  if (TEXTS.some((name) => name === key)) {
    return typeof value === 'string' ? undefined : 'must be text';
  }
  if (FLAGS.some((name) => name === key)) {
    return typeof value === 'boolean' ? undefined : 'must be true or false';
  }
  if (key === 'alsoNamespaces') {
    const isList = Array.isArray(value) && value.every((name) => typeof name === 'string');
    return isList ? undefined : 'must be a list of texts';
  }
  return `is not known; allowed are config, configPath, alsoNamespaces, ${[...TEXTS.slice(1), ...FLAGS].join(', ')}`;
}

export interface KrmResult {
  message: string;
  severity: 'error' | 'warning' | 'info';
  resourceRef?: { apiVersion: string; kind: string; name: string; namespace?: string };
  field?: { path: string };
  file?: { path: string; index?: number };
}

const SEVERITY: Record<Severity, KrmResult['severity']> = {
  error: 'error',
  warning: 'warning',
  note: 'info',
};

/** One result a remark, on the resource that it speaks of. */
export function krmResults(
  diagnostics: readonly Diagnostic[],
  pods: readonly PatchedPod[],
): KrmResult[] {
  return diagnostics.map((entry) => {
    const { message, severity, code, subject } = entry;
    const pod = pods.find(
      (candidate) => candidate.name === subject?.name && candidate.kind === subject.kind,
    );
    return {
      message: `${code} ${message}`,
      severity: SEVERITY[severity],
      ...(pod === undefined ? {} : { resourceRef: refOf(pod), ...fileOf(pod) }),
      ...(subject?.container === undefined
        ? {}
        : { field: { path: `containers[name=${subject.container}].securityContext` } }),
    };
  });
}

function refOf({
  apiVersion,
  kind,
  name,
  namespace,
}: PatchedPod): NonNullable<KrmResult['resourceRef']> {
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** Orchestrators write the file of a resource into its annotations, in an old and a new form. */
function fileOf({ annotations }: PatchedPod): Pick<KrmResult, 'file'> {
  const path =
    annotations['internal.config.kubernetes.io/path'] ?? annotations['config.kubernetes.io/path'];
  if (path === undefined) return {};
  const index = Number(
    annotations['internal.config.kubernetes.io/index'] ?? annotations['config.kubernetes.io/index'],
  );
  return { file: { path, ...(Number.isInteger(index) ? { index } : {}) } };
}

/** The ResourceList with its results set; none leaves it as it is. */
export function withResults(text: string, results: readonly KrmResult[], file: string): string {
  if (results.length === 0) return text;
  return editDocumentValue(text, [{ path: ['results'], op: 'set', value: results }], { file }).text;
}
