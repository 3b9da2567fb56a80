/** The input of the targets, from the text of a deploy.yaml. */
import { targets } from '../../src/render/targets/index.ts';
import { render } from '../../src/render/render.ts';
import type { RenderedFile, RenderInput } from '../../src/render/types.ts';
import { policyOf } from './policy.ts';

export function renderInput(text: string): RenderInput {
  const context = policyOf(text);
  const { options, selection, catalog, decision } = context;
  if (options === undefined || selection === undefined) throw new Error('unreachable');
  return {
    options,
    selection,
    catalog,
    decision,
    remarks: [],
    targets: targets.filter((target) => target.applies(options)).map(({ id }) => id),
  };
}

export function renderAll(text: string): RenderedFile[] {
  const input = renderInput(text);
  return render(
    targets.filter((target) => target.applies(input.options)),
    input,
  );
}
