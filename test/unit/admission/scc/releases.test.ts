// Which SCCs a release of OpenShift ships.
import { expect } from 'chai';
import { sccsForRelease, SHIPPED_SCC_NAMES } from '../../../../src/admission/scc/tables.ts';

describe('releases of OpenShift', () => {
  it('ship as many SCCs as their manifests, and say what is compared', () => {
    const table = Array.from({ length: 14 }, (_, i) => {
      const release = sccsForRelease({ minor: i + 10 });
      return release.ok
        ? [release.sccs.length, release.sccsWithoutHostmountV2?.length, release.comparedWithData]
        : [];
    });
    expect(table).to.deep.equal([
      ...[
        [7, undefined, true],
        [10, undefined, true],
      ],
      ...new Array<unknown>(4).fill([10, undefined, false]),
      [10, undefined, true],
      ...[
        [11, 10, true],
        [11, 10, false],
        [11, 10, false],
      ],
      [13, undefined, true],
      ...new Array<unknown>(3).fill([13, undefined, false]),
    ]);
    expect(SHIPPED_SCC_NAMES.size).to.equal(13);
  });

  it('know what came in a z-stream only where it is certain', () => {
    const counts = (minor: number, zs: number[]): unknown[] =>
      zs.map((z) => {
        const release = sccsForRelease({ minor, z });
        return release.ok && [release.sccs.length, release.sccsWithoutHostmountV2?.length];
      });
    expect(counts(17, [0, 35, 36, 56])).to.deep.equal([
      [10, undefined],
      [10, undefined],
      [11, 10],
      [11, undefined],
    ]);
    expect(counts(19, [0])).to.deep.equal([[11, undefined]]);
  });

  it('take ephemeral, csi and image volumes one after the other', () => {
    const volumes = [11, 12, 13, 20].map((minor) => {
      const release = sccsForRelease({ minor });
      return release.ok && release.sccs.find((one) => one.name === 'restricted-v2')?.volumes.length;
    });
    expect(volumes).to.deep.equal([6, 7, 8, 9]);
  });
});
