/** What `init` starts from: nothing, or a deploy.yaml that is there; and the edits that add answers to it. */
import { completed } from '../deploy/complete.ts';
import { readDeployText } from '../deploy/deploy-text.ts';
import { valueOf } from '../deploy/issues.ts';
import { valueAt } from '../deploy/options.ts';
import { sameTree } from '../deploy/same-tree.ts';
import { checkStructure } from '../deploy/structure.ts';
import { upgrade, type Canonical } from '../deploy/upgrade.ts';
import { fail } from '../diagnostics.ts';
import type { ValueEdit } from '../patch/apply.ts';
import { isMapping } from '../yaml/mapping.ts';
import { readYaml } from '../yaml/read.ts';
import type { Answers, AnswerValue } from './answer.ts';
import { initQuestions, type InitQuestion } from './questions.ts';
import { REGISTRY, registryForm } from './registry-form.ts';

export interface Base {
  file: string;
  /** The text of the file; undefined where there is none. */
  text: string | undefined;
  /** The file says nothing yet: it is absent, empty or only comments. */
  isNew: boolean;
  /** Its values without those that are wrong. */
  tree: Record<string, unknown>;
  canonical: Canonical;
  /** What its values are with the defaults of absent keys. */
  complete: Readonly<Record<string, unknown>>;
}

/** @throws UserError where the file cannot be read as a configuration, or embeds one in a resource */
export function readBase(text: string | undefined, file: string): Base {
  const documents =
    text === undefined
      ? []
      : readYaml(text, file, { duplicateKeys: 'last-wins' }).filter(({ value }) => value !== null);
  if (text === undefined || documents.length === 0) {
    return { file, text, isNew: true, ...readings({}) };
  }
  const kind = documents
    .map(({ value }) => (isMapping(value) ? value.kind : undefined))
    .find((value) => value === 'Domino');
  if (kind !== undefined) {
    fail('DPS2005', `${file} embeds the configuration in a resource of kind Domino.`, {
      fix: 'Copy the map with schema, hostname and namespaces out of the resource into a file of its own, and name that.',
    });
  }
  const { tree } = checkStructure(readDeployText(text, file), 'ignore');
  return { file, text, isNew: false, ...readings(tree) };
}

function readings(tree: Base['tree']): Pick<Base, 'tree' | 'canonical' | 'complete'> {
  const canonical = upgrade(tree);
  return { tree, canonical, complete: completed(canonical.values, {}) };
}

/** What the file itself says to a question; undefined where it says nothing. */
export function baseValue(base: Base, entry: InitQuestion): unknown {
  return valueOf(base.canonical.values, entry.canonical.split('.')) ?? undefined;
}

/**
 * The edits that make the file say the answers: only what differs, at the key where the file has it
 * (old forms too). Defaults that were taken without asking stay out of a file that is there.
 */
export function editsOf(base: Base, answers: Answers): ValueEdit[] {
  const tree = { ...base.tree, ...ownVersion(answers) };
  return initQuestions.flatMap((entry): ValueEdit[] => {
    const answer = answers.get(entry.path);
    if (answer === undefined || answer.value === null) return [];
    const current = baseValue(base, entry);
    if (current !== undefined && sameTree(current, answer.value)) return [];
    if (answer.source === 'default' && !base.isNew && isImplied(base, entry, answer.value))
      return [];
    return [{ ...placed(base, tree, entry, answer.value), op: 'set' }];
  });
}

function ownVersion(answers: Answers): Record<string, unknown> {
  const version = answers.get('version')?.value;
  return typeof version === 'string' ? { version } : {};
}

function placed(
  base: Base,
  tree: Base['tree'],
  entry: InitQuestion,
  value: AnswerValue,
): Pick<ValueEdit, 'path' | 'value'> {
  const form = entry.path === `${REGISTRY}.enabled` ? registryForm(tree, value) : undefined;
  return form === undefined
    ? { path: placeOf(base, entry), value }
    : { path: [REGISTRY], value: form };
}

/** An absent key says the same; an absent flag is false where nothing else stands for it. */
function isImplied(base: Base, { canonical }: InitQuestion, value: AnswerValue): boolean {
  return sameTree(valueAt(base.complete, canonical) ?? false, value);
}

/** `namespaces: {platform: name}` is changed where it stands; a map takes the newer key. */
function placeOf(base: Base, entry: InitQuestion): readonly string[] {
  const path = entry.path.split('.');
  const origin = base.canonical.origin(entry.canonical.split('.'));
  const written = valueOf(base.tree, origin);
  const isScalar = written !== undefined && written !== null && typeof written !== 'object';
  return isScalar ? origin : path;
}
