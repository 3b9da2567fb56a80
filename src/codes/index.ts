/** Every message code of the program but the audit rules' (DPS4xxx), which live in their rule files. */
import { admitCodes } from './admit.ts';
import { auditCodes } from './audit.ts';
import { decisionCodes } from './decision.ts';
import { deployCodes } from './deploy.ts';
import { ioCodes } from './io.ts';
import { manifestCodes } from './manifest.ts';
import { patchCodes } from './patch.ts';
import type { CodeEntry } from './types.ts';

export const codes = {
  ...ioCodes,
  ...deployCodes,
  ...decisionCodes,
  ...patchCodes,
  ...admitCodes,
  ...auditCodes,
  ...manifestCodes,
} as const;

/** A code of the table, or of an audit rule. */
export type Code = keyof typeof codes | `DPS4${string}`;

const RULE_ENTRY: CodeEntry = { severity: 'error', title: 'Audit rule', why: '', fix: '' };

/** The row of a code; audit rules carry their own severity, title and help. */
export function codeEntry(code: Code): CodeEntry {
  return (codes as Record<string, CodeEntry>)[code] ?? RULE_ENTRY;
}
