/** The prompts of a terminal, loaded when a question has to be asked. */
import './core.ts';
export { terminalPrompter } from '../io/prompt.ts';
