/** The built audit in a folder of its own, for the tests of the command. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { minimalPod, set, tweaked } from '../helpers/pods.ts';
import { runCli, type CliResult } from '../helpers/run-cli.ts';
import { useTempFolder } from '../helpers/temp-folder.ts';

interface Reported {
  findings: { code: string; rule?: string; fingerprint: string; message: string }[];
  totals: Record<string, number>;
  sections: { title: string; rows: string[][] }[];
}

interface AuditCommand {
  folder: () => string;
  /** Writes a file of the folder, what is no text as JSON, and gives its name. */
  write: (name: string, content: unknown) => string;
  audit: (args: readonly string[], input?: string) => CliResult;
  /** The report as JSON; fails where there is none. */
  report: (args: readonly string[], input?: string) => Reported & { exit: number | null };
}

export const CLEAN = JSON.stringify(minimalPod());
export const ROOTED = JSON.stringify(
  tweaked(set('spec.containers.0.securityContext.privileged', true)),
);

/** A new folder for every test of the `describe` that calls this. */
export function useAudit(): AuditCommand {
  const folder = useTempFolder();
  const audit = (args: readonly string[], input = ''): CliResult =>
    runCli(['audit', ...args], { cwd: folder(), input });
  return {
    folder,
    write: (name, content) => {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      writeFileSync(join(folder(), name), text);
      return name;
    },
    audit,
    report: (args, input = '') => {
      const { code, stdout, stderr } = audit([...args, '--format', 'json'], input);
      expect(stdout, stderr).to.not.equal('');
      return { exit: code, ...(JSON.parse(stdout) as Reported) };
    },
  };
}

export const codesOf = ({ findings }: Reported): string[] => findings.map(({ code }) => code);
