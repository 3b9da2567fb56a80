/**
 * An isolated Handlebars over the precompiled templates. Templates hold the shape and the comments;
 * every value goes through a helper that quotes and indents it, so no value can change the shape.
 */
import Handlebars from 'handlebars';
import { templates } from '#templates';
import { writeYaml } from '../yaml/write.ts';

const handlebars = Handlebars.create();
handlebars.registerHelper({ yaml, comment, cell });

const compiled = new Map<string, Handlebars.TemplateDelegate>();

/**
 * @param id "<target>/<name>", a file below templates/ without its ending
 * @param view every field that the template names; a missing one is an error
 */
export function renderTemplate(id: string, view: object): string {
  let template = compiled.get(id);
  if (template === undefined) {
    const spec = templates[id];
    if (spec === undefined) throw new Error(`No template is called ${id}.`);
    template = handlebars.template(spec as TemplateSpecification);
    compiled.set(id, template);
  }
  // Line ends of the values are ours: what a user wrote went through writeYaml or the comment helper.
  return template(view).replace(/\n{3,}/g, '\n\n');
}

/** `{{yaml value}}` inline, or `{{yaml value 4}}` as a block whose lines are indented by 4. */
function yaml(value: unknown, indent: unknown): string {
  const text = writeYaml(value).replace(/\n$/, '');
  if (typeof indent !== 'number') return text;
  const margin = ' '.repeat(indent);
  return text
    .split('\n')
    .map((line) => (line === '' ? line : margin + line))
    .join('\n');
}

const COMMENT_WIDTH = 96;

/** `{{comment text 4}}`: comment lines, wrapped; no character of the text can leave the comment. */
function comment(text: unknown, indent: unknown): string {
  const margin = `${' '.repeat(typeof indent === 'number' ? indent : 0)}# `;
  const lines: string[] = [];
  let line = '';
  for (const word of String(text).replace(UNSAFE, ' ').split(' ').filter(Boolean)) {
    if (line !== '' && margin.length + line.length + 1 + word.length > COMMENT_WIDTH) {
      lines.push(margin + line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  lines.push(margin + line);
  return lines.join('\n');
}

// Control characters and every line break that some reader of YAML knows (performance: evasion).
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g;

/** `{{cell text}}`: a cell of a Markdown table. */
function cell(text: unknown): string {
  return String(text)
    .replace(UNSAFE, ' ')
    .replace(/[\\|<>]/g, (character) => (character === '<' ? '&lt;' : `\\${character}`));
}
