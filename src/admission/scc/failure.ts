/**
 * One reason why an SCC refuses a pod, in the words of the plugin: `<path>: <kind>: <detail>` as
 * Kubernetes' field errors print them (apimachinery util/validation/field, Kubernetes 1.33 and 1.34).
 */

/** Where a failure lies: as the plugin says it and as the user knows it. */
export interface Place {
  /** The path as the plugin prints it, without the `provider X: ` that precedes most of them. */
  field: string;
  /** False for the few paths (volumes, seccomp, sysctls) that the plugin prints without the provider. */
  named: boolean;
  /** The place in the pod, in full: `spec.containers[0].securityContext.capabilities.add`. */
  path: string;
}

/** A value that a pod holds; null is a field that it does not set. */
type Value =
  | string
  | number
  | boolean
  | null
  | { ids: readonly number[] }
  | { capabilities: readonly string[] };

/** Its words are put together by `reasonOf`, and only for what is shown: most SCCs that refuse are never asked why. */
export interface Failure extends Place {
  kind: 'Invalid value' | 'Forbidden' | 'Required value';
  value?: Value;
  detail: string;
  /** Namespace annotations without which this may as well be no failure. */
  unless?: string[];
}

/** Text that needs no escape. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Go's %q of a string, for the characters that a pod may hold. */
export function goQuote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(/\\u00([01][0-9a-f])/g, (_match, code: string) =>
    code === '07' ? '\\a' : code === '0b' ? '\\v' : `\\x${code}`,
  );
}

/**
 * How a release prints values that are neither text nor number: `go` as Go writes them, nil
 * pointers as the quoted word null (before Kubernetes 1.34), `json` as JSON (from there on).
 */
export type ValueStyle = 'go' | 'json';

function goList(type: string, items: readonly string[]): string {
  return `[]${type}{${items.join(', ')}}`;
}

function goValue(value: Value, style: ValueStyle): string {
  if (value === null) return style === 'json' ? 'null' : '"null"';
  if (typeof value === 'string') return goQuote(value);
  if (typeof value !== 'object') return String(value);
  if ('ids' in value) {
    return style === 'json' ? JSON.stringify(value.ids) : goList('int64', value.ids.map(String));
  }
  const { capabilities } = value;
  if (capabilities.length === 0) return style === 'json' ? 'null' : '[]core.Capability(nil)';
  return style === 'json'
    ? JSON.stringify(capabilities)
    : goList('core.Capability', capabilities.map(goQuote));
}

export function invalid(place: Place, value: Value, detail: string): Failure {
  // Fields written out: a spread here costs more than all checks together.
  const { field, named, path } = place;
  return { field, named, path, kind: 'Invalid value', value, detail };
}

export function forbidden(place: Place, detail: string): Failure {
  return { ...place, kind: 'Forbidden', detail };
}

export function required(place: Place, detail: string): Failure {
  return { ...place, kind: 'Required value', detail };
}

/** `Invalid value: "NET_RAW": capability may not be added`. */
export function reasonOf({ kind, value, detail }: Failure, style: ValueStyle = 'go'): string {
  const said = value === undefined ? kind : `${kind}: ${goValue(value, style)}`;
  return detail === '' ? said : `${said}: ${detail}`;
}

/** A child of a place: the same suffix on both paths. */
export function child(place: Place, suffix: string): Place {
  const { field, named, path } = place;
  return { field: `${field}.${suffix}`, named, path: `${path}.${suffix}` };
}

/** The line that the plugin prints for a failure under an SCC. */
export function failureLine(scc: string, failure: Failure, style: ValueStyle): string {
  const said = `${failure.field}: ${reasonOf(failure, style)}`;
  return failure.named ? `provider ${scc}: ${said}` : said;
}

/** Several lines as Kubernetes joins them: repeated lines once, brackets around more than one. */
export function joinLines(lines: readonly string[]): string {
  const distinct = [...new Set(lines)];
  return distinct.length === 1 ? (distinct[0] ?? '') : `[${distinct.join(', ')}]`;
}
