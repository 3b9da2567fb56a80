/** What a check is given, and how it names two places of the file in one diagnostic. */
import type { Code } from '../../codes/index.ts';
import { diagnostic, type Diagnostic, type Location } from '../../diagnostics.ts';
import { type Path } from '../../yaml/read.ts';
import type { DeployText } from '../deploy-text.ts';
import { valueOf } from '../issues.ts';
import type { DeployOverrides, KubernetesVersion, OpenShiftVersion } from '../options.ts';
import { isBroken } from '../structure.ts';
import type { Canonical } from '../upgrade.ts';
import type { Platform } from '../../catalog/types.ts';
import { pathText } from '../value-text.ts';

/** A fact with its origin: a key of the file, or a flag of the command line. */
export interface Said<T> {
  value: T;
  /** Canonical path; undefined for a flag. */
  path: string | undefined;
  /** The key as the user wrote it, or the flag. */
  name: string;
}

export interface FileContext {
  text: DeployText;
  canonical: Canonical;
  broken: readonly Path[];
  overrides: DeployOverrides;
}

export interface CheckContext extends FileContext {
  platform: Said<Platform> | undefined;
  kubernetes: Said<KubernetesVersion> | undefined;
  openshift: Said<OpenShiftVersion> | undefined;
  domino: Said<string> | undefined;
}

/** The canonical value at a dotted path; null is as good as absent. */
export function given(context: FileContext, path: string): unknown {
  return valueOf(context.canonical.values, path.split('.')) ?? undefined;
}

/** True where the value was taken out because it is wrong by itself. */
export function broken(context: FileContext, path: string): boolean {
  return isBroken(context.broken, context.canonical.origin(path.split('.')));
}

/** Where a canonical path stands in the user's file; indexes of lists become numbers. */
function userPath(context: FileContext, path: string): Path {
  return context.canonical
    .origin(path.split('.'))
    .map((step) => (/^[0-9]+$/.test(step) ? Number(step) : step));
}

/** The key as it stands in the user's file. */
export function nameOf(context: FileContext, path: string): string {
  return pathText(userPath(context, path));
}

/** The place of the value in the user's file. */
function placeOf(context: FileContext, path: string): Location {
  return context.text.at(userPath(context, path), 'value');
}

interface More {
  fix?: string;
  /** Further canonical paths that belong to the problem; undefined ones (flags) are left out. */
  also?: readonly (string | undefined)[];
}

/** A diagnostic at a canonical path; undefined: at no place, for what comes from a flag alone. */
export function problem(
  context: FileContext,
  code: Code,
  path: string | undefined,
  message: string,
  more: More = {},
): Diagnostic {
  const places = [path, ...(more.also ?? [])].filter((entry) => entry !== undefined);
  const [main, ...others] = places;
  const fix = more.fix === undefined ? {} : { fix: more.fix };
  if (main === undefined) return diagnostic(code, message, fix);
  const location = placeOf(context, main);
  const related = others.map((entry) => ({
    message: `${nameOf(context, entry)} is here.`,
    location: placeOf(context, entry),
  }));
  return diagnostic(code, message, {
    location,
    frame: context.text.frame(location),
    ...fix,
    ...(related.length > 0 ? { related } : {}),
  });
}

/** A text of the file as a fact; undefined where it is absent or not text. */
export function saidText(context: FileContext, path: string): Said<string> | undefined {
  const value = given(context, path);
  return typeof value === 'string' ? { value, path, name: nameOf(context, path) } : undefined;
}
