/** Runs the command's function on files made of literals, and gives what it printed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { admit } from '../../src/cli/admit.ts';
import { fakeIo, type FakeIoOptions } from '../helpers/fake-io.ts';
import { ROOT } from '../helpers/run-cli.ts';

type Json = Record<string, unknown>;

const schema = JSON.parse(readFileSync(join(ROOT, 'schemas', 'admit.schema.json'), 'utf8')) as Json;
const validate = new Ajv2020().compile(schema);

interface AdmitPod extends Json {
  file: string;
  document: number;
  kind: string;
  namespace: string | null;
  name: string;
  admitted: boolean | null;
  policy: string | null;
  psa: { level: string; version: string; admitted: boolean; warn: Json[] } | null;
  mutated: { pod: Json; containers: Json[] } | null;
  refusals: { policy: string; check: string | null; field: string | null; reason: string }[];
  dependsOn?: string[];
}

export interface AdmitOutput {
  code: number;
  pods: AdmitPod[];
  findings: { code: string; message: string; fix?: string; location?: Json }[];
  sections: Record<string, string[][]>;
  totals: Record<string, number>;
}

export async function runAdmitText(
  args: Json,
  options: FakeIoOptions,
): Promise<{ code: number; text: string; stderr: string }> {
  const io = fakeIo(options);
  const code = await admit.run(args, io);
  return { code, text: io.stdout, stderr: io.stderr };
}

/** The JSON of a run, checked against the schema. */
export async function runAdmitJson(args: Json, options: FakeIoOptions): Promise<AdmitOutput> {
  const { code, text } = await runAdmitText({ format: ['json'], ...args }, options);
  const report = JSON.parse(text) as Omit<AdmitOutput, 'code' | 'sections'> & {
    sections: { title: string; rows: string[][] }[];
  };
  validate(report);
  expect(validate.errors ?? []).to.deep.equal([]);
  const sections = Object.fromEntries(report.sections.map(({ title, rows }) => [title, rows]));
  return { ...report, code, sections };
}

export function deployment(name: string, spec: string, namespace = 'domino-platform'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}${namespace === '' ? '' : `, namespace: ${namespace}`}}
spec:
  template:
    spec: ${spec}
`;
}

export const PLAIN = '{containers: [{name: app, image: "r/app:1"}]}';
export const SPC_T =
  '{securityContext: {seLinuxOptions: {type: spc_t}}, containers: [{name: app, image: "r/app:1"}]}';
export const ANNOTATIONS = `openshift.io/sa.scc.uid-range: 1000650000/10000
openshift.io/sa.scc.mcs: "s0:c26,c5"
openshift.io/sa.scc.supplemental-groups: 1000650000/10000
`;

export const BASELINE = { 'kubernetes-version': '1.33', level: 'baseline' };
export const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata: {name: domino-platform, labels: {pod-security.kubernetes.io/enforce: baseline}}
`;
export const BINDING = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: b, namespace: domino-platform}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:openshift:scc:privileged"}
subjects: [{kind: Group, name: "system:serviceaccounts:domino-platform"}]
`;
export const many = (...documents: string[]): string => documents.join('---\n');

export const example = (name: string): string =>
  readFileSync(join(ROOT, 'examples', name, 'deploy.yaml'), 'utf8');
