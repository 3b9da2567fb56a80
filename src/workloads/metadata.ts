/** Parts of an object's metadata: maps of texts, hooks, owners; none keeps the text of the document alive. */
import { isMapping } from '../yaml/mapping.ts';

/** Without a prototype, as every map of texts here. */
export const NO_TEXTS: Record<string, string> = Object.freeze(
  Object.create(null) as Record<string, string>,
);

/** The entries of labels or annotations, other values than text as JSON; null is left out. */
export function textsAt(value: Record<string, unknown>): Record<string, string> {
  const texts: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const key of Object.keys(value)) {
    const entry = value[key];
    if (entry !== null) texts[key] = typeof entry === 'string' ? entry : JSON.stringify(entry);
  }
  return texts;
}

/** The values of the annotation helm.sh/hook. */
export function hooksOf(annotations: Record<string, string>): string[] {
  const hooks = annotations['helm.sh/hook'];
  if (hooks === undefined) return [];
  return hooks
    .split(',')
    .map((hook) => hook.trim())
    .filter((hook) => hook !== '');
}

/** Kinds and names of ownerReferences; what is no mapping is left out. `name`: how names are kept. */
export function ownersOf(references: unknown, name = own): { kind: string; name: string }[] {
  if (!Array.isArray(references)) return [];
  return references
    .filter(isMapping)
    .map((owner) => ({ kind: textOf(owner.kind), name: name(textOf(owner.name)) }));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A name without the text that it was cut from: indexes keep names, and would keep whole documents alive. */
export function own(text: string): string {
  return text.length < 13 ? text : (JSON.parse(JSON.stringify(text)) as string);
}
