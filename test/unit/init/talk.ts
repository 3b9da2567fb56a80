/** A whole interview from a script, for tests of the flow. */
import type { Answer } from '../../../src/init/answer.ts';
import { readBase } from '../../../src/init/base.ts';
import { converse, startFlow, type FlowSetup, type FlowState } from '../../../src/init/flow.ts';
import { scripted, type Scripted } from './scripted.ts';

export interface Talk {
  script: (string | boolean | undefined)[];
  preset?: Record<string, Answer['value']>;
  file?: string;
  yes?: boolean;
  review?: boolean;
}

interface Heard {
  prompter: Scripted;
  said: string[];
  setup: FlowSetup;
  state: FlowState;
}

export function setupOf({
  preset = {},
  file,
  yes = false,
  review = false,
}: Omit<Talk, 'script'>): FlowSetup {
  const answers = Object.entries(preset).map(([path, value]): [string, Answer] => [
    path,
    { value, source: 'flag' },
  ]);
  return { base: readBase(file, 'deploy.yaml'), preset: new Map(answers), yes, review };
}

export async function talk(entry: Talk): Promise<Heard> {
  const setup = setupOf(entry);
  const state = startFlow(setup);
  const prompter = scripted(entry.script);
  const said: string[] = [];
  await converse(setup, state, prompter, (text) => said.push(text));
  return { prompter, said, setup, state };
}

/** Everything before the last section, so that a case can be about one of them. */
export const quiet = {
  'pod_security.platform': 'eks',
  'pod_security.kubernetes_version': '1.33',
  version: '6.2.0',
  extended_catalog: false,
  'namespaces.platform.name': 'p',
  'namespaces.compute.name': 'c',
  'namespaces.system.name': 's',
  'storage_classes.block.type': null,
  'storage_classes.shared.type': null,
  'internal_docker_registry.enabled': true,
  'gpu.enabled': false,
  'istio.enabled': false,
  'image_caching.enabled': true,
  'image_building.rootless': false,
  'pod_security.components.openebs': false,
  'pod_security.hardening': 'documented',
};

export function without(...paths: (keyof typeof quiet)[]): Record<string, Answer['value']> {
  return Object.fromEntries(
    Object.entries(quiet).filter(([path]) => !paths.includes(path as keyof typeof quiet)),
  );
}
