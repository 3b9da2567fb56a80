/**
 * Edits of single fields in the text of a manifest: every other byte stays as it is. The result is
 * read back and compared with the edits made on the value, so a wrong text is never returned.
 */
import { readEvents } from '../yaml/events.ts';
import type { Event } from '../yaml/js-yaml.ts';
import type { Code } from '../codes/index.ts';
import { codeEntry } from '../codes/index.ts';
import { diagnostic, UserError } from '../diagnostics.ts';
import { isDeepStrictEqual } from '../security/equal.ts';
import type { FieldPath } from '../security/types.ts';
import { frame } from '../text/codeframe.ts';
import { MAX_DEPTH } from '../yaml/construct-state.ts';
import { construct } from '../yaml/construct.ts';
import { readError, refusalError } from '../yaml/errors.ts';
import { isOrdinary, normalize, refusal } from '../yaml/hidden.ts';
import { locator, type Origin } from '../yaml/lines.ts';
import { formatPath } from '../yaml/path.ts';
import { applyEditsOr, type ValueEdit } from './apply.ts';
import { buildTree } from './text/build.ts';
import { applySplices, closeLastLine, openLastLine, type Closed } from './text/lines.ts';
import { changedPaths, makePlan, type Expansion, type Plan } from './text/plan.ts';
import type { Refusal, Session } from './text/session.ts';
import { sharedPlaces } from './text/shared.ts';
import { findDuplicate, type Node, type Tree } from './text/tree.ts';
import { editPlace } from './text/walk.ts';

export interface EditTextOptions {
  file: string;
  /** The line of the file at which the text begins; 1 by default. */
  firstLine?: number;
  /** What the text says, where the caller has read it already; spares one reading. */
  value?: unknown;
}

export interface EditedDocument {
  text: string;
  /** What the text says, as readYaml gives it. */
  value: unknown;
}

/** The text of one document (YAML or JSON) with the edits made; see editDocumentValue. */
export function editDocument(
  text: string,
  edits: readonly ValueEdit[],
  options: EditTextOptions,
): string {
  return edits.length === 0 ? text : editDocumentValue(text, edits, options).text;
}

/**
 * The edited text of one document (what stands between two separators) and what it says. Edits
 * that change nothing leave the text as it is. Throws UserError with place and frame: the reader's
 * own; DPS5001 where an anchor, an alias or a merge key shares what must change; DPS5002 for a
 * duplicate key in the way; DPS5003 where the result does not say what was wanted; DPS5004 where a
 * path leads through something that is no map or past the end of a list.
 */
export function editDocumentValue(
  text: string,
  edits: readonly ValueEdit[],
  options: EditTextOptions,
): EditedDocument {
  const origin = { file: options.file, line: options.firstLine ?? 1, column: 1 };
  const closed = closeLastLine(text, plainText(text, origin));
  const events = once(() => eventsOf(closed.plain, origin));
  const known = 'value' in options ? options.value : valueOf(closed.plain, events(), origin);
  const parsed = once(() => buildTree(closed.plain, events()));
  const refuse = refusing(closed.plain, origin, parsed);
  const value = applyEditsOr(known, edits, (path, message) =>
    refuse('DPS5004', { offset: -1, path }, message),
  );
  if (makePlan(known, edits) === undefined) return { text, value: known };
  const edited = editedText(closed, { tree: parsed(), value: known, edits, refuse });
  if (edited === undefined || !says(edited, value)) {
    const path = edits.find((edit) => makePlan(known, [edit]) !== undefined)?.path ?? [];
    return refuse(
      'DPS5003',
      { offset: -1, path },
      `${formatPath(path) || 'The document'} could not be changed in the text without changing something else.`,
    );
  }
  return { text: edited, value };
}

/** The result of `make`, which is called on the first question only. */
function once<Result>(make: () => Result): () => Result {
  let made: { result: Result } | undefined;
  return () => (made ??= { result: make() }).result;
}

