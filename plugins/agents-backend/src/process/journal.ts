/**
 * The journal of a run: one JSON object per line, written only by the shim, never rewritten. An offset is the byte
 * after a complete line, so any offset ever handed out stays valid. Types only: the shim shares them by `import type`.
 */

/** Why an agent process ended. `journal-failed`: the journal could not be written (disk full), so the agent was stopped. */
export type ExitReason =
  'exited' | 'deadline' | 'cancelled' | 'output-limit' | 'launch-failed' | 'journal-failed';

/** The last record of a finished run. */
export interface ExitEvent {
  event: 'exit';
  /** Exit code, null when a signal ended the process or it never started. */
  code: number | null;
  /** Signal name (`SIGKILL`), null otherwise. */
  signal: string | null;
  reason: ExitReason;
  /** A sentence for people where the code alone says too little (why the launch failed). */
  message?: string;
  /** Bytes of standard error that were drained beyond the cap and not kept. */
  stderrDroppedBytes: number;
}

/** What the shim itself has to say. */
export type ShimEvent =
  | { event: 'launched'; pid: number }
  /** The sandbox stands. Its init, as the host sees it: once that process is gone, the kernel has ended all others in it. */
  | { event: 'contained'; initPid: number; initStartTime: string | null }
  /** A line longer than the cap was dropped; reading went on at the next newline. */
  | { event: 'line-too-long'; stream: 'out'; bytes: number }
  | { event: 'stderr-capped'; limitBytes: number }
  | { event: 'input-failed'; message: string }
  | { event: 'input-closed' }
  | { event: 'deadline-moved'; deadlineAt: number }
  | { event: 'stopping'; reason: ExitReason; signal: string }
  | ExitEvent;

interface Numbered {
  /** Line number, from 1 without gaps. */
  n: number;
  /** Milliseconds since the epoch. */
  t: number;
}

/** A line as stored. `in`: to the agent; `out`, `err`: from the agent; `shim`: an event of the shim. */
export type JournalLine =
  | (Numbered & { d: 'in'; l: string })
  | (Numbered & { d: 'out'; l: string })
  | (Numbered & { d: 'err'; l: string })
  | (Numbered & { d: 'shim'; e: ShimEvent });

/** A line as read, with the offset to continue from. */
export type JournalRecord = JournalLine & { offset: number };

/** One input handed to the command through a file descriptor, never through its arguments or environment. */
export interface CommandInput {
  fd: number;
  base64: string;
}

/** How every process of the run is found and ended. */
export type Containment = 'pid-namespace' | 'uid' | 'process-group';

/** What the shim is told on its standard input, once. */
export interface ShimSpec {
  runId: string;
  runDirectory: string;
  command: {
    file: string;
    args: string[];
    env: Record<string, string>;
    cwd: string;
    inputs: CommandInput[];
    /** Descriptor on which bubblewrap reports its child's pid. */
    statusFd?: number;
  };
  containment: Containment;
  /** The uid owned by this run alone, where it has one. */
  uid?: number;
  /** Milliseconds since the epoch. */
  deadlineAt: number;
  graceMs: number;
  maxLineBytes: number;
  maxJournalBytes: number;
  maxStderrBytes: number;
}

/** `run.json`: written once by the shim before anything starts; proves which process is the shim. */
export interface RunRecord {
  runId: string;
  shim: { pid: number; startTime: string; bootId: string };
  containment: Containment;
  uid?: number;
  startedAt: number;
}

/** A request on the control socket. Each is answered by `{ack, error?}`; `attach` is then followed by journal lines. */
export type ShimRequest = { ack: number } & (
  | { op: 'attach'; from: number }
  | { op: 'send'; line: string }
  | { op: 'close-input' }
  | { op: 'cancel' }
  | { op: 'deadline'; at: number }
);

/** The answer to a request. */
export interface ShimReply {
  ack: number;
  error?: string;
}
