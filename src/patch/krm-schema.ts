/** JSON Schema (2020-12) of our functionConfig, written to schemas/function.schema.json. */
import { FUNCTION_API, FUNCTION_KIND } from './krm.ts';

const text = (description: string): object => ({ type: 'string', description });
const flag = (description: string): object => ({ type: 'boolean', description });

export const functionJsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'functionConfig of domino-podsec patch --krm',
  type: 'object',
  required: ['apiVersion', 'kind', 'spec'],
  properties: {
    apiVersion: { const: FUNCTION_API },
    kind: { const: FUNCTION_KIND },
    metadata: { type: 'object' },
    spec: {
      type: 'object',
      additionalProperties: false,
      oneOf: [{ required: ['config'] }, { required: ['configPath'] }],
      properties: {
        config: { type: 'object', description: 'The deploy.yaml itself; see deploy.schema.json.' },
        configPath: text('Path of deploy.yaml, from the folder in which the function runs.'),
        namespace: text('Namespace of objects that state none.'),
        alsoNamespaces: {
          type: 'array',
          items: { type: 'string' },
          description: "Further namespaces to treat as Domino's.",
        },
        onlyCatalog: flag('Leave pods alone that no row of the catalog matches.'),
        patchUnknown: flag("Apply the default policy to users' pods, too."),
        enforceAssumed: flag('Let limits that are only assumed take privileges away.'),
        strict: flag('Fail when a pod asks for more than it may have.'),
        requireAll: flag('Fail when a pod of the configuration is missing.'),
      },
    },
  },
};
