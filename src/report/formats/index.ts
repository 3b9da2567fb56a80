/** Every report format, in the order of --help. A new one is a file beside this and a line here. */
import type { ReportFormat } from '../report.ts';
import { csvFormat } from './csv.ts';
import { jsonFormat } from './json.ts';
import { junitFormat } from './junit.ts';
import { markdownFormat } from './markdown.ts';
import { sarifFormat } from './sarif.ts';
import { textFormat } from './text.ts';

export const formats: readonly ReportFormat[] = [
  textFormat,
  jsonFormat,
  sarifFormat,
  junitFormat,
  markdownFormat,
  csvFormat,
];
