import { expect } from 'chai';
import type { Diagnostic } from '../../../src/diagnostics.ts';
import { patchStream } from '../../../src/patch/stream.ts';
import { byteSource } from '../../helpers/byte-source.ts';
import { deployText, policyOf } from '../../helpers/policy.ts';

const POD = (privileged: boolean): string => `# \xff
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: domino-platform}
spec:
  securityContext: {runAsNonRoot: true, seLinuxOptions: {type: spc_t}}
  containers:
    - name: c
      securityContext: {privileged: ${privileged}, capabilities: {drop: [ALL]}}
`;

describe('a stream of manifests to patch', () => {
  const run = (bytes: Buffer): { written: Buffer; diagnostics: Diagnostic[] } => {
    const pieces: Buffer[] = [];
    const diagnostics: Diagnostic[] = [];
    patchStream(
      byteSource(bytes),
      { policy: policyOf(deployText()), options: {} },
      {
        write: (piece) => pieces.push(Buffer.from(piece)),
        report: (entry) => diagnostics.push(entry),
        pod: () => undefined,
      },
    );
    return { written: Buffer.concat(pieces), diagnostics };
  };

  // The edge refuses such input before; whoever reads another way must not lose a byte either.
  it('passes bytes that are no UTF-8 as they are', () => {
    const bytes = Buffer.from(POD(false), 'latin1');
    const { written, diagnostics } = run(bytes);
    expect([written.equals(bytes), diagnostics]).to.deep.equal([true, []]);
  });

  it('refuses to edit a document that holds some', () => {
    const { written, diagnostics } = run(Buffer.from(POD(true), 'latin1'));
    expect(written.length).to.equal(0);
    expect(diagnostics.map(({ code }) => code)).to.deep.equal(['DPS1001']);
  });
});
