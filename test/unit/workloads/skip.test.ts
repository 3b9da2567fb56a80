import { expect } from 'chai';
import { canSkip } from '../../../src/workloads/skip.ts';

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  kind: Pod\n';

const skipped: [string, string][] = [
  ['a ConfigMap', CONFIG_MAP],
  ['comments, blank lines and a separator', `--- # x\n\n# y\n  # z\n${CONFIG_MAP}`],
  ['CRLF', CONFIG_MAP.replaceAll('\n', '\r\n')],
  ['spaces behind the kind', CONFIG_MAP.replace('ConfigMap', 'ConfigMap  ')],
  ['no line feed at the end', 'apiVersion: v1\nkind: Secret'],
  [
    'a CustomResourceDefinition',
    'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n',
  ],
  ['a NetworkPolicy', 'kind: NetworkPolicy\napiVersion: networking.k8s.io/v1\n'],
];
const parsed: [string, string][] = [
  ['a Pod', CONFIG_MAP.replace('ConfigMap', 'Pod')],
  ['a List', CONFIG_MAP.replace('ConfigMap', 'List')],
  ['a Namespace', CONFIG_MAP.replace('ConfigMap', 'Namespace')],
  ['a PodSecurityPolicy', 'apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\n'],
  ['a Service of Knative', 'apiVersion: serving.knative.dev/v1\nkind: Service\n'],
  ['a second kind', `${CONFIG_MAP}kind: Pod\n`],
  ['a second kind of the list, which hides the first', `${CONFIG_MAP}kind: Secret\n`],
  ['a kind with a space before its colon', `${CONFIG_MAP}kind : Pod\n`],
  ['a quoted kind', `${CONFIG_MAP}"kind": Pod\n`],
  ['a quoted kind in single quotes', `${CONFIG_MAP}'kind': Pod\n`],
  ['an explicit key', `${CONFIG_MAP}? kind\n: Pod\n`],
  ['a tagged key', `${CONFIG_MAP}!!str kind: Pod\n`],
  ['an anchored key', `${CONFIG_MAP}&a kind: Pod\n`],
  ['an alias as key', `${CONFIG_MAP}*a : Pod\n`],
  ['a merge', `${CONFIG_MAP}<<: {kind: Pod}\n`],
  ['a flow mapping', `{kind: Pod}\n${CONFIG_MAP}`],
  ['the end of the document', `${CONFIG_MAP}...\nkind: Pod\n`],
  ['a directive', `%YAML 1.1\n${CONFIG_MAP}`],
  ['a tab', `${CONFIG_MAP}\tkind: Pod\n`],
  ['an indented root in front', `  kind: Pod\n${CONFIG_MAP}`],
  ['no kind', 'apiVersion: v1\n'],
  ['no apiVersion', 'kind: ConfigMap\n'],
  ['two apiVersions', `${CONFIG_MAP}apiVersion: serving.knative.dev/v1\n`],
  ['a quoted value', CONFIG_MAP.replace('ConfigMap', '"ConfigMap"')],
  ['a comment behind the value', CONFIG_MAP.replace('ConfigMap', 'ConfigMap # x')],
  ['a tagged value', CONFIG_MAP.replace('ConfigMap', '!!str ConfigMap')],
  ['a value that goes on in the next line', CONFIG_MAP.replace('ConfigMap', 'ConfigMap\n\n  Map')],
  ['a lone carriage return', `${CONFIG_MAP}# x\rkind: Pod\n`],
  ['U+0085', `${CONFIG_MAP}# x\u0085kind: Pod\n`],
  ['U+2028', `${CONFIG_MAP}# x\u2028kind: Pod\n`],
  ['U+2029', `${CONFIG_MAP}# x\u2029kind: Pod\n`],
  ['a byte order mark', `\ufeff${CONFIG_MAP}`],
  ['a byte order mark inside', `${CONFIG_MAP}# \ufeff\n`],
  ['a key beyond ASCII', `${CONFIG_MAP}ü: 1\n`],
];

describe('canSkip', () => {
  for (const [title, text] of skipped) {
    it(`skips ${title}`, () => {
      expect(canSkip(Buffer.from(text))).to.equal(true);
    });
  }
  for (const [title, text] of parsed) {
    it(`parses ${title}`, () => {
      expect(canSkip(Buffer.from(text))).to.equal(false);
    });
  }
});
