/** The fields of a Pod that are sieved out, as the table that the program of assembly/ reads. */
import { NEVER_READ_OF_METADATA, type PodReading } from '../spec-parts.ts';

/** Constants of the program, by name. */
export type Constant = (name: string) => number;

/** `[name, action, level below, bracket that opens it]` */
type Entry = readonly [string, string, string?, string?];

/** Of metadata, what names the pod; of its owners, what nobody reads. */
const NAMES = ['generateName', 'name', 'namespace'];
const UNREAD_OF_OWNER = ['apiVersion', 'blockOwnerDeletion', 'controller', 'uid'];

function levelsOf({ pod, container, volumes, annotations }: PodReading): Record<string, Entry[]> {
  const dropped = (names: Iterable<string>): Entry[] =>
    [...names].map((name): Entry => [name, 'DROP']);
  return {
    ITEM: [
      ['metadata', 'ENTER', 'METADATA', '{'],
      ['spec', 'ENTER', 'SPEC', '{'],
      ['status', 'DROP'],
    ],
    METADATA: [
      ...NAMES.map((name): Entry => [name, 'SET_ASIDE']),
      ['ownerReferences', 'SET_ASIDE', 'OWNER', '['],
      ...dropped(NEVER_READ_OF_METADATA),
      ['annotations', 'ENTER', 'ANNOTATIONS', '{'],
    ],
    SPEC: [
      ...['containers', 'initContainers', 'ephemeralContainers'].map((name): Entry => [
        name,
        'ENTER',
        'CONTAINER',
        '[',
      ]),
      ['volumes', 'ENTER', 'VOLUME', '['],
      ...dropped(pod),
    ],
    CONTAINER: dropped(container),
    VOLUME: [['name', 'PLAIN_NAME'], ...[...volumes].map((name): Entry => [name, 'PLAIN_SOURCE'])],
    OWNER: dropped(UNREAD_OF_OWNER),
    // Words that keep the annotations in whose keys they stand; there is nothing to be done with them.
    ANNOTATIONS: annotations.map((word): Entry => [word, 'DROP']),
  };
}

/** Writes the table into `memory`. A name that is too long for its place is a mistake of ours: RangeError. */
export function writeTable(memory: Buffer, reading: PodReading, constant: Constant): void {
  const levels = constant('FIELDS');
  const size = constant('ENTRY_BYTES');
  let index = 0;
  for (const [level, entries] of Object.entries(levelsOf(reading))) {
    const place = levels + constant(level) * 2;
    memory[place] = index;
    for (const [name, action, below = 'EVERYTHING', bracket = '\0'] of entries) {
      const at = levels + constant('LEVELS') * 2 + index++ * size;
      if (name.length > size - 4) throw new RangeError(`${name} is too long for the table.`);
      memory.set([constant(action), constant(below), bracket.charCodeAt(0), name.length], at);
      memory.write(name, at + 4, 'latin1');
    }
    memory[place + 1] = index;
  }
}
