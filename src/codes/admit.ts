/** DPS6xxx: offline admission. */
import type { CodeEntry } from './types.ts';

export const admitCodes = {
  DPS6001: {
    severity: 'error',
    title: 'Pod is refused',
    why: 'The API server of the target cluster would refuse the pod. A workload with a template is accepted all the same; only its pods never appear.',
    fix: 'Lower what the pod asks for, or give its service account or its namespace the named policy.',
  },
  DPS6002: {
    severity: 'error',
    title: 'Verdict depends on what is not known',
    why: 'Something that decides the verdict is not in the input: annotations or labels of the namespace, a role, or a value that the API server would not take.',
    fix: 'Add the missing object to the input, or say it with a flag.',
  },
  DPS6003: {
    severity: 'note',
    title: 'Remark on a verdict',
    why: 'The verdict stands, but something about it is worth knowing.',
    fix: 'Nothing needs to be done.',
  },
  DPS6004: {
    severity: 'error',
    title: 'Nothing to judge',
    why: 'No workload was found, so admitting it would prove nothing.',
    fix: 'Check the paths and the rendering, or say --allow-empty.',
  },
  DPS6005: {
    severity: 'note',
    title: 'Patch is no workload',
    why: 'The document lies in a folder of patches and none of its containers has an image, so it is a patch for a workload and not one itself.',
    fix: 'Nothing needs to be done; judge the patched manifests.',
  },
  DPS6006: {
    severity: 'note',
    title: 'Role of a binding is not in the input',
    why: 'What the binding grants is not known; where it decides a verdict, the verdict is left open.',
    fix: 'Add the role to the input.',
  },
  DPS6007: {
    severity: 'error',
    title: 'Output is not proven',
    why: 'With --verify: offline admission does not confirm that the generated objects admit every pod of the catalog, or that they are needed. Nothing was written.',
    fix: 'Read the message; correct deploy.yaml or report a bug.',
  },
  DPS6008: {
    severity: 'error',
    title: 'Self-test failed',
    why: 'A built-in case of an admission engine has another verdict than it must have, so verdicts of this build cannot be trusted.',
    fix: 'Install the program anew; report a bug if it fails again.',
  },
} as const satisfies Record<string, CodeEntry>;
