/** The columns of the two lists under pod_security: corrections of the catalog, accepted findings. */
import type { Column, OptionType } from '../option-types.ts';

const text: OptionType = { kind: 'text', pattern: /\S/, form: 'text that is not empty' };
const flag: OptionType = { kind: 'flag' };
const exceptions: OptionType = { kind: 'choices', values: ['privileged', 'root', 'capabilities'] };
const capabilities: OptionType = {
  kind: 'texts',
  pattern: /^(?!CAP_)[A-Z][A-Z0-9_]*$/,
  form: 'a capability as Kubernetes writes it, such as NET_ADMIN',
};
const id: OptionType = {
  kind: 'text',
  pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/,
  form: 'the id of a pod (lower-case words with hyphens, see list pods)',
};
/** A name that the API server refuses matches nothing and makes a patch that cannot be applied. */
const objectNames: OptionType = {
  kind: 'texts',
  pattern: /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  form: 'the exact name of an object (lower-case letters, digits, hyphens and dots)',
};
const containerName: OptionType = {
  kind: 'text',
  pattern: /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  form: 'the name of a container (at most 63 lower-case letters, digits and hyphens)',
};
/** Valid days only: 30 February is not one. */
const day: OptionType = {
  kind: 'text',
  pattern:
    /^[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))$|^([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29$/,
  form: 'a day written yyyy-mm-dd',
};

const container: Readonly<Record<string, Column>> = {
  name: {
    type: containerName,
    required: true,
    description: 'The exact name of the container.',
  },
  init: { type: flag, description: 'True for an init container.' },
  uses: {
    type: exceptions,
    required: true,
    description: 'Which exceptions of the pod it needs; [] for none.',
  },
};

export const catalogColumns: Readonly<Record<string, Column>> = {
  id: {
    type: id,
    required: true,
    description: 'The pod of the catalog that is corrected, or a new one.',
  },
  kind: {
    type: {
      kind: 'choice',
      values: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'CronJob', 'Pod'],
    },
    description: 'The kind of the workload.',
  },
  names: { type: objectNames, description: 'The exact names of the workload.' },
  namespace: {
    type: { kind: 'choice', values: ['platform', 'compute', 'system', 'istio'] },
    description: 'The key of the namespace, not its name.',
  },
  release: { type: text, description: 'The Helm release.' },
  containers: {
    type: { kind: 'rows', columns: container },
    description: 'The containers and what each needs.',
  },
  exceptions: { type: exceptions, description: 'What the pod needs beyond the default policy.' },
  capabilities: { type: capabilities, description: 'The capabilities that it adds.' },
  installed: {
    type: flag,
    description: 'Whether the pod is on the cluster, whatever the options say.',
  },
  why: { type: text, description: 'What the pod does with it.' },
  confidence: {
    type: { kind: 'choice', values: ['documented', 'derived', 'assumed'] },
    description: 'How sure it is; documented where absent.',
  },
  source: { type: text, description: 'Where it was seen.' },
};

export const exceptionColumns: Readonly<Record<string, Column>> = {
  namespace: { type: text, required: true, description: 'The namespace of the object.' },
  kind: { type: text, required: true, description: 'The kind of the object.' },
  name: { type: text, required: true, description: 'The name of the object.' },
  container: { type: text, description: 'The container; absent: the whole pod.' },
  rule: { type: text, required: true, description: 'The rule that is not followed.' },
  reason: { type: text, required: true, description: 'Why that is accepted.' },
  owner: { type: text, description: 'Who accepted it.' },
  expires: { type: day, description: 'The last day of the exception.' },
};
