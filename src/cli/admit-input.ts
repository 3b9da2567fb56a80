/** The files that say what a cluster is like: annotations of namespaces, the API server's configuration. */
import { DEFAULT_POLICY, parseNamespaceLabels } from '../admission/pss/index.ts';
import type { ClusterFacts, NamespaceFacts } from '../admission/judge/types.ts';
import { fail } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import { isMapping } from '../yaml/mapping.ts';
import { readYaml } from '../yaml/read.ts';

type Texts = Readonly<Record<string, string>>;

function mappingOf(file: string, io: Io): Record<string, unknown> {
  const [document] = readYaml(io.readText(file), file);
  if (isMapping(document?.value)) return document.value;
  return fail('DPS1003', `${file} must hold a mapping.`);
}

function textsOf(value: Record<string, unknown>, file: string): Texts {
  const texts: Record<string, string> = {};
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry !== 'string') {
      fail('DPS1003', `The annotation ${key} in ${file} must be text.`, {
        fix: 'Put it in quotes.',
      });
    }
    texts[key] = entry;
  }
  return texts;
}

/**
 * --namespace-annotations: `KEY: VALUE` and a Namespace hold for every namespace, `NAME: {KEY: VALUE}`
 * for the named ones. UserError DPS1001, DPS1003.
 */
export function readNamespaceAnnotations(
  file: string,
  io: Io,
): Pick<ClusterFacts, 'annotations'> & { namespaces: ReadonlyMap<string, NamespaceFacts> } {
  const value = mappingOf(file, io);
  const { metadata } = value;
  if (isMapping(metadata)) {
    const own = isMapping(metadata.annotations) ? metadata.annotations : {};
    return { annotations: textsOf(own, file), namespaces: new Map() };
  }
  const entries = Object.entries(value);
  if (!entries.every(([, entry]) => isMapping(entry))) {
    return { annotations: textsOf(value, file), namespaces: new Map() };
  }
  return {
    namespaces: new Map(
      entries.map(([name, entry]) => [
        name,
        { annotations: textsOf(isMapping(entry) ? entry : {}, file) },
      ]),
    ),
  };
}

function stringsOf(holder: unknown, key: string): readonly string[] {
  const value = isMapping(holder) ? holder[key] : undefined;
  return Array.isArray(value) ? (value as unknown[]).map(String) : [];
}

/** The defaults of a PodSecurityConfiguration have the keys of the labels, without their prefix. */
function defaultsOf(defaults: unknown): ClusterFacts['defaults'] {
  if (!isMapping(defaults)) return DEFAULT_POLICY;
  const labels = Object.fromEntries(
    Object.entries(defaults).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value]),
  );
  return parseNamespaceLabels(labels).policy;
}

/** --admission-configuration: an AdmissionConfiguration, or the PodSecurityConfiguration in it. */
export function readAdmissionConfiguration(
  file: string,
  io: Io,
): Pick<ClusterFacts, 'defaults' | 'exemptions'> {
  const value = mappingOf(file, io);
  const plugins = Array.isArray(value.plugins) ? (value.plugins as unknown[]) : [];
  const plugin = plugins.find((entry) => isMapping(entry) && entry.name === 'PodSecurity');
  const found = isMapping(plugin) ? plugin.configuration : value;
  if (!isMapping(found) || found.kind !== 'PodSecurityConfiguration') {
    return fail('DPS1003', `${file} holds no PodSecurityConfiguration.`, {
      fix: 'Name the file that the API server gets with --admission-control-config-file.',
    });
  }
  const { exemptions } = found;
  const defaults = defaultsOf(found.defaults);
  return {
    ...(defaults === undefined ? {} : { defaults }),
    exemptions: {
      namespaces: stringsOf(exemptions, 'namespaces'),
      runtimeClasses: stringsOf(exemptions, 'runtimeClasses'),
      usernames: stringsOf(exemptions, 'usernames'),
    },
  };
}
