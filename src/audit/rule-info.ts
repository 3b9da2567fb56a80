/** Rules as reports describe them. */
import type { RuleInfo } from '../report/report.ts';
import { rules } from './rules/index.ts';

export const ruleInfos: readonly RuleInfo[] = rules.map(
  ({ id, code, severity, title, why, fix, docs }) => ({
    id,
    code,
    severity,
    title,
    why,
    fix,
    docs,
  }),
);
