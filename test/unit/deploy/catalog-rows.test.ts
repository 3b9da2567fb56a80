import { expect } from 'chai';
import { config, read } from './problems.ts';

/** What is said of the names and the container of one row. */
function said(names: string, container: string): string[] {
  const row = `{id: own, names: ${names}, containers: [{name: ${container}, uses: []}]}`;
  const text = config({
    pod_security: `{platform: eks, kubernetes_version: "1.33", catalog: [${row}]}`,
  });
  return read(text).diagnostics.map(({ code, message }) => `${code} ${message}`);
}

describe('deploy: names in rows of the catalog', () => {
  it('are those that objects and containers can have', () => {
    expect(said('[a, my-agent.v2, 0-x]', 'agent-1')).to.deep.equal([]);
  });

  const bad = ['My-Agent', 'a|b', '"a\\n- op: y"', '-a', 'a.', 'a..b', '"*"', 'x'.repeat(254)];
  for (const name of bad) {
    it(`are not ${name.slice(0, 20)}`, () => {
      const [ofObject, ofContainer, ...more] = said(`[${name}]`, name);
      expect(ofObject).to.match(/^DPS2012 .*names\[0\] must be the exact name of an object/);
      expect(ofContainer).to.match(
        /^DPS2012 .*containers\[0\]\.name must be the name of a container/,
      );
      expect(more).to.deep.equal([]);
    });
  }
});
