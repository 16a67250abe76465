import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** What says of a system call that data is on the disk, and what tells somebody that it is. */
const TRACED = 'trace=fsync,fdatasync,write,writev,sendto,sendmsg';

/**
 * The command that records the system calls of a program and its children in a file, with the paths of what they are made on. The
 * program is the process that is started, so that a signal ends it and not its recorder.
 */
export function straceCommand(file: string): string[] {
  return ['strace', '-D', '-f', '-qq', '-y', '-s', '200', '-e', TRACED, '-o', file];
}

/** Records what a running process does, and the children that it makes from then on, until it is stopped. */
export async function attachStrace(pid: number, file: string): Promise<{ stop(): Promise<void> }> {
  const [program, , ...args] = straceCommand(file);
  const child: ChildProcess = spawn(program, [...args, '-p', String(pid)], { stdio: 'ignore' });
  while (/^TracerPid:\s0$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) {
    if (child.exitCode !== null) throw new Error(`strace cannot be attached to process ${pid}`);
    await pause(20);
  }
  return {
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
    },
  };
}

/** Whether system calls can be recorded here: strace is installed, and the machine lets it. */
export function hasStrace(): boolean {
  try {
    execFileSync('strace', ['-qq', '-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** How many answers were given, and how many of them without anything having been synced since the one before. */
export interface SyncAudit {
  answers: number;
  unsynced: number;
}

/**
 * Reads a record: before every answer the file must have been synced since the answer before.
 *
 * @param synced - recognises the path of the file that has to be on disk
 * @param answer - recognises what tells a client that it is
 */
export function auditSyncs(record: string, synced: RegExp, answer: RegExp): SyncAudit {
  let isSynced = false;
  const audit = { answers: 0, unsynced: 0 };
  for (const line of readFileSync(record, 'utf8').split('\n')) {
    const isSync = /\b(fsync|fdatasync)\(/.test(line) && synced.test(line);
    if (isSync) isSynced = true;
    else if (/\b(write|writev|sendto|sendmsg)\(/.test(line) && answer.test(line)) {
      audit.answers += 1;
      if (!isSynced) audit.unsynced += 1;
      isSynced = false;
    }
  }
  return audit;
}
