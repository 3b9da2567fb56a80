/** One strategic-merge patch a pod, and the kustomize Component that applies them. */
import type { Json } from '../../security/template.ts';
import { renderTemplate } from '../engine.ts';
import type { RenderedFile, RenderInput, Target } from '../types.ts';
import { againstPatches } from './contexts-against.ts';
import { knownPatches } from './contexts-known.ts';

export interface ContextPatch {
  /** Below patches/. */
  file: string;
  /** A strategic-merge patch; a list is a JSON patch (RFC 6902). */
  body: Json | readonly Json[];
  /** Patterns are anchored. */
  target: { kind: string; name: string; namespace?: string };
  title: string;
  facts: readonly string[];
  /** Why each exceptional value stands there. */
  reasons: readonly string[];
}

/** Below patches/, which `kubectl apply -f OUT` does not reach: a patch is no object. */
const FOLDER = 'patches';

export const securityContexts: Target = {
  id: 'security-contexts',
  title: 'securityContext patches as a kustomize Component',
  when: 'always',
  applies: () => true,
  applicable: false,
  files: (input: RenderInput) => {
    const patches = input.against === undefined ? knownPatches(input) : againstPatches(input);
    const kustomization = {
      apiVersion: 'kustomize.config.k8s.io/v1alpha1',
      kind: 'Component',
      patches: patches.map(({ file, target }) => ({ path: file, target })),
    };
    const component: RenderedFile = {
      path: `${FOLDER}/kustomization.yaml`,
      content: renderTemplate('security-contexts/kustomization', {
        against: input.against !== undefined,
        patches: kustomization.patches,
      }),
      documents: [kustomization],
    };
    return [component, ...patches.map(patchFile)];
  },
};

function patchFile({ file, body, title, facts, reasons }: ContextPatch): RenderedFile {
  const content = renderTemplate('security-contexts/patch', { title, facts, reasons, body });
  return { path: `${FOLDER}/${file}`, content, documents: [body] };
}
