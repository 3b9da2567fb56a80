/** From a selection to the files of the wanted targets, checked by reading them back. */
import type { RenderedFile, RenderInput, Target } from './types.ts';
import { verifyRendered } from './verify.ts';

/**
 * @param targets those of this run, each of which applies to `input.options`
 * @returns files sorted by path
 */
export function render(targets: readonly Target[], input: RenderInput): RenderedFile[] {
  const files = targets
    .flatMap((target) => target.files(input))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
  verifyRendered(files);
  return files;
}
