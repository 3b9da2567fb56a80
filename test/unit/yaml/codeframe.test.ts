import { expect } from 'chai';
import { frame, isSecretKey } from '../../../src/text/codeframe.ts';
import { maskLines } from '../../../src/text/mask-lines.ts';

const at = (line: number, column: number, endColumn?: number) => ({
  file: 'f',
  line,
  column,
  ...(endColumn === undefined ? {} : { endLine: line, endColumn }),
});
const CANARY = 'canary-7f3a';

describe('frame', () => {
  it('shows the line, its neighbours and carets', () => {
    expect(frame('a: 1\nbb: ebz\nc: 3\nd: 4\n', at(2, 5, 8))).to.equal(
      '  1 | a: 1\n  2 | bb: ebz\n    |     ^^^\n  3 | c: 3',
    );
  });

  it('counts from the first line of the text', () => {
    expect(frame('a: 1\nb: 2\n', at(99, 1, 2), undefined, 98)).to.equal(
      '   98 | a: 1\n   99 | b: 2\n      | ^\n  100 |',
    );
  });

  it('is empty outside the text', () => {
    expect(frame('a: 1\n', at(9, 1))).to.equal('');
  });

  it('cuts a long line around the place', () => {
    const shown = frame(`a: ${'x'.repeat(5000)}y`, at(1, 5004, 5005)).split('\n');
    expect(shown[0]).to.equal(`  1 | ${'x'.repeat(80)}y`);
    expect(shown[1]).to.equal(`    | ${' '.repeat(80)}^`);
  });

  it('shows control characters instead of sending them', () => {
    expect(frame('a: \u001b[2J\n', at(1, 1))).to.equal('  1 | a: \\x1b[2J\n    | ^\n  2 |');
  });

  const secrets: [string, string][] = [
    ['a plain value', `password: ${CANARY}\nx: 1\n`],
    ['a quoted value', `x: 1\n"secret_access_key": "${CANARY}"\n`],
    ['a value in a list', `x:\n  - token: ${CANARY}\n    y: 1\n`],
    ['a block scalar', `x: 1\nlicense_key: |\n  ${CANARY}\n  ${CANARY}\ny: 2\n`],
    ['a mapping below', `secret:\n  a:\n    b: ${CANARY}\n`],
    ['a list below', `token:\n- ${CANARY}\n`],
    ['a flow mapping', `x: {a: 1, access_key: ${CANARY}, b: ${CANARY}}\n`],
    ['compact JSON', `{"a":1,"password":"${CANARY}"}\n`],
    ['JSON with the value below', `{\n"password":\n"${CANARY}"\n}\n`],
    ['data of a Secret', `kind: Secret\ndata:\n  a: ${CANARY}\n  b: >-\n    ${CANARY}\n`],
    ['stringData of a Secret in a List', `- kind: Secret\n  stringData: {a: ${CANARY}}\n`],
    ['data of a Secret in JSON', `{"kind": "Secret",\n "data": {\n  "a": "${CANARY}"}}\n`],
    ['a quoted text over lines', `password: "x\n  ${CANARY}\n  y"\nz: 1\n`],
    ['a flow value on the next line', `smtp: {password:\n   ${CANARY}, port: 25}\nx: 1\n`],
    ['JSON with a blank line between', `{"a":{"token":\n\n "${CANARY}"},"gpu":3}\n`],
    ['JSON with the colon below', `{"a":{"token"\n:\n"${CANARY}"},"gpu":3}\n`],
    ['an explicit key', `? password\n: ${CANARY}\ngpu: 3\n`],
    ['an explicit key inside', `a:\n  ? password\n  : ${CANARY}\n  gpu: x: y\n`],
    ['a value without a space before it', `password:${CANARY}\n`],
    ['a value behind an equals sign', `password = ${CANARY}\n`],
    ['a value without a colon', `a:\n  password ${CANARY}\n`],
    ['a secret that stands elsewhere too', `gpu: ${CANARY}\npassword: &p ${CANARY}\n`],
    ['the password of a registry', `registryPassword: ${CANARY}\n.dockerconfigjson: ${CANARY}\n`],
  ];
  for (const [title, text] of secrets) {
    it(`hides ${title}`, () => {
      const frames = text
        .split('\n')
        .map((line, index) => frame(text, at(index + 1, 1, line.length)));
      expect(frames.join('\n')).to.not.include(CANARY);
      expect(frames.join('\n')).to.include('***');
    });
  }

  const leaving: [string, string][] = [
    ['brackets in a quoted text', `password: "x\n},${CANARY}\n],"\nz: 1\n`],
    ['a map whose keys are not indented', `{"token": {\n"a": "${CANARY}",\n"b": "${CANARY}"}}\n`],
    ['a key behind a closed value', `"token": {"a": 1}, "password":\n"${CANARY}"\n`],
    ['a key behind a closing bracket', `"token": {\n"a": 1}, "password":\n"${CANARY}"\n`],
    ['a key behind a closing quote', `"token":\n"abc", "password":\n"${CANARY}"\n`],
    ['what brackets of the wrong kind leave open', `token: {a: 1]\nb: ${CANARY}\n`],
    ['a value behind the end of a value', `token: {a: 1}${CANARY}\n`],
    ['a bracket in quotes', `token: {a: "}",\nb: ${CANARY}}\nz: 1\n`],
    ['a bracket in a comment', `token: {a: 1, # }\nb: ${CANARY}}\nz: 1\n`],
    ['a bracket behind a quote in a word', `token: {a: it's,\nb: ${CANARY}}\nz: 1\n`],
    [
      'a value whose key has lost a quote',
      `{\n"a": 1,\npassword": "${CANARY}",\n"token: "${CANARY}"}\n`,
    ],
    ['a value of a key beside a bracket', `a: {b: 1}password: ${CANARY}\ntoken]: ${CANARY}\n`],
    ['a bare key before another key', `{token "${CANARY}", password: x}\n`],
  ];
  for (const [title, text] of leaving) {
    it(`hides ${title}`, () => {
      const frames = text.split('\n').map((_, index) => frame(text, at(index + 1, 1)));
      expect(frames.join('\n')).to.not.include(CANARY);
    });
  }

  const punctuation: [string, string, string][] = [
    [
      'a map of a flow',
      '{"a": [\n  {"serviceAccountToken": {\n    "path": "long"\n  }},\n  {"b": 1}\n],\n"c": 2}',
      '{"a": [\n  {"serviceAccountToken": ***\n    ***\n  }},\n  {"b": 1}\n],\n"c": 2}',
    ],
    [
      'a text on a line of its own',
      '{\n"token":\n"long-secret"\n},\n{"b": 1}\n],',
      '{\n"token":\n***\n},\n{"b": 1}\n],',
    ],
    [
      'a plain text in a flow',
      'a: [{token: long-secret\n},\n{b: 1}\n],\nc: 2',
      'a: [{token: ***\n},\n{b: 1}\n],\nc: 2',
    ],
  ];
  for (const [title, text, shown] of punctuation) {
    it(`leaves the brackets and what follows them: ${title}`, () => {
      expect(maskLines(text.split('\n'), isSecretKey).lines.join('\n')).to.equal(shown);
    });
  }

  it('hides brackets that are a part of a text', () => {
    const text = 'password: |\n  }],\n  ab\nsecret: "cd\n],"\nx: 1';
    expect(maskLines(text.split('\n'), isSecretKey).lines.join('\n')).to.equal(
      'password: ***\n  ***\n  ***\nsecret: ***\n***\nx: 1',
    );
  });

  const huge: [string, string][] = [
    ['a quoted text', `password: "${'a'.repeat(3e6)}"`],
    ['escapes', `password: "${'\\\\a'.repeat(1e6)}`],
    ['doubled quotes', `password: '${"''".repeat(5e4)}`],
    ['brackets', `token: ${'['.repeat(1e5)}${']'.repeat(1e5)}`],
    ['blanks', `token:${' '.repeat(1e5)}x`],
    ['blanks behind a word', `token: true${' '.repeat(1e5)}x`],
    ['hyphens', '-a'.repeat(2e5)],
    ['keys', "'a': {password: ".repeat(2e4)],
    ['secrets', Array.from({ length: 2e4 }, (_, index) => `token: abcd${index}`).join('\n')],
  ];
  for (const [title, text] of huge) {
    it(`takes no longer than the text asks for: ${title}`, () => {
      expect(frame(`x: 1\n${text}\n`, at(1, 1))).to.match(/^ {2}1 \| x: 1\n/);
    }).timeout(3000);
  }

  it('shows what is no secret', () => {
    const text = 'automountServiceAccountToken: true\nsecretName: x\npassword:\nkind: ConfigMap\n';
    expect(frame(text, at(2, 1, 11))).to.equal(
      '  1 | automountServiceAccountToken: true\n  2 | secretName: x\n    | ^^^^^^^^^^\n  3 | password:',
    );
  });

  const words =
    'password passwd passphrase secret token license_key licensekey access-key accessKey secret_access_key private-key privatekey api_key apikey credential credentials dockerconfigjson';
  for (const word of words.split(' ')) {
    it(`hides the value of a key that ends with ${word}`, () => {
      for (const key of [word, word.toUpperCase(), `my-${word}`, `"a.${word}"`, `'_${word}'`]) {
        expect(frame(`x: 1\n${key}: ${CANARY}\n`, at(2, 1)), key).to.not.include(CANARY);
      }
    });
  }

  it('knows secret keys by name', () => {
    const secret = [
      'password',
      'secret',
      'token',
      'license_key',
      'access_key',
      'secret_access_key',
      'adminPassword',
      'db-password',
    ];
    const plain = ['secretName', 'tokens_allowed', 'key', 'data', 'passwordless'];
    expect([...secret, ...plain].filter(isSecretKey)).to.deep.equal(secret);
  });
});
