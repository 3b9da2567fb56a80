/** The JSON Schema of the json format; scripts write it to schemas/report.schema.json. */

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const position = { type: 'integer', minimum: 1 } as const;

const location = {
  type: 'object',
  description: 'A place in a file; lines and columns count from 1, columns in UTF-16 code units.',
  properties: {
    file: text,
    line: position,
    column: position,
    endLine: position,
    endColumn: position,
  },
  required: ['file', 'line', 'column'],
  additionalProperties: false,
} as const;

const finding = {
  type: 'object',
  properties: {
    code: { type: 'string', pattern: '^DPS[0-9]{4}$', description: 'Never changes its meaning.' },
    severity: { enum: ['error', 'warning', 'note'] },
    message: text,
    rule: { ...text, description: 'The id of the audit rule.' },
    state: { ...text, description: 'How the pod relates to the documented exceptions.' },
    location: { $ref: '#/$defs/location' },
    related: {
      type: 'array',
      items: {
        type: 'object',
        properties: { message: text, location: { $ref: '#/$defs/location' } },
        required: ['message', 'location'],
        additionalProperties: false,
      },
    },
    subject: {
      type: 'object',
      description: 'The Kubernetes object and, where one is meant, the container.',
      properties: { kind: text, namespace: text, name: text, container: text },
      required: ['kind', 'name'],
      additionalProperties: false,
    },
    effective: {
      type: 'array',
      description: 'The values that the container gets, and where each comes from.',
      items: {
        type: 'object',
        properties: { field: text, value: true, origin: text, container: text },
        required: ['field', 'origin'],
        additionalProperties: false,
      },
    },
    fix: text,
    patch: { ...text, description: 'The exact patch, as text to paste.' },
    docs: text,
    fingerprint: { ...text, description: 'The same for the same problem, also after lines moved.' },
    frame: { ...text, description: 'The source lines, secrets masked.' },
  },
  required: ['code', 'severity', 'message'],
  additionalProperties: false,
} as const;

const section = {
  type: 'object',
  properties: {
    title: text,
    columns: { type: 'array', items: text },
    note: text,
    rows: { type: 'array', items: { type: 'array', items: text } },
  },
  required: ['title', 'columns', 'rows'],
  additionalProperties: false,
} as const;

/** JSON Schema 2020-12. New optional properties may appear under the same schemaVersion. */
export const reportJsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'domino-podsec report',
  description: 'What --format json writes.',
  type: 'object',
  properties: {
    schemaVersion: { const: 1 },
    tool: {
      type: 'object',
      properties: { name: text, version: text },
      required: ['name', 'version'],
      additionalProperties: false,
    },
    command: text,
    subject: {
      type: 'object',
      properties: {
        kubernetesVersion: text,
        openshiftVersion: text,
        dominoVersion: text,
        config: text,
      },
      additionalProperties: false,
    },
    findings: { type: 'array', items: { $ref: '#/$defs/finding' } },
    totals: {
      type: 'object',
      description: "The severities count the findings; other counters are the command's own.",
      properties: { error: count, warning: count, note: count },
      required: ['error', 'warning', 'note'],
      additionalProperties: { type: 'number' },
    },
    sections: { type: 'array', items: { $ref: '#/$defs/section' } },
    data: {
      type: 'object',
      description: 'Results that are no findings, such as the verdicts of admit.',
      additionalProperties: { type: 'array' },
    },
  },
  required: ['schemaVersion', 'tool', 'command', 'subject', 'findings', 'totals', 'sections'],
  additionalProperties: false,
  $defs: { location, finding, section },
} as const;
