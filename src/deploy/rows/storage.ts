/** Keys of storage classes and of the image registries. */
import { plainRow, type OptionRow } from '../option-types.ts';

const create = {
  type: { kind: 'flag' },
  default: true,
  description: 'Lets Domino install the driver and create the storage class.',
} as const;

export const storageRows: readonly OptionRow[] = [
  {
    path: 'storage_classes.block.type',
    type: {
      kind: 'choice',
      values: ['ebs', 'gce', 'azure-disk', 'azure_disk', 'hostpath', 'openebs'],
      open: true,
    },
    description: 'What the storage class for block volumes is made of.',
    effect: 'ebs, with create: brings the node driver of EBS, which is privileged.',
    example: 'ebs',
    question: {
      ask: 'Which block storage?',
      section: 'storage',
      optional: true,
      flag: 'block-storage',
    },
  },
  {
    ...create,
    path: 'storage_classes.block.create',
    effect: 'false: the driver is not installed, and its privileged pods with it.',
    example: true,
    question: {
      ask: 'Shall Domino install the block storage driver?',
      section: 'storage',
      when: { path: 'storage_classes.block.type', equals: 'ebs' },
    },
  },
  ...['name', 'access_modes', 'base_path', 'default', 'parameters'].map((key) =>
    plainRow(
      `storage_classes.block.${key}`,
      `The ${key.replace('_', ' ')} of the block storage class.`,
    ),
  ),
  {
    path: 'storage_classes.shared.type',
    type: {
      kind: 'choice',
      values: ['efs', 'nfs', 'azure_file', 'azure-file', 'gcs', 'filestore'],
      open: true,
    },
    description: 'What the storage class for shared volumes is made of.',
    effect: 'efs: the privileged EFS driver; nfs: the provisioner for NFS, which runs as root.',
    example: 'efs',
    question: {
      ask: 'Which shared storage?',
      section: 'storage',
      optional: true,
      flag: 'shared-storage',
    },
  },
  {
    ...create,
    path: 'storage_classes.shared.create',
    effect: 'false: the driver or provisioner is not installed.',
    example: true,
  },
  ...['name', 'access_modes', 'volume_capacity', 'default', 'parameters', 'nfs', 'azure_file'].map(
    (key) =>
      plainRow(
        `storage_classes.shared.${key}`,
        `The ${key.replace('_', ' ')} of the shared storage class.`,
      ),
  ),
  plainRow('storage_classes.shared.efs.region', 'The AWS region of the file system.', {
    example: 'eu-west-1',
  }),
  plainRow(
    'storage_classes.shared.efs.filesystem_id',
    'The EFS file system; older files add "::" and the access point.',
    {
      // Empty in templates of the installer whose shared storage is of another type.
      type: { kind: 'text', pattern: /^.*$/, form: 'text' },
      example: 'fs-0123456789abcdef0',
    },
  ),
  plainRow('storage_classes.shared.efs.access_point_id', 'The access point of the file system.', {
    since: { schema: '1.2', domino: '5.4' },
    example: 'fsap-0123456789abcdef0',
  }),
];

export const registryRows: readonly OptionRow[] = [
  {
    path: 'external_docker_registry',
    type: { kind: 'text' },
    nullable: true,
    description: 'The address of your own image registry; null where Domino runs one inside.',
    effect:
      'An address removes the pod that manages certificates of the internal registry on the nodes.',
    example: 'registry.example.org/domino',
    question: {
      ask: 'Address of your own image registry?',
      section: 'registry',
      flag: 'registry',
      when: { path: 'internal_docker_registry.enabled', equals: false },
    },
  },
  {
    path: 'internal_docker_registry.enabled',
    type: { kind: 'flag' },
    description: 'Runs an image registry inside the cluster; an empty map means true.',
    effect: 'true: brings the pod that writes registry certificates to the nodes, as root.',
    example: true,
    question: {
      ask: 'Shall Domino run its own image registry inside the cluster?',
      section: 'registry',
      when: { not: { path: 'external_docker_registry', present: true } },
      suggest: true,
      flag: 'internal-registry',
    },
  },
  ...['s3_override', 'gcs_override', 'azure_blobs_override', 'allowed_cidrs'].map((key) =>
    plainRow(`internal_docker_registry.${key}`, `The setting ${key} of the internal registry.`),
  ),
  ...['server', 'username', 'password'].map((key) =>
    plainRow(
      `private_docker_registry.${key}`,
      `The ${key} of the registry that holds Domino's images.`,
      {
        until: { schema: '1.0', domino: '5.2' },
        movedTo: 'helm.image_registries',
        ...(key === 'password' ? { secret: true as const } : {}),
      },
    ),
  ),
];
