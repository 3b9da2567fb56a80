/** Namespaces: names that are used twice, labels that would refuse every pod. */
import type { NamespaceKey } from '../../catalog/types.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics.ts';
import { listText, pathText } from '../value-text.ts';
import { isMapping } from '../../yaml/mapping.ts';
import { defaultNamespaces } from '../rows/cluster.ts';
import { broken, given, nameOf, problem, type CheckContext } from './context.ts';

export const namespaceKeys: readonly NamespaceKey[] = ['platform', 'compute', 'system', 'istio'];

const ENFORCE = 'pod-security.kubernetes.io/enforce';
/** The label is obeyed from this minor on. */
const ENFORCED_FROM = 23;

const pathOf = (key: NamespaceKey): string => `namespaces.${key}.name`;

/** The name of a namespace: the file's, or the installer's default. */
export function namespaceName(context: CheckContext, key: NamespaceKey): string {
  const name = given(context, pathOf(key));
  return typeof name === 'string' ? name : defaultNamespaces[key];
}

export function namespaceProblems(context: CheckContext): Diagnostic[] {
  return [...usedTwice(context), ...refusingLabels(context), ...assumedNames(context)];
}

function usedTwice(context: CheckContext): Diagnostic[] {
  const found: Diagnostic[] = [];
  const first = new Map<string, NamespaceKey>();
  for (const key of namespaceKeys) {
    if (broken(context, pathOf(key))) continue;
    const name = namespaceName(context, key);
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, key);
      continue;
    }
    const paths = [pathOf(key), pathOf(other)];
    const written = paths.filter((path) => given(context, path) !== undefined);
    const [left, right] = paths.map((path) => described(context, path));
    found.push(
      problem(
        context,
        'DPS2070',
        written[0],
        `${left ?? ''} and ${right ?? ''} are both "${name}"; Domino needs a namespace of its own for each.`,
        {
          also: written.slice(1),
          fix: 'Give one of them another name.',
        },
      ),
    );
  }
  return found;
}

function described(context: CheckContext, path: string): string {
  return given(context, path) === undefined ? `${path} (by default)` : nameOf(context, path);
}

function refusingLabels(context: CheckContext): Diagnostic[] {
  const { kubernetes } = context;
  if (kubernetes !== undefined && kubernetes.value.minor < ENFORCED_FROM) return [];
  return namespaceKeys.flatMap((key) => {
    const labels = given(context, `namespaces.${key}.labels`);
    const level = isMapping(labels) && Object.hasOwn(labels, ENFORCE) ? labels[ENFORCE] : undefined;
    if (level !== 'baseline' && level !== 'restricted') return [];
    const path = ['namespaces', key, 'labels', ENFORCE];
    const location = context.text.at(path, 'value');
    return diagnostic(
      'DPS2071',
      `${pathText(path)} is "${level}", which refuses every Domino pod, because all of them set the SELinux type spc_t.`,
      {
        location,
        frame: context.text.frame(location),
        fix: 'Write privileged, or leave the label to this program.',
      },
    );
  });
}

function assumedNames(context: CheckContext): Diagnostic[] {
  const istio = given(context, 'istio.enabled') === true;
  const absent = namespaceKeys.filter(
    (key) =>
      (key !== 'istio' || istio) &&
      given(context, pathOf(key)) === undefined &&
      !broken(context, pathOf(key)),
  );
  if (absent.length === 0) return [];
  const names = absent.map((key) => `${defaultNamespaces[key]} (${key})`);
  return [
    diagnostic(
      'DPS2072',
      `Names of namespaces are not given; the installer's own are taken: ${listText(names)}.`,
      {
        location: context.text.at(['namespaces'], 'key'),
        fix: 'Set namespaces.<key>.name where the cluster differs.',
      },
    ),
  ];
}
