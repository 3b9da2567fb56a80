/** Which values of deploy.yaml are secrets, and a copy of a tree without them (contracts: secrets). */
import { editDistance } from '../text/nearest-name.ts';
import { isMapping, put } from '../yaml/mapping.ts';
import { isSecretKey as isSecretName } from '../text/codeframe.ts';

/** Keys of cloud storage and licences, beside the words that are secret in any file. */
const SECRET_OF_INSTALLER =
  /(account|storage|encryption|master|licen[cs]e|private|shared)[-_]?keys?$|^(passwords|secrets|tokens)$|_(passwords|secrets|tokens)$/i;

export const MASK = '***';

/** A mistyped key is not the installer's, but what stands there is as secret as before. */
const MISTYPED = [
  'password',
  'secret',
  'token',
  'license_key',
  'access_key',
  'secret_access_key',
  'account_key',
];

/** True when the value under this key must not reach any output. */
export function isSecretKey(key: string): boolean {
  return isSecretName(key) || SECRET_OF_INSTALLER.test(key) || MISTYPED.some(isNear(key));
}

function isNear(key: string): (word: string) => boolean {
  return (word) => {
    const limit = word.length < 8 ? 1 : 2;
    return editDistance(key.toLowerCase(), word, limit) <= limit;
  };
}

/** True when any part of a path names a secret. */
export function isSecretPath(path: readonly (string | number)[]): boolean {
  return path.some((step) => typeof step === 'string' && isSecretKey(step));
}

/** A deep copy in which each text and number below a secret key is `***`; null, true and false stay. */
export function withoutSecrets(value: unknown, secret = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, secret));
  if (isMapping(value)) {
    const copy: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) {
      put(copy, key, withoutSecrets(item, secret || isSecretKey(key)));
    }
    return copy;
  }
  return secret && (typeof value === 'string' || typeof value === 'number') ? MASK : value;
}

/** Shorter texts would be found in words that have nothing to do with them. */
const SHORTEST = 4;
const found = new WeakMap<object, ReadonlySet<string>>();

/** True when the text holds what stands as a secret anywhere in the tree, as through an anchor. */
export function holdsSecret(text: string, root: unknown): boolean {
  if (typeof root !== 'object' || root === null) return false;
  let secrets = found.get(root);
  if (secrets === undefined) {
    secrets = new Set(secretTexts(root, false));
    found.set(root, secrets);
  }
  return [...secrets].some((secret) => text.includes(secret));
}

function secretTexts(value: unknown, secret: boolean): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => secretTexts(item, secret));
  if (isMapping(value)) {
    return Object.entries(value).flatMap(([key, item]) =>
      secretTexts(item, secret || isSecretKey(key)),
    );
  }
  if (!secret || (typeof value !== 'string' && typeof value !== 'number')) return [];
  const text = String(value);
  return text.length < SHORTEST ? [] : [text];
}
