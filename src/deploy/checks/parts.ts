/** Registries, Istio, and options that are said twice. */
import type { Diagnostic } from '../../diagnostics.ts';
import { isMapping } from '../../yaml/mapping.ts';
import { shownValue, valueOf } from '../issues.ts';
import { broken, given, nameOf, problem, type CheckContext } from './context.ts';
import { namespaceKeys } from './namespaces.ts';
import { pathText } from '../value-text.ts';

const INTERNAL = 'internal_docker_registry.enabled';
const EXTERNAL = 'external_docker_registry';

export function partProblems(context: CheckContext): Diagnostic[] {
  return [...registries(context), ...ambientWithoutCni(context), ...saidTwice(context)];
}

/** The reference: either the external or the internal registry must be configured. */
function registries(context: CheckContext): Diagnostic[] {
  if (broken(context, INTERNAL) || broken(context, EXTERNAL)) return [];
  const internal = given(context, INTERNAL) === true;
  const external = given(context, EXTERNAL);
  if (internal && external !== undefined) {
    return [
      problem(
        context,
        'DPS2080',
        EXTERNAL,
        `${EXTERNAL} and ${nameOf(context, INTERNAL)} both configure an image registry; Domino takes exactly one.`,
        {
          also: [INTERNAL],
          fix: `Set ${EXTERNAL}: null for the internal registry, or internal_docker_registry: null for your own.`,
        },
      ),
    ];
  }
  if (internal || external !== undefined) return [];
  const written = [INTERNAL, EXTERNAL].filter(
    (path) => valueOf(context.text.value, [path.split('.')[0] ?? '']) !== undefined,
  );
  return [
    problem(
      context,
      'DPS2081',
      written[0] ?? EXTERNAL,
      'No image registry is configured: Domino needs internal_docker_registry or external_docker_registry.',
      {
        also: written.slice(1),
        fix: `Write internal_docker_registry: {} for a registry inside the cluster, or ${EXTERNAL} with the address of yours.`,
      },
    ),
  ];
}

/** In ambient mode the node agent is what redirects the traffic (Istio's installation guide). */
function ambientWithoutCni(context: CheckContext): Diagnostic[] {
  if (given(context, 'istio.cni') !== false) return [];
  const ambient = namespaceKeys.find((key) => {
    const labels = given(context, `namespaces.${key}.labels`);
    return isMapping(labels) && labels['istio.io/dataplane-mode'] === 'ambient';
  });
  if (ambient === undefined) return [];
  const labels = `namespaces.${ambient}.labels`;
  return [
    problem(
      context,
      'DPS2083',
      'istio.cni',
      `istio.cni is false, but ${labels} puts the namespace into Istio's ambient mode, which cannot work without the node agent.`,
      {
        also: [labels],
        fix: 'Set istio.cni: true, or take the label away.',
      },
    ),
  ];
}

function saidTwice(context: CheckContext): Diagnostic[] {
  return context.canonical.conflicts.map(({ old, current }) => {
    const said = [old, current].map((path) => {
      const value = valueOf(context.text.value, path);
      return {
        name: pathText(path),
        text: typeof value === 'object' ? '' : ` (${shownValue(context.text, path)})`,
      };
    });
    const [first, second] = said;
    const location = context.text.at(old, 'value');
    return {
      ...problem(
        context,
        'DPS2082',
        undefined,
        `${first?.name ?? ''}${first?.text ?? ''} and ${second?.name ?? ''}${second?.text ?? ''} are one option and say different things.`,
        {
          fix: `Keep ${second?.name ?? ''} and remove the other.`,
        },
      ),
      location,
      frame: context.text.frame(location),
      related: [
        { message: `${second?.name ?? ''} is here.`, location: context.text.at(current, 'value') },
      ],
    };
  });
}
