/** Findings that a reviewer has accepted: exact selectors or explicit patterns, each with a reason (T46). */
import type { AcceptedException } from '../deploy/options.ts';
import { diagnostic, type Location } from '../diagnostics.ts';
import type { Finding } from '../report/report.ts';
import { nearestName } from '../text/nearest-name.ts';
import { fingerprint, type Identity } from './fingerprint.ts';
import { rules } from './rules/index.ts';

/** A row with its origin. */
export interface ExceptionRow extends AcceptedException {
  /** The file that holds it. */
  file: string;
  /** Where it begins; unknown for rows of deploy.yaml. */
  location?: Location;
}

export interface ExceptionBook {
  /** True when a row that is in force accepts the finding. */
  accepts: (finding: Finding, aliases: readonly Identity[]) => boolean;
  /** Expired, unused and over-broad rows; call it when all input is read. */
  remarks: () => Finding[];
  /** Each row with the number of findings that it accepts. */
  uses: () => { row: ExceptionRow; count: number; isExpired: boolean }[];
}

interface Entry {
  row: ExceptionRow;
  matches: (finding: Finding, aliases: readonly Identity[]) => boolean;
  isExpired: boolean;
  count: number;
}

/** @param today yyyy-mm-dd, in UTC; a row counts until the end of its last day */
export function exceptionBook(rows: readonly ExceptionRow[], today: string): ExceptionBook {
  const entries = rows.map((row): Entry => ({
    row,
    matches: matcherOf(row),
    isExpired: row.expires !== undefined && row.expires < today,
    count: 0,
  }));
  return {
    accepts(finding, aliases) {
      let accepted = false;
      for (const entry of entries) {
        if (!entry.matches(finding, aliases)) continue;
        entry.count++;
        if (!entry.isExpired) accepted = true;
      }
      return accepted;
    },
    remarks: () => entries.flatMap(remarksOn),
    uses: () => entries.map(({ row, count, isExpired }) => ({ row, count, isExpired })),
  };
}

/** Of the whole row; every part must match. */
function matcherOf(row: ExceptionRow): Entry['matches'] {
  const [namespace, kind, name, rule] = [row.namespace, row.kind, row.name, row.rule].map(glob);
  const container = row.container === undefined ? undefined : glob(row.container);
  return (finding, aliases) => {
    const { subject } = finding;
    if (subject === undefined) return false;
    if (rule?.(finding.rule ?? '') !== true && rule?.(finding.code) !== true) return false;
    // A cluster-wide object, and an object of unknown namespace, is matched by "*" alone.
    if (namespace?.(subject.namespace ?? '') !== true) return false;
    if (container?.(subject.container ?? '') === false) return false;
    return aliases.some((alias) => kind?.(alias.kind) === true && name?.(alias.name) === true);
  };
}

/** `*` stands for any characters; everything else is exact. An empty selector matches nothing. */
export function glob(pattern: string): (text: string) => boolean {
  if (!pattern.includes('*')) return (text) => pattern !== '' && text === pattern;
  return (text) => matchesGlob(pattern, text);
}

/**
 * Only the last star met is ever tried again: what the earlier ones took as little as possible of
 * leaves the most text. A regular expression would try them all, in exponential time.
 */
function matchesGlob(pattern: string, text: string): boolean {
  let [at, inPattern, retryAt] = [0, 0, 0];
  let star = -1;
  while (at < text.length) {
    if (pattern[inPattern] === '*') {
      star = inPattern++;
      retryAt = at;
    } else if (pattern[inPattern] === text[at]) {
      inPattern++;
      at++;
    } else if (star !== -1) {
      inPattern = star + 1;
      at = ++retryAt;
    } else return false;
  }
  while (pattern[inPattern] === '*') inPattern++;
  return inPattern === pattern.length;
}

function remarksOn({ row, count, isExpired }: Entry): Finding[] {
  const found: Finding[] = [];
  const name = describeRow(row);
  if (isExpired) {
    const owner = row.owner === undefined ? '' : ` (owner ${row.owner})`;
    found.push(
      remark(
        'DPS4901',
        `The exception for ${name} expired on ${row.expires ?? ''}${owner}; it accepts nothing any more.`,
        row,
      ),
    );
  } else if (count === 0) {
    const hint = ruleHint(row.rule);
    found.push(
      remark('DPS4902', `The exception for ${name} accepts nothing in this input.`, row, hint),
    );
  }
  const broad = broadParts(row);
  if (broad.length > 0) {
    found.push(
      remark(
        'DPS4903',
        `The exception for ${name} accepts every ${broad.join(' and every ')}.`,
        row,
      ),
    );
  }
  return found;
}

function broadParts(row: ExceptionRow): string[] {
  const parts: string[] = [];
  const isAny = (text: string): boolean => /^\*+$/.test(text);
  if (isAny(row.name)) parts.push('name');
  if (row.kind.includes('*')) parts.push('kind');
  if (isAny(row.rule) || isAny(row.rule.replace(/^DPS4?/, ''))) parts.push('rule');
  return parts;
}

/** Why a rule matches nothing: perhaps there is none of that name. */
function ruleHint(rule: string): string | undefined {
  if (rule.includes('*') || /^DPS\d{4}$/.test(rule)) return undefined;
  const ids = rules.map(({ id }) => id);
  if (ids.includes(rule)) return undefined;
  const near = nearestName(rule, ids);
  return near === undefined
    ? `No rule is called "${rule}"; see list rules.`
    : `No rule is called "${rule}". Did you mean "${near}"?`;
}

function remark(
  code: 'DPS4901' | 'DPS4902' | 'DPS4903',
  message: string,
  row: ExceptionRow,
  fix?: string,
): Finding {
  return {
    ...diagnostic(code, message, {
      ...(row.location === undefined ? {} : { location: row.location }),
      ...(fix === undefined ? {} : { fix }),
    }),
    fingerprint: fingerprint(code, undefined, undefined, describeRow(row)),
  };
}

/** `rule privileged on DaemonSet domino-platform/falco, container "falco"`. */
export function describeRow({ rule, kind, namespace, name, container }: ExceptionRow): string {
  const place = `rule ${rule} on ${kind} ${namespace}/${name}`;
  return container === undefined ? place : `${place}, container "${container}"`;
}
