/**
 * From the parser's events to the value that Kubernetes would see. js-yaml's own constructor differs
 * where it matters: a merge key (`<<`) written after a key overrides it, as in go-yaml, duplicate
 * keys are taken and reported, and aliases are copied under go-yaml's limit, so a value is a tree.
 */
import { EVENT_ID, SCALAR_STYLE, getScalarValue, type Event, type ScalarEvent } from './js-yaml.ts';
import { firstKeyOffset } from './first-key.ts';
import { aliasShare, copyTree, isMapping, merge, put } from './mapping.ts';
import {
  ConstructError,
  MAX_DEPTH,
  type DuplicateOffsets,
  type Frame,
  type State,
} from './construct-state.ts';
import {
  checkEscapedBreak,
  checkProperties,
  checkQuestion,
  nullKey,
  refuseMerge,
  refuseTag,
  refuseTightColon,
} from './refusals.ts';
import { coreTagName, plainKey, resolvePlain, resolveTagged } from './schema.ts';

const SPACE = 32;
const QUESTION = 63;

/** Duplicates reported for one document; each costs a walk over its mapping. */
const MAX_DUPLICATES = 1000;

/** The first document of an event stream, read as Kubernetes reads it. Throws ConstructError. */
export function construct(
  events: readonly Event[],
  text: string,
): { value: unknown; duplicates: DuplicateOffsets[] } {
  const state: State = {
    text,
    events,
    frames: [],
    anchors: new Map(),
    duplicates: [],
    root: null,
    count: 1,
    aliased: 0,
    last: 0,
  };
  for (let index = 1; index < events.length; index++) {
    const event = events[index];
    if (event === undefined || (event.type === EVENT_ID.POP && state.frames.length === 0)) break;
    step(state, event, index);
  }
  return { value: state.root, duplicates: state.duplicates };
}

function step(state: State, event: Event, index: number): void {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      if (hasProperties(event)) checkProperties(state, event);
      if (!event.fast) checkEscapedBreak(state, event);
      if (state.text.charCodeAt(event.valueStart) === QUESTION) checkQuestion(state, event);
      addScalar(state, event);
      break;
    case EVENT_ID.MAPPING:
      if (hasProperties(event)) checkProperties(state, event);
      open(state, event, index, 'map');
      break;
    case EVENT_ID.SEQUENCE:
      if (hasProperties(event)) checkProperties(state, event);
      open(state, event, index, 'seq');
      break;
    case EVENT_ID.ALIAS:
      addAlias(state, event.anchorStart, event.anchorEnd, index);
      break;
    case EVENT_ID.POP:
      close(state);
      break;
    case EVENT_ID.DOCUMENT:
  }
}

function hasProperties({ anchorStart, tagStart }: Extract<Event, { tagStart: number }>): boolean {
  return anchorStart !== -1 || tagStart !== -1;
}

function addScalar(state: State, event: ScalarEvent): void {
  state.count++;
  // An empty value has no place of its own: it stands behind what came last.
  const start = event.valueStart < 0 ? state.last : event.valueStart;
  state.last = Math.max(state.last, event.valueEnd);
  const { text } = state;
  const source = getScalarValue(text, event);
  const frame = state.frames[state.frames.length - 1];
  const plain = event.style === SCALAR_STYLE.PLAIN;
  if (event.tagStart !== -1) {
    addTagged(state, event, source);
    return;
  }
  if (expectsKey(frame) && event.anchorStart === -1) {
    if (!plain) setKey(state, frame, source, start);
    else if (source === '<<') {
      frame.key = source;
      frame.merging = true;
    } else {
      // In a block mapping a space or a line's end follows the colon.
      if (text.charCodeAt(event.valueEnd + 1) > SPACE) refuseTightColon(text, event.valueEnd);
      setKey(state, frame, plainKey(source) ?? nullKey(start), start);
    }
    return;
  }
  const value = plain ? resolvePlain(source) : source;
  if (event.anchorStart !== -1) store(state, event, value);
  if (expectsKey(frame)) setKey(state, frame, scalarKey(value, start), start);
  else addValue(state, value, 0, start);
}

function addTagged(state: State, event: ScalarEvent, source: string): void {
  const { text } = state;
  const frame = state.frames[state.frames.length - 1];
  const value = resolveTagged(text.slice(event.tagStart, event.tagEnd), source);
  // `{!!str :b}` is an empty key for go-yaml and the text `:b` for js-yaml.
  const empty = event.style === SCALAR_STYLE.PLAIN && source.startsWith(':');
  if (value === undefined || empty) refuseTag(state, event.tagStart, event.tagEnd);
  if (event.anchorStart !== -1) store(state, event, value);
  if (expectsKey(frame)) setKey(state, frame, scalarKey(value, event.tagStart), event.valueStart);
  else addValue(state, value, 0, event.tagStart);
}

