import type { CommandInput, Containment } from './journal';
import type { Isolation } from './Isolation';
import type { TmpfsSizes } from './bubblewrapArguments';

/** A file handed to one run; read by the run's user only. */
export interface GrantedFile {
  /** A plain file name; the file appears as `$KRATE_SECRETS_DIR/<name>`. */
  name: string;
  content: string | Uint8Array;
}

/** Limits the kernel enforces per process or per user id. */
export interface SandboxLimits {
  /** Processes and threads of the run together. */
  processes: number;
  /** Bytes of the largest file the run may write. */
  fileBytes: number;
  openFiles: number;
  /** CPU seconds of any single process. */
  cpuSeconds: number;
  tmpfs: TmpfsSizes;
}

/** What one run may see and do. */
export interface SandboxSpec {
  /** What `probeIsolation` found on this machine. */
  isolation: Isolation;
  /** Work of people with write access. Untrusted work is refused where bubblewrap is not available. */
  trusted: boolean;
  /** Program and arguments, as seen inside. `${KRATE_EGRESS_URL}` becomes the address of the egress bridge. */
  command: string[];
  /**
   * An existing directory, a shared clone at best, never a linked worktree. Inside bubblewrap it appears as `/workspace`.
   * As root it is given to the run's user: it must hold no hard links to files of others (`git clone` of a local path
   * makes some unless told `--shared` or a `file://` URL).
   */
  workspace: { path: string; access?: 'read-write' | 'read-only' };
  /** Private directory of the run, owned by the backend: granted files and home live here without bubblewrap. */
  stateDirectory: string;
  /** `objects` directories of central repositories, shown read-only at the same path (for a shared clone's alternates). */
  gitObjects?: string[];
  /** Tools outside /usr, shown read-only at the same path. */
  readOnlyPaths?: string[];
  /** A persistent home directory; absent means an empty one that ends with the run. */
  home?: string;
  files?: GrantedFile[];
  /** The agent's own switches; nothing else of the backend's environment is passed. Values may use `${KRATE_EGRESS_URL}`. */
  env?: Record<string, string>;
  /** Directory that holds the egress proxy's socket `egress.sock`; absent means no way out at all. */
  egressDirectory?: string;
  /** A user id of this run alone (see UidPool); required when the backend is root. */
  uid?: number;
  /**
   * Backend directory below which ancestors of what the run needs are opened for traversal (not listing) to the group
   * of runs. Only used when the backend is root.
   */
  dataDirectory?: string;
  limits?: Partial<SandboxLimits>;
}

/** A command ready for the shim. */
export interface SandboxPlan {
  file: string;
  args: string[];
  env: Record<string, string>;
  /** Where the command starts, on the host. */
  cwd: string;
  inputs: CommandInput[];
  statusFd?: number;
  containment: Containment;
  uid?: number;
  /** Where the agent sees its workspace: the `cwd` to tell it. */
  workspacePath: string;
  enforced: string[];
  notEnforced: string[];
}
