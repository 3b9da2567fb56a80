import {
  chmodSync,
  closeSync,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  type Stats,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { writeFully } from './output.ts';
import { systemCode } from './system-errors.ts';

/** Called with `rename /out/a.yaml` and the like before every change of the disk; a test throws or kills here. */
export type StepHook = (step: string) => void;

/** What a file is to hold; pieces are written one after the other. */
export type Content = string | Uint8Array | Iterable<string | Uint8Array>;

/** Owner and permissions that a new file takes over from the one it replaces. */
export interface Ownership {
  mode: number;
  uid?: number;
  gid?: number;
}

/** The changing operations of the file system, each one step. They throw system errors. */
export interface Disk {
  /** A new file, written through to the disk; fails where something is at the path already. */
  create(path: string, content: Content, ownership?: Ownership): void;
  /** A second name for a file, or a copy where the file system has no links. */
  keep(path: string, as: string): void;
  rename(from: string, to: string): void;
  unlink(path: string): void;
  mkdir(path: string): void;
  rmdir(path: string): void;
  /** Makes the names in a folder durable. */
  syncFolder(path: string): void;
}

export function createDisk(step: StepHook = () => undefined): Disk {
  return {
    create: (path, content, ownership) => {
      step(`create ${path}`);
      createFile(path, content, step, ownership);
    },
    keep: (path, as) => {
      step(`keep ${path}`);
      keepFile(path, as);
    },
    rename: (from, to) => {
      step(`rename ${to}`);
      renameSync(from, to);
    },
    unlink: (path) => {
      step(`unlink ${path}`);
      unlinkSync(path);
    },
    mkdir: (path) => {
      step(`mkdir ${path}`);
      mkdirSync(path);
    },
    rmdir: (path) => {
      step(`rmdir ${path}`);
      rmdirSync(path);
    },
    syncFolder: (path) => {
      step(`sync ${path}`);
      syncFolder(path);
    },
  };
}

function createFile(path: string, content: Content, step: StepHook, owner?: Ownership): void {
  const descriptor = openSync(path, 'wx', owner === undefined ? 0o666 : owner.mode & 0o600);
  try {
    if (owner !== undefined) takeOwnership(descriptor, owner);
    step(`write ${path}`);
    for (const piece of pieces(content)) {
      writeFully(descriptor, typeof piece === 'string' ? Buffer.from(piece) : piece);
    }
    step(`fsync ${path}`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Only root may give files away; for everyone else the file simply becomes theirs. */
function takeOwnership(descriptor: number, owner: Ownership): void {
  if (owner.uid !== undefined && owner.gid !== undefined) {
    try {
      fchownSync(descriptor, owner.uid, owner.gid);
    } catch (error) {
      if (systemCode(error) !== 'EPERM') throw error;
    }
  }
  fchmodSync(descriptor, owner.mode);
}

function pieces(content: Content): Iterable<string | Uint8Array> {
  return typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
}

function keepFile(path: string, as: string): void {
  try {
    linkSync(path, as);
  } catch {
    copyFileSync(path, as);
    chmodSync(as, lstatSync(path).mode & 0o7777);
  }
}

/** Windows and some network file systems cannot sync a folder; then the rename alone has to do. */
function syncFolder(path: string): void {
  try {
    const descriptor = openSync(path, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EINVAL', 'EACCES'].includes(systemCode(error) ?? '')) throw error;
  }
}

/** What is at a path itself, links not followed; undefined for nothing (also below a file). */
export function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** The names in a folder; empty when there is no folder. */
export function namesIn(path: string): string[] {
  return statOf(path)?.isDirectory() === true ? readdirSync(path) : [];
}

/** SHA-256, in hexadecimal. */
export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The hash of a regular file, or undefined where there is none (a link is none). */
export function hashOfFile(path: string): string | undefined {
  return statOf(path)?.isFile() === true ? hashOf(readFileSync(path)) : undefined;
}