function store(state: State, event: ScalarEvent, value: unknown): void {
  const name = state.text.slice(event.anchorStart, event.anchorEnd);
  state.anchors.set(name, { value, size: 1, height: 0, open: false });
}

function expectsKey(frame: Frame | undefined): frame is Frame & { map: Record<string, unknown> } {
  return frame?.map !== undefined && frame.key === undefined;
}

function scalarKey(value: unknown, offset: number): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return nullKey(offset);
}

function setKey(state: State, frame: Frame, key: string, offset: number): void {
  const known = frame.map !== undefined && Object.hasOwn(frame.map, key);
  if (known && state.duplicates.length < MAX_DUPLICATES) {
    const first = firstKeyOffset(state.text, state.events, frame.event, { key, before: offset });
    const path = [...state.frames.slice(0, -1).map(position), key];
    if (first !== undefined) state.duplicates.push({ path, first, second: offset });
  }
  frame.key = key;
}

function position(frame: Frame): string | number {
  return frame.list === undefined ? (frame.key ?? '') : frame.list.length;
}

function open(
  state: State,
  event: Extract<Event, { start: number }>,
  index: number,
  kind: 'map' | 'seq',
): void {
  state.count++;
  const parent = state.frames[state.frames.length - 1];
  if (expectsKey(parent)) nullKey(event.start);
  if (event.tagStart !== -1) {
    const tag = state.text.slice(event.tagStart, event.tagEnd);
    if (tag !== '!' && coreTagName(tag) !== kind) refuseTag(state, event.tagStart, event.tagEnd);
  }
  const anchor =
    event.anchorStart === -1 ? undefined : state.text.slice(event.anchorStart, event.anchorEnd);
  const map = kind === 'map' ? {} : undefined;
  const list = kind === 'seq' ? [] : undefined;
  if (anchor !== undefined)
    state.anchors.set(anchor, { value: map ?? list, size: 0, height: 0, open: true });
  state.frames.push({
    map,
    list,
    key: undefined,
    merging: list !== undefined && parent?.map !== undefined && parent.merging,
    event: index,
    anchor,
    countBefore: state.count - 1,
    height: 1,
  });
}

function close(state: State): void {
  const frame = state.frames.pop();
  if (frame === undefined) return;
  if (frame.anchor !== undefined) {
    const anchor = state.anchors.get(frame.anchor);
    const value = frame.map ?? frame.list;
    if (anchor?.value === value && anchor !== undefined) {
      Object.assign(anchor, {
        size: state.count - frame.countBefore,
        height: frame.height,
        open: false,
      });
    }
  }
  addValue(state, frame.map ?? frame.list, frame.height, eventStart(state, frame.event));
}

function eventStart(state: State, index: number): number {
  const event = state.events[index];
  return event !== undefined && 'start' in event ? event.start : 0;
}

function addAlias(state: State, start: number, end: number, index: number): void {
  const name = state.text.slice(start, end);
  const anchor = state.anchors.get(name);
  if (anchor === undefined) {
    throw new ConstructError(start - 1, 'syntax', `The alias "*${name}" has no anchor before it.`);
  }
  if (anchor.open) {
    throw new ConstructError(start - 1, 'limit', `The anchor "&${name}" contains itself.`);
  }
  state.count += 1 + anchor.size;
  state.aliased += anchor.size;
  if (
    state.aliased > 100 &&
    state.count > 1000 &&
    state.aliased / state.count > aliasShare(state.count)
  ) {
    throw new ConstructError(start - 1, 'limit', 'The document contains excessive aliasing.');
  }
  if (state.frames.length + anchor.height > MAX_DEPTH) {
    throw new ConstructError(start - 1, 'limit', `Aliases nest deeper than ${MAX_DEPTH} levels.`);
  }
  const frame = state.frames[state.frames.length - 1];
  if (expectsKey(frame)) setKey(state, frame, scalarKey(anchor.value, start - 1), start - 1);
  else addValue(state, copyTree(anchor.value), anchor.height, start - 1, index);
}

/** `alias` is the alias event's index where the value came from one. */
function addValue(
  state: State,
  value: unknown,
  height: number,
  offset: number,
  alias?: number,
): void {
  const frame = state.frames[state.frames.length - 1];
  if (frame === undefined) {
    state.root = value;
    return;
  }
  if (frame.height <= height) frame.height = height + 1;
  if (frame.list !== undefined) {
    if (frame.merging && !isMapping(value)) refuseMerge(offset);
    frame.list.push(value);
    return;
  }
  const { map, key } = frame;
  if (map === undefined || key === undefined) return;
  frame.key = undefined;
  if (!frame.merging) {
    put(map, key, value);
    return;
  }
  frame.merging = false;
  if (Array.isArray(value) && alias === undefined) {
    // The first of several sources wins among them, so it is written last.
    for (let index = value.length - 1; index >= 0; index--) merge(map, value[index]);
  } else if (isMapping(value)) merge(map, value);
  else refuseMerge(offset);
}
