/** The shape of a row of the option table: all that is known of one key of deploy.yaml. */
import type { Condition } from '../catalog/types.ts';

/** What may stand at a key. Data, so that the schema, the messages and the lists come from one place. */
export type OptionType =
  | { kind: 'flag' }
  /** `form` says in words what `pattern` demands; without a pattern any text but the empty one. */
  | { kind: 'text'; pattern?: RegExp; form?: string }
  /**
   * `open`: the list is known to be incomplete, so another value is a warning unless it looks mistyped.
   * `onOff`: YAML reads `on` and `off` without quotes as true and false, which are taken as the words.
   */
  | { kind: 'choice'; values: readonly string[]; open?: true; onOff?: true }
  /** A version. Written without quotes YAML may read a number, so the text of the file is what counts. */
  | { kind: 'version'; pattern: RegExp; form: string }
  | { kind: 'texts'; pattern?: RegExp; form?: string }
  | { kind: 'choices'; values: readonly string[] }
  /** A map of texts. */
  | { kind: 'text map'; pattern?: RegExp; form?: string }
  | { kind: 'rows'; columns: Readonly<Record<string, Column>> }
  /** Taken as it is: nothing of ours depends on it. */
  | { kind: 'anything' };

export interface Column {
  type: OptionType;
  required?: true;
  description: string;
}

/** The first (since) or last (until) release that has the key, as far as it is known. */
export interface Release {
  schema?: string;
  domino?: string;
}

/** The steps of `init`, in their order (src/init/questions.ts has the headings). */
export type QuestionSection =
  | 'cluster'
  | 'release'
  | 'namespaces'
  | 'storage'
  | 'registry'
  | 'gpu'
  | 'istio'
  | 'monitoring'
  | 'images'
  | 'components'
  | 'hardening';

/** How `init` asks for the option. */
export interface Question {
  ask: string;
  section: QuestionSection;
  /** The earlier answers after which the question matters; absent: always. */
  when?: Condition;
  /** What is offered of a choice, where not everything makes sense as an answer. */
  values?: readonly string[];
  /** What is proposed where the row has no default. */
  suggest?: string | boolean;
  /** It may be left open; then the key is not written. */
  optional?: true;
  /** The name of the flag where the path's own (flagOf in src/init/questions.ts) is long. */
  flag?: string;
}

export interface OptionRow {
  /** Dotted path; `*` stands for any name. */
  path: string;
  type: OptionType;
  /** What stands for the key when it is absent; undefined: nothing does. */
  default?: string | boolean;
  description: string;
  /** What the option changes for the security of pods, in one sentence. */
  effect: string;
  example?: unknown;
  since?: Release;
  until?: Release;
  /** True for keys that are this program's own, not the installer's. */
  ours?: true;
  secret?: true;
  /** `null` may stand here, and means something. */
  nullable?: true;
  /** The canonical path that the upgrade moves an old form to. */
  movedTo?: string;
  question?: Question;
}

const NO_EFFECT = 'None.';

/** A row of a key that is read but changes nothing for pods. */
export function plainRow(
  path: string,
  description: string,
  more: Partial<OptionRow> = {},
): OptionRow {
  return { path, type: { kind: 'anything' }, description, effect: NO_EFFECT, ...more };
}

/** The allowed values in words, as they stand after "must be" in a message and in `list options`. */
export function allowedText(type: OptionType): string {
  switch (type.kind) {
    case 'flag':
      return 'true or false';
    case 'text':
      return type.form ?? 'text';
    case 'version':
      return type.form;
    case 'choice':
      return type.open
        ? `a type such as ${type.values.join(', ')}`
        : `one of ${type.values.join(', ')}`;
    case 'texts':
      return `a list, each item ${type.form ?? 'text that is not empty'}`;
    case 'choices':
      return `a list of ${type.values.join(', ')}`;
    case 'text map':
      return 'a map of texts';
    case 'rows':
      return `a list of maps with ${Object.keys(type.columns).join(', ')}`;
    case 'anything':
      return 'any value';
  }
}
