/** The rewriting of users' files, loaded when a command does it. */
import './core.ts';
export { replaceFiles } from '../io/atomic.ts';
