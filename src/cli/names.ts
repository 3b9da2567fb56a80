/** Every name of the program, for explain, list and completion. */
import { catalog } from '../catalog/index.ts';
import { optionTable } from '../deploy/option-table.ts';
import type { Names } from '../reference/explain.ts';
import { targets } from '../render/targets/index.ts';
import { rules } from '../audit/rules/index.ts';

export const names: Names = { catalog, options: optionTable, rules, targets };
