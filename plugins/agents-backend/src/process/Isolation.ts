/** What keeps a run apart from everything else on this machine. */
export interface Isolation {
  /** `bubblewrap`: own namespaces. `uid`: only another user id (backend runs as root). `none`: nothing. */
  mechanism: 'bubblewrap' | 'uid' | 'none';
  /** What holds, in words for people; shown on the run. */
  enforced: string[];
  /** What does not hold, in words for people; shown on the run. */
  notEnforced: string[];
  /** Why the mechanism is not bubblewrap. */
  reason?: string;
  /** What an administrator can do about it. */
  remedy?: string;
}

const NEEDS_CGROUP = ['total memory', 'CPU share', 'workspace size'];

/** bubblewrap stands: measured with hostile programs (see the tests beside this file). */
export const BUBBLEWRAP_ISOLATION: Isolation = {
  mechanism: 'bubblewrap',
  enforced: [
    'files outside the workspace are out of sight',
    'other processes and their environments are out of sight',
    'no network except the egress proxy, loopback included',
    'every process ends with the run',
    'number of processes, open files and size of one file',
    'size of temporary directories and home',
  ],
  notEnforced: NEEDS_CGROUP,
};

/** Another uid without namespaces. */
export const UID_ISOLATION: Isolation = {
  mechanism: 'uid',
  enforced: [
    'files that only the backend may read',
    'signals to other processes',
    'every process of the run is ended by its user id',
    'number of processes, open files and size of one file',
  ],
  notEnforced: [
    'network and loopback services',
    'world-readable files',
    'the list of processes',
    'size of temporary directories',
    ...NEEDS_CGROUP,
  ],
};

/** The agent is as mighty as the backend. */
export const NO_ISOLATION: Isolation = {
  mechanism: 'none',
  enforced: ['a scrubbed environment', 'the process group ends with the run'],
  notEnforced: [
    'files: the agent reads all that the backend reads, its data directory included',
    'other processes, their environments and signals to them',
    'network and loopback services',
    'processes that leave the process group may outlive the run',
    'number of processes',
    ...NEEDS_CGROUP,
  ],
};
