/** The only dump settings of the program. */
import { DUMP_SCHEMA, dump, type TagDefinition } from './js-yaml.ts';
import { resolvePlain } from './schema.ts';

/** js-yaml's schema for quoting, and what only kubectl takes for a number: `0X1F`, `.5_0`, `0O17`. */
const SCHEMA = DUMP_SCHEMA.withTags(DUMP_SCHEMA.tags.map(withKubectlNumbers));

function withKubectlNumbers(tag: TagDefinition): TagDefinition {
  const isNumber = tag.tagName.endsWith(':int') || tag.tagName.endsWith(':float');
  if (tag.nodeKind !== 'scalar' || !isNumber) return tag;
  return {
    ...tag,
    resolve: (source, isExplicit, name) => {
      const value = resolvePlain(source);
      return typeof value === 'number' ? value : (tag.resolve(source, isExplicit, name) as unknown);
    },
  };
}

/**
 * `value` as YAML text that ends with a line feed: same input, same bytes; keys in their order, no
 * anchors, no folded lines; text that a reader of YAML 1.1 or 1.2 would take for something else
 * (`yes`, `0o17`, `1_000`, dates) is quoted. Undefined entries are left out.
 */
export function writeYaml(value: unknown): string {
  return dump(value, {
    schema: SCHEMA,
    lineWidth: -1,
    noRefs: true,
    skipInvalid: true,
    quoteStyle: 'double',
  });
}
