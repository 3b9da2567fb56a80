/** Helm 4: a post-renderer plugin that runs `patch`. Helm 4 takes a plugin's name, not a program (T3). */
import { renderTemplate } from '../engine.ts';
import type { Target } from '../types.ts';

const FOLDER = 'helm-plugin';

/** The version of the plugin's form, which is all that Helm shows of it. */
const PLUGIN = {
  apiVersion: 'v1',
  type: 'postrenderer/v1',
  name: 'domino-podsec',
  version: '1.0.0',
  runtime: 'subprocess',
  runtimeConfig: { platformCommand: [{ command: '${HELM_PLUGIN_DIR}/patch.sh' }] },
};

export const helmPlugin: Target = {
  id: 'helm-plugin',
  title: 'A post-renderer plugin for Helm 4 that runs patch',
  when: 'only on request (--target helm-plugin)',
  applies: () => true,
  applicable: false,
  onRequest: true,
  files: ({ options }) => [
    {
      path: `${FOLDER}/plugin.yaml`,
      content: renderTemplate('helm-plugin/plugin', { plugin: PLUGIN }),
      documents: [PLUGIN],
    },
    {
      path: `${FOLDER}/patch.sh`,
      content: renderTemplate('helm-plugin/patch', { file: options.file }),
      mode: 0o755,
    },
  ],
};
