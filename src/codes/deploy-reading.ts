/** DPS2001 to DPS2031: reading deploy.yaml, before its options are compared with each other. */
import type { CodeEntry } from './types.ts';

export const deployReadingCodes = {
  DPS2001: {
    severity: 'error',
    title: 'Configuration is empty',
    why: 'The file has no content but perhaps comments, so there is nothing to decide on.',
    fix: 'Run init to write one, or name the file that the installer is given.',
  },
  DPS2002: {
    severity: 'error',
    title: 'Configuration is not a map',
    why: 'The installer reads a map of keys; a list or a single value at the top is another file.',
    fix: 'Name the file that the installer is given.',
  },
  DPS2003: {
    severity: 'error',
    title: 'Several documents in one file',
    why: 'The installer reads one configuration, and which of several it takes is not certain.',
    fix: 'Split the file.',
  },
  DPS2004: {
    severity: 'error',
    title: 'Kubernetes object in place of a configuration',
    why: "The file is a manifest; decisions are made from the installer's configuration.",
    fix: 'Name the file that the installer is given.',
  },
  DPS2005: {
    severity: 'error',
    title: 'Domino resource without a configuration',
    why: 'A Domino resource embeds the configuration of the installer, but it was not found inside.',
    fix: 'Copy the configuration out of the resource into a file of its own.',
  },
  DPS2010: {
    severity: 'error',
    title: 'Value of the wrong type',
    why: 'A value of another type is read differently by the installer and by Kubernetes.',
    fix: 'Write the value as the message says.',
  },
  DPS2011: {
    severity: 'error',
    title: 'Value is not one of those allowed',
    why: 'Which pods are brought in depends on the exact word.',
    fix: 'Use one of the values that the message names.',
  },
  DPS2012: {
    severity: 'error',
    title: 'Text of the wrong form',
    why: 'Versions, names and days have a form that Kubernetes or this program needs.',
    fix: 'Write the value in the form that the message names.',
  },
  DPS2013: {
    severity: 'error',
    title: 'Key is missing',
    why: 'The row of a list cannot be understood without it.',
    fix: 'Add the key.',
  },
  DPS2014: {
    severity: 'error',
    title: 'Key without a value',
    why: 'An empty value is null, which neither switches an option on nor off for certain.',
    fix: 'Give it a value, or remove the key.',
  },
  DPS2020: {
    severity: 'error',
    title: 'Unknown key',
    why: 'A mistyped key has no effect, and the pods would be judged by a default instead.',
    fix: 'Correct the spelling, or take unknown keys with --unknown-keys warn.',
  },
  DPS2021: {
    severity: 'warning',
    title: 'Keys that are not judged',
    why: 'Newer installers have keys that this program does not know; they may bring pods that it does not know either.',
    fix: 'Check the spelling, and whether a key brings pods with privileges.',
  },
  DPS2022: {
    severity: 'warning',
    title: 'Storage of an unknown type',
    why: 'The program knows no pods of this type, so none of its drivers is covered.',
    fix: 'Add its pods under pod_security.catalog if they need privileges.',
  },
  DPS2030: {
    severity: 'warning',
    title: 'Version without quotes',
    why: 'YAML reads 1.10 as the number 1.1, so the installer may see another version.',
    fix: 'Write the version in quotes.',
  },
  DPS2031: {
    severity: 'note',
    title: 'Old form of a key',
    why: 'The key is read under its newer name; the file itself is not changed.',
    fix: 'Write the newer name when you move to a newer schema.',
  },
} as const satisfies Record<string, CodeEntry>;
