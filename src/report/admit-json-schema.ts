/** The JSON Schema of `admit --format json`; scripts write it to schemas/admit.schema.json. */
import { reportJsonSchema } from './json-schema.ts';

const text = { type: 'string' } as const;
const nullableText = { type: ['string', 'null'] } as const;
const map = { type: 'object' } as const;

const refusal = {
  type: 'object',
  description: 'A policy that was tried and refuses the pod, in the order of trial.',
  properties: {
    policy: { ...text, description: 'The SCC, the PSP or the level of Pod Security.' },
    check: {
      ...nullableText,
      description: "Pod Security's id of the check; null for SCC and PSP.",
    },
    field: { ...nullableText, description: 'The first failing path.' },
    reason: { ...text, description: 'The first reason, or "not usable".' },
  },
  required: ['policy', 'check', 'field', 'reason'],
  additionalProperties: false,
} as const;

const refusals = { type: 'array', items: { $ref: '#/$defs/refusal' } } as const;

const psa = {
  type: ['object', 'null'],
  description: 'What Pod Security says by the labels of the namespace; null: not checked.',
  properties: {
    level: { enum: ['privileged', 'baseline', 'restricted'] },
    version: { type: 'string', pattern: '^v1\\.[0-9]+$' },
    admitted: { type: 'boolean' },
    warn: refusals,
    audit: refusals,
  },
  required: ['level', 'version', 'admitted', 'warn', 'audit'],
  additionalProperties: false,
} as const;

const mutated = {
  type: ['object', 'null'],
  description: 'The security contexts after admission by an SCC or a PSP; else null.',
  properties: {
    pod: map,
    containers: {
      type: 'array',
      description: 'Init containers first.',
      items: {
        type: 'object',
        properties: { name: text, securityContext: { type: ['object', 'null'] } },
        required: ['name', 'securityContext'],
        additionalProperties: false,
      },
    },
  },
  required: ['pod', 'containers'],
  additionalProperties: false,
} as const;

const pod = {
  type: 'object',
  properties: {
    file: { ...text, description: 'As it was named, or <stdin>.' },
    document: {
      type: 'integer',
      minimum: 1,
      description: 'Counts from 1 in the file; the items of a List share it.',
    },
    kind: text,
    namespace: { ...nullableText, description: 'null: none is stated and none was given.' },
    name: text,
    admitted: { type: ['boolean', 'null'], description: 'null: depends on what is not known.' },
    policy: { ...nullableText, description: 'The SCC, the PSP or the level that admits.' },
    psa,
    mutated,
    refusals,
    dependsOn: {
      type: 'array',
      items: text,
      description: 'With admitted null: what would tell.',
    },
  },
  required: [
    'file',
    'document',
    'kind',
    'namespace',
    'name',
    'admitted',
    'policy',
    'psa',
    'mutated',
    'refusals',
  ],
  additionalProperties: false,
} as const;

/** JSON Schema 2020-12: a report with `pods`, in the order of the input, one entry a pod template. */
export const admitJsonSchema = {
  $schema: reportJsonSchema.$schema,
  title: 'domino-podsec admit',
  description: 'What admit --format json writes.',
  type: 'object',
  properties: {
    ...reportJsonSchema.properties,
    command: { const: 'admit' },
    pods: { type: 'array', items: { $ref: '#/$defs/pod' } },
  },
  required: [...reportJsonSchema.required, 'pods'],
  additionalProperties: false,
  $defs: { ...reportJsonSchema.$defs, refusal, pod },
} as const;
