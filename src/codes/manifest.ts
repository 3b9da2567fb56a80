/** DPS7xxx: reading YAML and JSON, and turning them into Kubernetes objects. */
import type { CodeEntry } from './types.ts';

export const manifestCodes = {
  DPS7001: {
    severity: 'error',
    title: 'Text is not valid YAML',
    why: 'A document that cannot be parsed cannot be judged, and kubectl would refuse it as well.',
    fix: 'Correct the syntax at the place shown.',
  },
  DPS7002: {
    severity: 'error',
    title: 'Template is not rendered',
    why: 'The text holds template actions ({{ ... }}), so it is the source of a manifest and not yet a manifest.',
    fix: 'Render it first, for example with "helm template", and read the result.',
  },
  DPS7003: {
    severity: 'error',
    title: 'Document is beyond a reading limit',
    why: 'Aliases, nesting or size of a document are bounded so that no input can exhaust memory.',
    fix: 'Write the repeated or nested part out, or split the document.',
  },
  DPS7004: {
    severity: 'error',
    title: 'Unknown YAML tag',
    why: 'Readers disagree on what a value with a private tag is, so the document is refused.',
    fix: 'Remove the tag.',
  },
  DPS7005: {
    severity: 'error',
    title: 'Stream that kubectl reads differently',
    why: 'Directives, malformed separators, byte order marks inside a document, NUL bytes and broken UTF-8 are refused or read in another way by kubectl.',
    fix: 'Remove the character or line shown and save the file as UTF-8.',
  },
  DPS7006: {
    severity: 'warning',
    title: 'Key is given twice',
    why: 'Kubernetes silently takes the last of two equal keys, so the first one only looks as if it counted. An error in deploy.yaml and inside a securityContext.',
    fix: 'Remove one of the two.',
  },
  DPS7007: {
    severity: 'warning',
    title: 'Line break that most editors do not show',
    why: 'kubectl ends a line at a lone carriage return, U+0085, U+2028 and U+2029, so text that looks like a comment can be a field. It is read here as kubectl reads it.',
    fix: 'Replace the character by a line feed or remove it.',
  },
  DPS7008: {
    severity: 'warning',
    title: 'Content that kubectl ignores',
    why: 'kubectl reads only the first YAML document between two "---" lines; what follows a "..." line is dropped.',
    fix: 'Separate the documents by a line "---".',
  },
  DPS7009: {
    severity: 'warning',
    title: 'Byte order mark in a later document',
    why: 'kubectl skips the mark, other readers make it part of the first key and see another object.',
    fix: 'Remove the character U+FEFF.',
  },
  DPS7010: {
    severity: 'warning',
    title: 'JSON objects without a separator',
    why: 'kubectl reads each of several concatenated JSON objects, other readers see an error or only the first.',
    fix: 'Put the objects into a List, or into separate files.',
  },
  DPS7011: {
    severity: 'note',
    title: 'Not a Kubernetes manifest',
    why: 'The document has no apiVersion and kind, so there is nothing in it to judge.',
    fix: 'Leave the file out, or add apiVersion and kind.',
  },
  DPS7012: {
    severity: 'warning',
    title: 'Field is written in the wrong case',
    why: 'Kubernetes ignores a field whose case differs, so the setting does not take effect.',
    fix: 'Write the field exactly as documented.',
  },
  DPS7013: {
    severity: 'error',
    title: 'Text is not valid JSON',
    why: 'A document that cannot be parsed cannot be judged, and kubectl would refuse it as well.',
    fix: 'Correct the syntax at the place shown.',
  },
  DPS7014: {
    severity: 'error',
    title: 'Object is malformed',
    why: 'A field that must be text, a list or a mapping is something else, so Kubernetes would refuse the object.',
    fix: 'Correct the field at the place shown.',
  },
  DPS7015: {
    severity: 'warning',
    title: 'Pod without apiVersion',
    why: 'kubectl refuses the object only while it validates; without that the API server takes the place of its kind.',
    fix: 'Write the apiVersion of the kind.',
  },
} as const satisfies Record<string, CodeEntry>;
