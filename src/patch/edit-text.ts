/**
 * Edits of single fields in the text of a manifest: every other byte stays as it is. The result is
 * read back and compared with the edits made on the value, so a wrong text is never returned.
 */
import type { Code } from '../codes/index.ts';
import { codeEntry } from '../codes/index.ts';
import { diagnostic, UserError } from '../diagnostics.ts';
import type { FieldPath } from '../security/types.ts';
import { frame } from '../text/codeframe.ts';
import type { Syntax } from '../yaml/document.ts';
import { locator, type Origin } from '../yaml/lines.ts';
import { formatPath } from '../yaml/path.ts';
import { applyEditsOr, type ValueEdit } from './apply.ts';
import { buildTree } from './text/build.ts';
import { applySplices, closeLastLine, openLastLine, type Closed } from './text/lines.ts';
import { changedPaths, makePlan, type Expansion, type Plan } from './text/plan.ts';
import { eventsOf, plainText, valueOf } from './text/reading.ts';
import type { Refusal, Session } from './text/session.ts';
import { sharedPlaces } from './text/shared.ts';
import { findDuplicate, type Node, type Tree } from './text/tree.ts';
import { says, saysFolded } from './text/verify.ts';
import { editPlace } from './text/walk.ts';

export interface EditTextOptions {
  file: string;
  /** The line of the file at which the text begins; 1 by default. */
  firstLine?: number;
  /** What the text says, where the caller has read it already; spares one reading. */
  value?: unknown;
  /** How the parser took the text, where the caller has parsed it. */
  syntax?: Syntax;
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
  const { syntax } = options;
  const closed = closeLastLine(text, syntax?.plain ?? plainText(text, origin));
  // A line break that was added may be a character more of the last scalar.
  const events = once(() =>
    syntax === undefined || closed.added ? eventsOf(closed.plain, origin) : syntax.events,
  );
  const known = 'value' in options ? options.value : valueOf(closed.plain, events(), origin);
  const parsed = once(() => buildTree(closed.plain, events()));
  const refuse = refusing(closed.plain, origin, parsed);
  const value = applyEditsOr(known, edits, (path, message) =>
    refuse('DPS5004', { offset: -1, path }, message),
  );
  const plan = makePlan(known, edits);
  if (plan === undefined) return { text, value: known };
  // Only what was read here, or by the reader, is known to be what the text says.
  const isRead = syntax !== undefined || !('value' in options);
  const before = { closed, tree: parsed(), value: known, isRead };
  const edited = editedText(before, { edits, plan }, value, refuse);
  if (edited === undefined) {
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

interface Change {
  edits: readonly ValueEdit[];
  /** All of them in one tree. */
  plan: Plan;
}

/** The document before the edits; `isRead`: `value` is sure to be what it says. */
interface Before {
  closed: Closed;
  tree: Tree | undefined;
  value: unknown;
  isRead: boolean;
}

/** The text with the changes made; undefined where it would not say `wanted`, or they overlap. */
function editedText(
  { closed, tree, value, isRead }: Before,
  change: Change,
  wanted: unknown,
  refuse: Refusal,
): string | undefined {
  if (tree === undefined) return undefined;
  const { plain, original, added } = closed;
  const splices = changes({ text: plain, original, tree, refuse }, value, change);
  const spliced = applySplices(original, splices);
  if (spliced === undefined) return undefined;
  if (isRead && saysFolded({ ...closed, tree, value }, splices, wanted)) return spliced;
  const edited = added ? openLastLine(spliced) : spliced;
  return says(edited, wanted) ? edited : undefined;
}

type Prepared = Pick<Session, 'text' | 'original' | 'tree' | 'refuse'>;

/** The changes of the text: again with what is shared written out, until nothing shared is left. */
function changes(
  document: Prepared,
  value: unknown,
  { edits, plan: first }: Change,
): Session['splices'] {
  const { text, original, tree, refuse } = document;
  const expansions: Expansion[] = [];
  for (let round = 0; ; round++) {
    const plan = round === 0 ? first : makePlan(value, edits, expansions);
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
