/**
 * What every command that reads deploy.yaml or manifests loads anyway. Imported for its place alone:
 * modules that the same commands reach share one chunk of the bundle, and each chunk more costs
 * start-up time. A module that is loaded on demand imports it, too: it would else split them again.
 */
import '../catalog/index.ts';
import '../deploy/parse.ts';
import '../io/atomic.ts';
import '../io/interrupt.ts';
import '../io/output.ts';
import '../io/run-length.ts';
import '../io/spill.ts';
import '../io/terminal.ts';
import '../io/write.ts';
import '../report/format-flags.ts';
import '../report/formats/index.ts';
import '../report/report.ts';
import '../security/corrections.ts';
import '../security/identity.ts';
import '../security/plan.ts';
import '../security/select.ts';
import '../security/workload-kinds.ts';
import '../audit/fingerprint.ts';
import '../audit/reading.ts';
import '../workloads/normal-template.ts';
import '../workloads/spec-parts.ts';
import './audit-progress.ts';
import './audit-store.ts';
import '../text/nearest-name.ts';
import '../text/terminal-safe.ts';
import '../yaml/write.ts';
import './commands.ts';
import './deploy.ts';
import './errors.ts';
import './flags.ts';
import './report.ts';
