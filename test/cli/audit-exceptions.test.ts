import { expect } from 'chai';
import { deployText } from '../helpers/policy.ts';
import { set, tweaked } from '../helpers/pods.ts';
import { CLEAN, codesOf, ROOTED, useAudit } from './audit-command.ts';

const EXCEPTION = {
  namespace: 'domino-platform',
  kind: 'Pod',
  name: 'web',
  rule: 'privileged',
  reason: 'Reviewed.',
};

describe('audit', () => {
  const { write, audit, report } = useAudit();

  describe('exceptions', () => {
    it('accept what they name, and are listed', () => {
      write('ok.yaml', [EXCEPTION]);
      const result = report(['--exceptions', 'ok.yaml'], ROOTED);
      expect([result.exit, result.findings, result.totals.accepted]).to.deep.equal([0, [], 1]);
      expect(result.totals['with a documented exception']).to.equal(1);
      expect(
        result.sections.find(({ title }) => title === 'Accepted exceptions')?.rows,
      ).to.deep.equal([['rule privileged on Pod domino-platform/web', '1', 'Reviewed.', '', '']]);
    });

    it('fail when they have expired, and the finding stays', () => {
      write('old.yaml', { exceptions: [{ ...EXCEPTION, expires: '2020-01-01', owner: 'ops' }] });
      const result = report(['--exceptions', 'old.yaml'], ROOTED);
      expect(result.exit).to.equal(1);
      expect(codesOf(result)).to.deep.equal(['DPS4001', 'DPS4901']);
    });

    it('are warned of when unused or too broad', () => {
      write('odd.yaml', [
        { ...EXCEPTION, rule: 'priviledged' },
        { ...EXCEPTION, name: '*', rule: '*' },
      ]);
      const result = report(['--exceptions', 'odd.yaml'], ROOTED);
      expect(codesOf(result)).to.deep.equal(['DPS4902', 'DPS4903']);
      expect(result.exit).to.equal(0);
      expect(audit(['--exceptions', 'odd.yaml'], ROOTED).stdout).to.contain(
        'Did you mean "privileged"?',
      );
    });

    it('of deploy.yaml count, too', () => {
      write('deploy.yaml', `${deployText()}\n  exceptions:\n    - ${JSON.stringify(EXCEPTION)}\n`);
      expect(report(['--config', 'deploy.yaml'], ROOTED).totals.accepted).to.equal(1);
    });
  });

  describe('--baseline', () => {
    it('leaves out what is known, also after lines have moved, and fails on what is new', () => {
      write('old.json', audit(['--format', 'json'], ROOTED).stdout);
      const moved = report(['--baseline', 'old.json'], `# moved\n---\n\n\n${ROOTED}`);
      expect([moved.exit, moved.findings, moved.totals['in the baseline']]).to.deep.equal([
        0,
        [],
        1,
      ]);
      const added = JSON.stringify(
        tweaked(
          set('spec.containers.0.securityContext.privileged', true),
          set('spec.securityContext.seLinuxOptions', undefined),
        ),
      );
      const more = report(['--baseline', 'old.json'], added);
      expect([more.exit, codesOf(more)]).to.deep.equal([1, ['DPS4008']]);
      expect(
        report(['--baseline', 'old.json'], CLEAN).totals['resolved since the baseline'],
      ).to.equal(1);
    });

    it('refuses anything but a report of audit', () => {
      write('a.json', '{}');
      write('b.json', 'text');
      for (const file of ['a.json', 'b.json']) {
        const { code, stderr } = audit(['--baseline', file], CLEAN);
        expect(code).to.equal(2);
        expect(stderr).to.contain('DPS4906');
      }
    });
  });
});
