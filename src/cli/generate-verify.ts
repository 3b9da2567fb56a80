/** `generate --verify`: the output is written only when offline admission proves it. */
import './admission-core.ts';
import { verifyOutput, type VerifyResult } from '../admission/verify.ts';
import { diagnostic, UserError } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import { terminalSafe } from '../text/terminal-safe.ts';
import { collected, generatedObjects } from './admit-generated.ts';
import { clusterOf } from './admit-setup.ts';
import type { Args } from './command.ts';
import type { LoadedDeploy } from './deploy.ts';
import { isSet } from './flags.ts';
import { verifyPods } from './verify-pods.ts';

/** Problems that are shown; one wrong binding refuses every pod. */
const MAX_SHOWN = 20;

/** What offline admission says of a configuration's output. */
export function verifyDeploy(loaded: LoadedDeploy): VerifyResult {
  const { options } = loaded;
  const target = clusterOf(options);
  if ('problem' in target) return { verdicts: 0, problems: [target.problem] };
  return verifyOutput({
    target,
    pods: verifyPods(loaded),
    objects: generatedObjects(loaded).map(collected),
    psp: options.platform !== 'openshift' && options.psp,
    annotations: options.namespaceAnnotations,
  });
}

/** UserError DPS6007 with exit code 1 when the output is not proven; the count of verdicts goes to stderr. */
export function proveDeploy(loaded: LoadedDeploy, args: Args, io: Io): void {
  const { verdicts, problems } = verifyDeploy(loaded);
  const { file } = loaded.options;
  if (problems.length === 0) {
    const words =
      verdicts === 0 ? 'nothing to prove on this target' : `proven by ${verdicts} verdicts`;
    if (!isSet(args, 'quiet')) io.err(`${terminalSafe(file)}: ${words}.\n`);
    return;
  }
  const shown = problems
    .slice(0, MAX_SHOWN)
    .map((problem) => diagnostic('DPS6007', `${file}: ${problem}`));
  throw new UserError(shown, 1);
}
