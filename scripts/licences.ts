/** The licences of the libraries whose code is in the bundle, as their terms ask. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param root the project's folder
 * @param inputs the bundle's input files, relative to `root`
 */
export function thirdPartyLicences(root: string, inputs: readonly string[]): string {
  const packages = new Set<string>();
  for (const input of inputs) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match?.[1] !== undefined) packages.add(match[1]);
  }
  const sections = [...packages].sort().map((folder) => section(join(root, folder)));
  return `The bundle holds code of these packages.\n\n${sections.join('\n')}`;
}

function section(folder: string): string {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as { name: string; version: string; license?: string };
  const file = existsSync(folder)
    ? readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
    : undefined;
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  return `## ${name} ${version} (${license ?? 'no licence named'})\n\n${text}\n`;
}
