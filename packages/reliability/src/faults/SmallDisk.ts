import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const MEBIBYTE = 1024 * 1024;

/** Whether a process here can have a file system of its own. */
export function hasSmallDisks(): boolean {
  try {
    execFileSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** The command that starts a program which has a file system of so many MiB where everybody else has a folder. */
export function onSmallDisk(folder: string, mebibytes: number): string[] {
  const mount = `mount -t tmpfs -o size=${mebibytes}m tmpfs "$1" && shift && exec "$@"`;
  return ['unshare', '-rm', 'sh', '-c', mount, 'sh', folder];
}

/** The small disk of a running process, seen from outside. */
export class SmallDisk {
  private readonly ballast: string;

  constructor(pid: number, folder: string) {
    this.ballast = join(`/proc/${pid}/root`, folder, 'ballast');
  }

  /** Takes all that is left of it. */
  fill(): void {
    const file = openSync(this.ballast, 'a');
    try {
      for (let size = MEBIBYTE; size >= 1; size = Math.floor(size / 2)) writeUntilFull(file, size);
    } finally {
      closeSync(file);
    }
  }

  /** Gives it back. */
  free(): void {
    rmSync(this.ballast);
  }
}

function writeUntilFull(file: number, size: number): void {
  const block = Buffer.alloc(size, 1);
  try {
    for (;;) if (writeSync(file, block) < size) return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
