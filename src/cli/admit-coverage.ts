/** The tables of binding coverage. */
import type { Section } from '../report/report.ts';
import type { AdmitRun } from './admit-run.ts';

/** Rows of a table; a cluster with more bindings needs another tool. */
const MAX_ROWS = 1000;

function limited(section: Section, rows: readonly string[][]): Section {
  if (rows.length <= MAX_ROWS) return { ...section, rows };
  return {
    ...section,
    rows: rows.slice(0, MAX_ROWS),
    note: `Only the first ${MAX_ROWS} are listed.`,
  };
}

/** Bindings and their use; service accounts that need what they are not bound to, or the other way round. */
export function coverageSections({ tallies: { coverage } }: AdmitRun): Section[] {
  const sections: Section[] = [];
  const grants = coverage.grants();
  if (grants.length > 0) {
    const head = {
      title: 'Bindings',
      columns: ['binding', 'grants', 'pods that use it', 'remarks'],
      rows: [],
    };
    sections.push(
      limited(
        head,
        grants.map(({ grant, pods, remarks }) => [
          grant.source,
          grant.policies === '*' ? 'every policy' : grant.policies.join(', '),
          String(pods),
          remarks.join('; '),
        ]),
      ),
    );
    const accounts = [
      ...coverage
        .unbound()
        .map(({ namespace, account, pods, refused }) => [
          `${namespace}/${account}`,
          String(pods),
          `${refused} refused: not bound to what they need`,
        ]),
      ...coverage.unused().map((name) => [name, '0', 'bound, but no pod of the input uses it']),
    ];
    const table = { title: 'Service accounts', columns: ['account', 'pods', 'remark'], rows: [] };
    if (accounts.length > 0) sections.push(limited(table, accounts));
  }
  return sections;
}
