/** What only the writing of reports needs; loaded with the first report. */
import './core.ts';
export { writeFileAtomic } from '../io/atomic.ts';
export { parseFormatFlags } from '../report/format-flags.ts';
export { batched } from './batched.ts';
