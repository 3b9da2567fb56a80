/** deploy.yaml with other values at some paths, read as if the file said so. */
import { fail } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import { isMapping, put } from '../yaml/mapping.ts';
import { readYaml } from '../yaml/read.ts';
import { writeYaml } from '../yaml/write.ts';
import type { Args } from './command.ts';
import { loadDeploy, type LoadedDeploy } from './deploy.ts';

export interface Assignment {
  /** Dotted path of deploy.yaml. */
  path: string;
  value: unknown;
}

/** `image_caching.enabled=false`; the value is YAML. */
export function parseAssignment(text: string): Assignment {
  const at = text.indexOf('=');
  if (at < 1) {
    return fail('DPS1003', `--set must be PATH=VALUE; got "${text}".`, {
      fix: 'Write for example --set image_caching.enabled=false.',
    });
  }
  const [document] = readYaml(text.slice(at + 1), '--set');
  return { path: text.slice(0, at), value: document?.value ?? null };
}

function assign(tree: Record<string, unknown>, { path, value }: Assignment): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let holder = tree;
  for (const step of steps) {
    let next = Object.hasOwn(holder, step) ? holder[step] : undefined;
    if (!isMapping(next)) {
      next = {};
      put(holder, step, next);
    }
    holder = next as Record<string, unknown>;
  }
  put(holder, last, value);
}

/** The configuration with the assignments. @throws UserError where it is not valid then */
export function loadChanged(
  file: string,
  assignments: readonly Assignment[],
  args: Args,
  io: Io,
): LoadedDeploy {
  const [document] = readYaml(io.readText(file), file);
  const tree = document?.value;
  if (!isMapping(tree) || typeof tree.kind === 'string') {
    return fail('DPS1003', `${file} embeds the configuration, so no value can be set in it.`, {
      fix: 'Name the configuration itself with --config.',
    });
  }
  for (const assignment of assignments) assign(tree, assignment);
  const text = writeYaml(tree);
  const changed: Io = {
    ...io,
    readText: (path) => (path === file ? text : io.readText(path)),
  };
  return loadDeploy(file, args, changed, { kubernetesVersion: true });
}
