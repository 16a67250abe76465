import type { SandboxLimits } from './SandboxSpec';

/** Group that may traverse (not list) the way to a run's workspace; runs carry it as a supplementary group. */
export const RUNS_GID = 200_000;
/** The first user id of runs, and how many there are. */
export const RUN_UIDS = { first: 200_001, size: 50_000 } as const;

/** True when the backend may change user ids. */
export const isRoot = () => process.getuid?.() === 0;

/** `prlimit`, started first: limits are inherited by all that follows. */
export function limitArguments(limits: SandboxLimits, countProcesses: boolean): string[] {
  return [
    'prlimit',
    ...(countProcesses ? [`--nproc=${limits.processes}`] : []),
    `--fsize=${limits.fileBytes}`,
    `--nofile=${limits.openFiles}`,
    `--cpu=${limits.cpuSeconds}`,
    '--core=0',
    '--',
  ];
}

/** `setpriv` to a user id of the run's own, without capabilities. Before bubblewrap: started by real root it would stay uid 0 for the kernel. */
export function dropArguments(uid: number, extra: string[] = []): string[] {
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${uid}`,
    `--groups=${RUNS_GID}`,
    '--inh-caps=-all',
    '--bounding-set=-all',
    ...extra,
    '--',
  ];
}
