import { promises as fs } from 'node:fs';

/** A process as /proc shows it. Zombies are not listed: they hold nothing and can do nothing. */
export interface ProcessInfo {
  pid: number;
  uid: number;
  /** `KRATE_RUN_ID` of its environment, where it has one and we may look. */
  runId?: string;
}

/**
 * Clock ticks from boot to the start of a living process; with the pid an identity that is never reused within one
 * boot. Undefined when it is gone, or is a zombie.
 */
export async function processStartTime(pid: number): Promise<string | undefined> {
  const fields = await statFields(pid);
  return fields && !isDead(fields) ? fields[19] : undefined;
}

function isDead(fields: string[]): boolean {
  return fields[0] === 'Z' || fields[0] === 'X';
}

/** The identity of this boot. */
export async function bootId(): Promise<string> {
  return (await fs.readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
}

/** Every live process this user can see. */
export async function listProcesses(): Promise<ProcessInfo[]> {
  const names = (await fs.readdir('/proc')).filter(name => /^\d+$/.test(name));
  const found = await Promise.all(names.map(name => readProcess(Number(name))));
  return found.filter(info => info !== undefined);
}

async function readProcess(pid: number): Promise<ProcessInfo | undefined> {
  const fields = await statFields(pid);
  if (!fields || isDead(fields)) return undefined;
  try {
    const status = await fs.readFile(`/proc/${pid}/status`, 'utf8');
    return {
      pid,
      uid: Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]),
      runId: await fs.readFile(`/proc/${pid}/environ`, 'utf8').then(runIdOf, () => undefined),
    };
  } catch {
    return undefined; // it ended between the listing and the reading
  }
}

/** The fields of /proc/PID/stat after the command name, which may itself hold spaces and parentheses. */
async function statFields(pid: number): Promise<string[] | undefined> {
  try {
    const stat = await fs.readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function runIdOf(environ: string): string | undefined {
  return environ
    .split('\0')
    .find(entry => entry.startsWith('KRATE_RUN_ID='))
    ?.slice('KRATE_RUN_ID='.length);
}
