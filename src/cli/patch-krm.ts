/** `patch --krm`: stdin and stdout are a ResourceList; remarks become its results. */
import './core.ts';
import { fail, type Diagnostic } from '../diagnostics.ts';
import type { Io } from '../io/io.ts';
import { patchDocument, type PatchJob } from '../patch/document.ts';
import { krmResults, readResourceList, withResults, type FunctionSpec } from '../patch/krm.ts';
import { writeYaml } from '../yaml/write.ts';
import type { Args } from './command.ts';
import { loadDeploy, type LoadedDeploy } from './deploy.ts';
import { isSet, listFlag, textFlag } from './flags.ts';
import { addPod, missingPods, newRun } from './patch-report.ts';

const INPUT = '<stdin>';

/** @returns 0; 1 when --strict or --require-all is violated, with the reasons in the results */
export async function runKrm(args: Args, io: Io): Promise<number> {
  if (io.stdinIsTerminal) {
    fail('DPS1003', 'patch --krm reads a ResourceList from standard input, which is a terminal.');
  }
  const text = io.readText('-');
  const { spec } = readResourceList(text, INPUT);
  const merged = mergedArgs(args, spec);
  const { context } = loadConfig(merged, spec, io);
  const job: PatchJob = {
    policy: context,
    options: {
      onlyCatalog: isSet(merged, 'only-catalog'),
      patchUnknown: isSet(merged, 'patch-unknown'),
    },
  };
  const patched = patchDocument(text, { file: INPUT, line: 1, document: 1 }, job);
  const run = newRun();
  for (const pod of patched.pods) addPod(run, pod);
  const remarks = judged(patched.diagnostics, missingPods(run, context), merged);
  const errors = remarks.filter(({ severity }) => severity === 'error');
  const results = krmResults(remarks, patched.pods);
  // An orchestrator shows the results of a function that fails, and drops its items.
  const items = errors.length > 0 ? text : patched.text;
  await io.out(withResults(items, results, INPUT));
  if (io.outClosed) fail('DPS1002', 'Standard output was closed before the list was written.');
  return errors.length > 0 ? 1 : 0;
}

function judged(
  diagnostics: readonly Diagnostic[],
  missing: readonly Diagnostic[],
  args: Args,
): Diagnostic[] {
  const isStrict = isSet(args, 'strict');
  const asError = (entry: Diagnostic): Diagnostic => ({ ...entry, severity: 'error' });
  return [
    ...diagnostics.map((entry) => (isStrict && entry.code === 'DPS3001' ? asError(entry) : entry)),
    ...(isSet(args, 'require-all') ? missing.map(asError) : []),
  ];
}

/** The functionConfig in the form of flags; flags of the command line stand over it. */
function mergedArgs(args: Args, spec: FunctionSpec): Args {
  return {
    ...args,
    namespace: textFlag(args, 'namespace') ?? spec.namespace,
    'also-namespace': [...listFlag(args, 'also-namespace'), ...(spec.alsoNamespaces ?? [])],
    'only-catalog': isSet(args, 'only-catalog') || spec.onlyCatalog === true,
    'patch-unknown': isSet(args, 'patch-unknown') || spec.patchUnknown === true,
    'enforce-assumed': isSet(args, 'enforce-assumed') || spec.enforceAssumed === true,
    strict: isSet(args, 'strict') || spec.strict === true,
    'require-all': isSet(args, 'require-all') || spec.requireAll === true,
  };
}

function loadConfig(args: Args, spec: FunctionSpec, io: Io): LoadedDeploy {
  const need = { kubernetesVersion: false };
  const path = textFlag(args, 'config') ?? spec.configPath;
  if (path !== undefined) return loadDeploy(path, args, io, need);
  if (spec.config === undefined) {
    fail('DPS5006', 'The function has no configuration.', {
      fix: 'Give --config, or config or configPath under functionConfig.spec.',
    });
  }
  const text = writeYaml(spec.config);
  const inline = 'functionConfig.spec.config';
  return loadDeploy(
    inline,
    args,
    { ...io, readText: (name) => (name === inline ? text : io.readText(name)) },
    need,
  );
}
