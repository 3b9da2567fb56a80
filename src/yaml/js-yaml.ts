/**
 * The parts of js-yaml that the reader and the writer use, from its browser build: the same code,
 * compiled without object spread. In Node 20 the spread in the other build gives the parser's state
 * a new hidden class at every call, and a stream of small documents takes three times as long.
 */
export {
  CHOMPING_MODE,
  COLLECTION_STYLE,
  DUMP_SCHEMA,
  EVENT_ID,
  SCALAR_STYLE,
  YAMLException,
  dump,
  getScalarValue,
  parseEvents,
  type Event,
  type ScalarEvent,
  type TagDefinition,
  type ScalarStyle,
} from 'js-yaml/browser';
