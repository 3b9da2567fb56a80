/**
 * Policy versions. Every version from v1.0 on exists; a version newer than the newest known rules is
 * judged by those, as the server does (policy/registry.go).
 */
import type { PolicyVersion } from './types.ts';

/** The newest Kubernetes minor whose rules are built in. */
export const MAX_MINOR = 37;

/** The newest policy version that is built in. */
export const MAX_VERSION = `v1.${MAX_MINOR}` as const satisfies PolicyVersion;

/** The server reads the number into 63 bits, and takes a larger one for no version. */
const VERSION = /^v1\.(0|[1-9][0-9]{0,17})$/;

/** Reads the value of a version label: `latest` or `v1.N`, nothing else; null when it is neither. */
export function parsePolicyVersion(text: string): PolicyVersion | null {
  return text === 'latest' || VERSION.test(text) ? (text as PolicyVersion) : null;
}

/** What a version comes down to on a server. */
export interface ResolvedVersion {
  readonly minor: number;
  /** True when a numbered version is newer than the server or than the rules built in. */
  readonly clamped: boolean;
}

/**
 * Resolves a version on a server of Kubernetes 1.`server`; without it the newest rules are taken.
 * A version that cannot be read is `latest`, as on the server.
 */
export function resolveVersion(version: string, server: number = MAX_MINOR): ResolvedVersion {
  const newest = Math.max(0, Math.min(Math.trunc(server) || 0, MAX_MINOR));
  const match = VERSION.exec(version);
  if (match === null) return { minor: newest, clamped: false };
  const minor = Number(match[1]);
  return minor > newest ? { minor: newest, clamped: true } : { minor, clamped: false };
}
