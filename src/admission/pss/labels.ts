/**
 * The policy of a namespace, read from its six labels as the server reads them, bad values included.
 * Source: api/helpers.go, PolicyToEvaluate.
 */
import { asMap } from '../pod.ts';
import { parsePolicyVersion } from './version.ts';
import type { Level, PolicyVersion } from './types.ts';

export type Mode = 'enforce' | 'audit' | 'warn';

export interface LevelVersion {
  readonly level: Level;
  readonly version: PolicyVersion;
}

export type NamespacePolicy = Readonly<Record<Mode, LevelVersion>>;

/** A label with a bad value. The server refuses to create a namespace with it, or to change it to that. */
export interface LabelError {
  readonly label: string;
  readonly message: string;
}

export interface ParsedLabels {
  readonly policy: NamespacePolicy;
  readonly errors: readonly LabelError[];
}

const PREFIX = 'pod-security.kubernetes.io/';
const STRICTNESS: Readonly<Record<Level, number>> = { privileged: 0, baseline: 1, restricted: 2 };

const PRIVILEGED: LevelVersion = { level: 'privileged', version: 'latest' };

/** What holds in a namespace without labels, unless the server's AdmissionConfiguration says otherwise. */
export const DEFAULT_POLICY: NamespacePolicy = {
  enforce: PRIVILEGED,
  audit: PRIVILEGED,
  warn: PRIVILEGED,
};

/** Reads a level; null when the word is none of the three. */
export function parseLevel(text: unknown): Level | null {
  return text === 'privileged' || text === 'baseline' || text === 'restricted' ? text : null;
}

/** The stricter of two levels is the greater; 0 when they are the same. */
export function compareLevels(a: Level, b: Level): number {
  return STRICTNESS[a] - STRICTNESS[b];
}

interface ModeLabels {
  readonly policy: LevelVersion;
  readonly errors: readonly LabelError[];
  /** The level label is there and good. */
  readonly goodLevel: boolean;
  readonly hasLevel: boolean;
  readonly hasVersion: boolean;
}

function labelError(label: string, value: unknown, allowed: string): LabelError {
  const shown = typeof value === 'string' ? JSON.stringify(value) : `a ${typeof value}`;
  return { label, message: `Label ${label} must be ${allowed}; got ${shown}.` };
}

function readMode(
  labels: Readonly<Record<string, unknown>>,
  mode: Mode,
  fallback: LevelVersion,
): ModeLabels {
  const levelLabel = PREFIX + mode;
  const versionLabel = `${levelLabel}-version`;
  const errors: LabelError[] = [];
  let { level, version } = fallback;
  const hasLevel = Object.hasOwn(labels, levelLabel);
  const hasVersion = Object.hasOwn(labels, versionLabel);
  const parsedLevel = hasLevel ? parseLevel(labels[levelLabel]) : null;
  if (parsedLevel !== null) level = parsedLevel;
  else if (hasLevel) {
    // Fails closed where pods are refused, open where there are only words.
    level = mode === 'enforce' ? 'restricted' : 'privileged';
    const allowed = '"privileged", "baseline" or "restricted"';
    errors.push(labelError(levelLabel, labels[levelLabel], allowed));
  }
  if (hasVersion) {
    const value = labels[versionLabel];
    const parsed = typeof value === 'string' ? parsePolicyVersion(value) : null;
    if (parsed === null) errors.push(labelError(versionLabel, value, '"latest" or "v1.N"'));
    version = parsed ?? 'latest';
  }
  return {
    policy: { level, version },
    errors,
    goodLevel: parsedLevel !== null,
    hasLevel,
    hasVersion,
  };
}

/** Warnings follow a stricter enforce level where the namespace asks for no warn level of its own. */
function effectiveWarn(enforce: ModeLabels, warn: ModeLabels): LevelVersion {
  const follows =
    enforce.goodLevel &&
    !warn.hasLevel &&
    compareLevels(enforce.policy.level, warn.policy.level) > 0;
  if (!follows) return warn.policy;
  return {
    level: enforce.policy.level,
    version: warn.hasVersion ? warn.policy.version : enforce.policy.version,
  };
}

/**
 * Reads the labels of a namespace. Always gives a policy; each bad value is told as well. `defaults`
 * are those of the server's AdmissionConfiguration, which the API does not show.
 */
export function parseNamespaceLabels(
  labels: unknown,
  defaults: NamespacePolicy = DEFAULT_POLICY,
): ParsedLabels {
  const map = asMap(labels) ?? {};
  const enforce = readMode(map, 'enforce', defaults.enforce);
  const audit = readMode(map, 'audit', defaults.audit);
  const warn = readMode(map, 'warn', defaults.warn);
  return {
    policy: { enforce: enforce.policy, audit: audit.policy, warn: effectiveWarn(enforce, warn) },
    errors: [...enforce.errors, ...audit.errors, ...warn.errors],
  };
}
