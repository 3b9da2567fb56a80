/** What `init` is about to write, judged and shown: the text, what it means, what is said of it. */
import { catalog } from '../catalog/index.ts';
import { readDeployText } from '../deploy/deploy-text.ts';
import type { DeployOptions } from '../deploy/options.ts';
import { parseDeploy } from '../deploy/parse.ts';
import type { UserError } from '../diagnostics.ts';
import { fileText } from '../init/file-text.ts';
import type { FlowSetup, FlowState } from '../init/flow.ts';
import { previewOf, type Preview } from '../init/preview.ts';
import { correctedCatalog } from '../security/corrections.ts';
import type { Io } from '../io/io.ts';
import { select } from '../security/select.ts';
import type { Args } from './command.ts';
import { overridesOf } from './deploy.ts';

/** All that a run of `init` works with. */
export interface Session {
  setup: FlowSetup;
  state: FlowState;
  args: Args;
  io: Io;
}

export interface InitResult {
  text: string;
  options: DeployOptions;
  preview: Preview;
}

/** @throws UserError with every problem of the file as it would be */
export function resultOf({ setup: { base }, state, args, io }: Session): InitResult {
  const text = fileText(base, state.answers);
  // The versions are answers here, not something that stands over the file.
  const { unknownKeys } = overridesOf(args, io);
  const overrides = unknownKeys === undefined ? {} : { unknownKeys };
  const options = parseDeploy(text, base.file, overrides, { kubernetesVersion: true });
  const selection = select(correctedCatalog(catalog, options.catalog), options);
  return { text, options, preview: previewOf(selection, options) };
}

/**
 * The question to return to for the problems of a result: the last that was asked whose key stands
 * at a place of a problem; undefined where none does.
 */
export function questionOf(
  error: UserError,
  { setup: { base }, state }: Session,
): string | undefined {
  const text = readDeployText(fileText(base, state.answers), base.file);
  const lines = new Set(
    error.diagnostics
      .filter(({ severity }) => severity === 'error')
      .flatMap(({ location, related = [] }) => [
        location,
        ...related.map((entry) => entry.location),
      ])
      .filter((location) => location?.file === base.file)
      .map((location) => location?.line),
  );
  return state.asked.findLast((path) => {
    const keys = path.split('.');
    return lines.has(text.at(keys, 'value').line);
  });
}