/** The text with the changes made; undefined where it has nothing to change, or they overlap. */
function editedText(
  closed: Closed,
  job: {
    tree: Tree | undefined;
    value: unknown;
    edits: readonly ValueEdit[];
    refuse: Refusal;
  },
): string | undefined {
  const { tree, value, edits, refuse } = job;
  const { plain, original, added } = closed;
  if (tree === undefined) return undefined;
  const edited = applySplices(
    original,
    changes({ text: plain, original, tree, refuse }, value, edits),
  );
  return edited !== undefined && added ? openLastLine(edited) : edited;
}

/** The text as the parser gets it: hidden line breaks made line feeds, one for one. */
function plainText(text: string, origin: Origin): string {
  const refused = refusal(text);
  if (refused !== undefined) throw refusalError(refused, text, origin);
  return isOrdinary(text) ? text : normalize(text, false, locator(text, origin)).text;
}

function eventsOf(plain: string, origin: Origin): Event[] {
  try {
    return readEvents(plain, { maxDepth: MAX_DEPTH });
  } catch (error) {
    throw readError(error, plain, origin);
  }
}

function valueOf(plain: string, events: readonly Event[], origin: Origin): unknown {
  try {
    return construct(events, plain).value;
  } catch (error) {
    throw readError(error, plain, origin);
  }
}

/** True when the text is well formed and says exactly `value`. */
function says(text: string, value: unknown): boolean {
  const origin = { file: '', line: 1, column: 1 };
  try {
    const plain = plainText(text, origin);
    return isDeepStrictEqual(valueOf(plain, eventsOf(plain, origin), origin), value);
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

type Prepared = Pick<Session, 'text' | 'original' | 'tree' | 'refuse'>;

/** The changes of the text: again with what is shared written out, until nothing shared is left. */
function changes(
  document: Prepared,
  value: unknown,
  edits: readonly ValueEdit[],
): Session['splices'] {
  const { text, original, tree, refuse } = document;
  const expansions: Expansion[] = [];
  for (let round = 0; ; round++) {
    const plan = makePlan(value, edits, expansions);
    if (plan === undefined) return [];
    refuseDuplicates(document, plan);
    const session: Session = {
      text,
      original,
      tree,
      splices: [],
      walked: new Set(),
      dropped: [],
      refuse,
    };
    editPlace(session, { node: tree.root, value, path: [] }, plan);
    const shared = sharedPlaces(session, value);
    if (shared.length === 0 || round > tree.aliases.length) return session.splices;
    expansions.push(...shared);
  }
}

function refuseDuplicates({ tree, refuse }: Prepared, plan: Plan): void {
  for (const path of changedPaths(plan)) {
    const duplicate = findDuplicate(tree.root, path);
    if (duplicate === undefined) continue;
    refuse(
      'DPS5002',
      { offset: duplicate.entry.start, path: duplicate.path },
      `${formatPath(duplicate.path)} is given twice, and ${formatPath(path)} must be changed.`,
    );
  }
}

/** A negative offset stands for the place of the path. */
function refusing(text: string, origin: Origin, tree: () => Tree | undefined): Refusal {
  return (code: Code, at, message) => {
    const offset = at.offset >= 0 ? at.offset : nearest(tree()?.root, at.path ?? []);
    const location = locator(text, origin)(offset);
    const shown = frame(text, location, undefined, origin.line);
    throw new UserError([
      diagnostic(code, message, { location, frame: shown, fix: codeEntry(code).fix }),
    ]);
  };
}

/** Where the last step of a path begins that the text has. */
function nearest(root: Node | undefined, path: FieldPath): number {
  let node = root;
  let offset = root?.start ?? 0;
  for (const step of path) {
    const entry =
      typeof step === 'number' ? undefined : node?.entries.findLast(({ name }) => name === step);
    node = typeof step === 'number' ? node?.items[step] : entry?.value;
    if (node === undefined) break;
    offset = entry?.start ?? node.head;
  }
  return offset;
}
