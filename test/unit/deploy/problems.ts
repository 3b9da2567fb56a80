/** Runs parseDeploy and writes every diagnostic in one line, for tables of expectations. */
import { UserError, type Diagnostic } from '../../../src/diagnostics.ts';
import type { DeployOptions, DeployOverrides } from '../../../src/deploy/options.ts';
import { parseDeploy } from '../../../src/deploy/parse.ts';

const FILE = 'deploy.yaml';

/** A configuration without a single remark, one key a line in this order. */
const quiet: Readonly<Record<string, string>> = {
  schema: '"1.16"',
  version: '6.2.0',
  namespaces: '{platform: {name: dom-p}, compute: {name: dom-c}, system: {name: dom-s}}',
  internal_docker_registry: '{}',
  pod_security: '{platform: eks, kubernetes_version: "1.33"}',
};

/** The quiet configuration with other values; null takes a key away, new keys follow from line 6 on. */
export function config(changes: Readonly<Record<string, string | null>> = {}): string {
  return Object.entries({ ...quiet, ...changes })
    .filter((entry) => entry[1] !== null)
    .map(([key, value]) => `${key}: ${value ?? ''}\n`)
    .join('');
}

/** The result, or the diagnostics of the failure. */
export function read(
  text: string,
  overrides: DeployOverrides = {},
  kubernetesVersion = true,
): { options?: DeployOptions; diagnostics: readonly Diagnostic[] } {
  try {
    const options = parseDeploy(text, FILE, overrides, { kubernetesVersion });
    return { options, diagnostics: options.notes };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { diagnostics: error.diagnostics };
  }
}

/** `5:32 error DPS2050 message | related 1:9`, in the order of the report. */
function line(entry: Diagnostic): string {
  const { location, related = [] } = entry;
  const file = location === undefined || location.file === FILE ? '' : `${location.file}:`;
  const place = location === undefined ? '-' : `${file}${location.line}:${location.column}`;
  const others = related.map((other) => ` | ${other.location.line}:${other.location.column}`);
  return `${place} ${entry.severity} ${entry.code} ${entry.message}${others.join('')}`;
}

export function problems(text: string, overrides: DeployOverrides = {}, need = true): string[] {
  return read(text, overrides, need).diagnostics.map(line);
}

/** The options of a text that must be valid; fails with the diagnostics otherwise. */
export function valid(text: string, overrides: DeployOverrides = {}, need = true): DeployOptions {
  const { options, diagnostics } = read(text, overrides, need);
  if (options === undefined) throw new Error(diagnostics.map(line).join('\n'));
  return options;
}
