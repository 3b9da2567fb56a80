/** `--answers FILE`: a YAML map of option path to value, flat or nested as in deploy.yaml. */
import { diagnostic, UserError, type Diagnostic } from '../diagnostics.ts';
import { isSecretKey, MASK } from '../deploy/secrets.ts';
import { shortened } from '../deploy/value-text.ts';
import { nearestName } from '../text/nearest-name.ts';
import { isMapping } from '../yaml/mapping.ts';
import { readYaml, type Path, type YamlDocument } from '../yaml/read.ts';
import { readAnswer, type Answer } from './answer.ts';
import { initQuestions, type InitQuestion } from './questions.ts';

/** @throws UserError with every entry that is no question, or has a value that is not allowed */
export function readAnswers(text: string, file: string): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  const problems: Diagnostic[] = [];
  for (const document of readYaml(text, file)) {
    if (document.value === null) continue;
    if (!isMapping(document.value)) {
      const location = document.locate([], 'value');
      problems.push(
        diagnostic('DPS1011', 'The answers must be a map of option paths to values.', {
          ...(location === undefined ? {} : { location }),
        }),
      );
      continue;
    }
    for (const { name, path, value } of entriesOf(document.value, '', [])) {
      const read = answerOf(name, value, document.raw(path)?.text);
      if (!('value' in read)) problems.push(placed(read, document, path));
      else if (answers.has(read.path)) problems.push(placed(twice(name), document, path));
      else answers.set(read.path, { value: read.value, source: 'answers file' });
    }
  }
  if (problems.length > 0) throw new UserError(problems);
  return answers;
}

interface Entry {
  /** Dotted, whatever the nesting. */
  name: string;
  path: Path;
  value: unknown;
}

function entriesOf(map: Record<string, unknown>, prefix: string, above: Path): Entry[] {
  return Object.entries(map).flatMap(([key, value]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    const path = [...above, key];
    return isMapping(value) ? entriesOf(value, name, path) : [{ name, path, value }];
  });
}

type Read =
  { path: string; value: Answer['value'] } | { message: string; fix?: string; at: 'key' | 'value' };

function answerOf(name: string, value: unknown, raw: string | undefined): Read {
  const entry = initQuestions.find(({ path }) => path === name);
  if (entry === undefined) {
    const near = nearestName(
      name,
      initQuestions.map(({ path }) => path),
    );
    return {
      at: 'key',
      message: `${shownName(name)} is no question of init.`,
      fix: near === undefined ? 'See "domino-podsec init --help".' : `Did you mean ${near}?`,
    };
  }
  const read = readAnswer(entry, textOf(entry, value, raw));
  if ('value' in read) return { path: entry.path, value: read.value };
  return { at: 'value', message: `${name} ${read.problem}.` };
}

/** The flat and the nested form of one path, or the same path in two documents. */
function twice(name: string): Exclude<Read, { path: string }> {
  return { at: 'key', message: `${name} is answered twice.`, fix: 'Keep one of the two answers.' };
}

/** What stands below a secret key may be the secret itself, read as a key. */
function shownName(name: string): string {
  const steps = name.split('.');
  const secret = steps.findIndex(isSecretKey);
  if (secret === -1 || secret === steps.length - 1) return shortened(name);
  return shortened([...steps.slice(0, secret + 1), MASK].join('.'));
}

/** A version without quotes is a number to YAML; what the file shows is what is meant. */
function textOf(entry: InitQuestion, value: unknown, raw: string | undefined): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.map(String).join(',');
  if (entry.row.type.kind === 'version' && typeof value === 'number') return raw ?? String(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function placed(
  problem: Exclude<Read, { path: string }>,
  document: YamlDocument,
  path: Path,
): Diagnostic {
  const location = document.locate(path, problem.at);
  return diagnostic('DPS1011', problem.message, {
    ...(location === undefined ? {} : { location }),
    ...(problem.fix === undefined ? {} : { fix: problem.fix }),
  });
}
