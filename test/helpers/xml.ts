/** A strict reader of the XML that we write; throws where a document is not well-formed XML 1.0. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};
/** The production Char of XML 1.0. */
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

export function parseXml(text: string): XmlElement {
  if (ILLEGAL.test(text)) throw new Error('a character that XML 1.0 does not allow');
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(head)) throw new Error('no declaration');
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let rest = text.slice(head.length);
  while (rest !== '') {
    const token = /^(?:<([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|<\/([a-z-]+)>|[^<]+)/.exec(rest);
    if (token === null) throw new Error(`not well-formed: ${rest.slice(0, 40)}`);
    rest = rest.slice(token[0].length);
    step(open, token);
  }
  const [only, ...others] = root.children;
  if (only === undefined || others.length > 0 || open.length !== 1) throw new Error('not one root');
  return only;
}

function step(open: XmlElement[], token: RegExpExecArray): void {
  const [all, name, attributes = '', selfClosing, closed] = token;
  const current = open[open.length - 1]!;
  if (closed !== undefined) {
    if (open.pop()?.name !== closed) throw new Error(`</${closed}> closes another element`);
    return;
  }
  if (name === undefined) {
    if (all.includes(']]>')) throw new Error(']]> in text');
    current.text += decode(all);
    return;
  }
  const pairs = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
    key,
    decode(value.replace(/[\t\n\r]/g, ' ')),
  ]);
  if (new Set(pairs.map(([key]) => key)).size !== pairs.length) throw new Error('attribute twice');
  const element = {
    name,
    attributes: Object.fromEntries(pairs) as Record<string, string>,
    children: [],
    text: '',
  };
  current.children.push(element);
  if (selfClosing === '') open.push(element);
}

function decode(text: string): string {
  return text.replace(/&([^;]*;?)/g, (_, reference: string) => {
    const [, number, name] = /^(?:#(\d+)|([a-z]+));$/.exec(reference) ?? [];
    const value =
      number === undefined ? ENTITIES[name ?? ''] : String.fromCodePoint(Number(number));
    if (value === undefined || ILLEGAL.test(value)) throw new Error(`bad reference &${reference}`);
    return value;
  });
}
