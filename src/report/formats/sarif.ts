/**
 * SARIF 2.1.0 for code scanning (GitHub, GitLab, editors). Valid without findings; a region is
 * written only where the line is known.
 */
import { codeEntry, type Code } from '../../codes/index.ts';
import type { Location } from '../../diagnostics.ts';
import { jsonSafe } from '../../text/terminal-safe.ts';
import { subjectName } from '../report.ts';
import type { Finding, Report, ReportFormat, RuleInfo } from '../report.ts';

export const sarifFormat: ReportFormat = {
  id: 'sarif',
  description: 'For code scanning: SARIF 2.1.0 with rules, places and fingerprints.',
  mediaType: 'application/sarif+json',
  write: writeSarif,
};

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** Results come first and the rules after them, so that one walk gives both in bounded memory. */
function* writeSarif(report: Report): Generator<string> {
  const rules = new Map<string, number>();
  for (const rule of report.rules ?? []) rules.set(rule.code, rules.size);
  const run = {
    columnKind: 'utf16CodeUnits',
    automationDetails: { id: `${report.tool}/${report.command}/` },
  };
  yield `{\n  "$schema": ${jsonText(SCHEMA)},\n  "version": "2.1.0",\n  "runs": [\n    {\n`;
  yield `      ${jsonText(run).slice(1, -1)},\n      "results": [`;
  let separator = '\n';
  for (const finding of report.findings) {
    if (!rules.has(finding.code)) rules.set(finding.code, rules.size);
    yield `${separator}        ${jsonText(result(finding, rules.get(finding.code) ?? 0))}`;
    separator = ',\n';
  }
  const infos = new Map((report.rules ?? []).map((rule) => [rule.code, rule]));
  const driver = {
    name: report.tool,
    version: report.version,
    semanticVersion: report.version,
    rules: [...rules.keys()].map((code) =>
      ruleDescriptor(infos.get(code) ?? ruleInfo(code as Code)),
    ),
  };
  yield `${separator === '\n' ? '' : '\n      '}],\n      "tool": ${jsonText({ driver })},\n`;
  yield `      "properties": ${jsonText({ totals: report.totals, subject: report.subject })}\n`;
  yield '    }\n  ]\n}\n';
}

function jsonText(value: unknown): string {
  return jsonSafe(JSON.stringify(value));
}

function ruleInfo(code: Code): RuleInfo {
  return { code, ...codeEntry(code) };
}

function ruleDescriptor(rule: RuleInfo): object {
  const help = [rule.why, rule.fix].filter((text) => text !== '').join('\n\n');
  return {
    id: rule.code,
    name: rule.id ?? rule.title,
    shortDescription: { text: `${rule.title}.` },
    fullDescription: { text: rule.why === '' ? `${rule.title}.` : rule.why },
    help: { text: help === '' ? `${rule.title}.` : help },
    ...(isUri(rule.docs) && { helpUri: rule.docs }),
    defaultConfiguration: { level: rule.severity },
    properties: { tags: ['security', 'kubernetes'] },
  };
}

function isUri(text: string | undefined): boolean {
  return text !== undefined && /^https?:\/\/[!-~]+$/.test(text);
}

function result(finding: Finding, ruleIndex: number): object {
  const { code, severity, message, fix, fingerprint, related = [] } = finding;
  const { rule, state, docs, patch, effective } = finding;
  const locations = locationsOf(finding);
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: fix === undefined ? message : `${message}\nFix: ${fix}` },
    ...(locations.length > 0 && { locations }),
    ...(related.length > 0 && {
      relatedLocations: related.map((place, id) => ({
        id,
        message: { text: place.message },
        physicalLocation: physicalLocation(place.location),
      })),
    }),
    ...(fingerprint !== undefined && { partialFingerprints: { 'dominoPodsec/v1': fingerprint } }),
    properties: { rule, state, docs, fix, patch, effective },
  };
}

function locationsOf(finding: Finding): object[] {
  const { location, subject } = finding;
  if (location === undefined && subject === undefined) return [];
  const container = subject?.container === undefined ? '' : `/${subject.container}`;
  return [
    {
      ...(location && { physicalLocation: physicalLocation(location) }),
      ...(subject && {
        logicalLocations: [
          {
            name: subject.name,
            fullyQualifiedName: subjectName(finding) + container,
            kind: 'resource',
          },
        ],
      }),
    },
  ];
}

function physicalLocation(location: Location): object {
  const { file, line, column, endLine, endColumn } = location;
  if (!isPosition(line)) return { artifactLocation: artifact(file) };
  const region = {
    startLine: line,
    ...(isPosition(column) && { startColumn: column }),
    ...(isPosition(endLine) && { endLine }),
    ...(isPosition(endColumn) && { endColumn }),
  };
  return { artifactLocation: artifact(file), region };
}

function isPosition(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 1;
}

/** Stdin has no path; code scanning wants one, so it gets a name that says what it is. */
function artifact(file: string): object {
  if (file === '<stdin>') return { uri: 'stdin', description: { text: 'Standard input.' } };
  return { uri: fileUri(file) };
}

/** A path as RFC 3986 writes it: relative as it is, absolute with `file://`; half characters become U+FFFD. */
export function fileUri(path: string): string {
  const whole = path.replaceAll('\\', '/').replace(/^\.\//, '');
  const uri = Buffer.from(whole).toString().split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]%3A\//.test(uri)) return `file:///${uri.replace('%3A', ':')}`;
  return uri.startsWith('/') ? `file://${uri}` : uri;
}
