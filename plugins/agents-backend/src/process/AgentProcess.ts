import { promises as fs } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AgentProcessError } from './AgentProcessError';
import type { JournalRecord } from './journal';
import { launchShim, type AgentLaunch } from './launchShim';
import { destroyRun } from './destroyRun';
import { JOURNAL_FILE, parseJournalLine, readJournal } from './readJournal';
import { RecordQueue } from './RecordQueue';
import { readRunState, type AgentProcessState } from './runState';
import { ShimConnection, type ShimCall } from './ShimConnection';

const QUEUE_HIGH = 10_000;
const SHIM_END_MS = 2000;

/**
 * A client of one agent run. The run itself belongs to its shim, so any number of clients, in any number of backend
 * lives, may attach to it; what they see is the journal, from the offset they name.
 */
export class AgentProcess implements AsyncIterable<JournalRecord> {
  private connection: ShimConnection | undefined;
  private detached = false;
  private readonly queue: RecordQueue<JournalRecord>;

  private constructor(
    readonly runDirectory: string,
    private offset: number,
  ) {
    this.queue = new RecordQueue(
      QUEUE_HIGH,
      () => this.connection?.pause(),
      () => this.connection?.resume(),
    );
  }

  /**
   * Starts the agent under a new shim and attaches from the beginning. When the run directory already holds a run, it
   * is attached to instead of started twice, so a repeated launch is safe.
   *
   * @throws AgentProcessError LAUNCH_FAILED when the shim does not come up, SOCKET_PATH_TOO_LONG for a deep directory
   */
  static async launch(launch: AgentLaunch): Promise<AgentProcess> {
    const { phase } = await readRunState(launch.runDirectory);
    if (phase === 'absent') await launchShim(launch);
    return AgentProcess.attach(launch.runDirectory, 0);
  }

  /**
   * Attaches to a run, living or over, from an offset (0 is the beginning; otherwise the `offset` of a record).
   *
   * @throws AgentProcessError NOT_RUNNING when the directory holds no run
   */
  static async attach(runDirectory: string, fromOffset: number): Promise<AgentProcess> {
    const { phase } = await readRunState(runDirectory);
    if (phase === 'absent') {
      throw new AgentProcessError('NOT_RUNNING', `There is no run in ${runDirectory}`, {
        remedy: 'Launch it first',
      });
    }
    const client = new AgentProcess(runDirectory, fromOffset);
    await client.connect();
    return client;
  }

  /** Records from the attached offset on, live; ends after the exit record, or when the shim was lost. One reader. */
  [Symbol.asyncIterator](): AsyncIterator<JournalRecord> {
    return this.queue[Symbol.asyncIterator]();
  }

  /** Gives the agent one line. Resolves when the line is in the journal. @throws AgentProcessError NOT_RUNNING */
  send(line: string): Promise<void> {
    return this.call({ op: 'send', line });
  }

  /** Ends the agent's standard input. */
  closeInput(): Promise<void> {
    return this.call({ op: 'close-input' });
  }

  /** Asks the agent to end (SIGTERM, grace, SIGKILL); the exit record has the reason `cancelled`. Harmless when it is over. */
  async cancel(): Promise<void> {
    const { phase } = await this.state();
    if (phase === 'running') await this.call({ op: 'cancel' }).catch(ignoreEnded);
  }

  /** Moves the deadline, as when a run waits for a person. Milliseconds since the epoch. */
  moveDeadline(at: number): Promise<void> {
    return this.call({ op: 'deadline', at });
  }

  /** What is true of the run now, safe against reused process ids. */
  state(): Promise<AgentProcessState> {
    return readRunState(this.runDirectory);
  }

  /** Ends this client; the run goes on. */
  detach(): void {
    this.detached = true;
    this.connection?.close();
    this.connection = undefined;
    this.queue.end();
  }

  /**
   * Ends the run if it is not over, and proves that no process of it is left. The directory and its journal stay.
   *
   * @throws AgentProcessError PROCESSES_LEFT naming the pids, when the proof fails
   */
  async destroy(): Promise<void> {
    await this.cancel();
    await destroyRun(this.runDirectory);
    this.detach();
  }

  private async call(request: ShimCall): Promise<void> {
    if (this.connection) return this.connection.call(request);
    const connection = await ShimConnection.open(path.join(this.runDirectory, 'control.sock'));
    if (!connection)
      throw new AgentProcessError('NOT_RUNNING', 'The agent has ended', { remedy: 'Start a new run' });
    try {
      return await connection.call(request);
    } finally {
      connection.close();
    }
  }

  private async connect() {
    const connection = await ShimConnection.open(
      path.join(this.runDirectory, 'control.sock'),
      (line, bytes) => this.take(line, bytes),
    );
    if (!connection) {
      void this.connectionLost(); // over, or not yet listening
      return;
    }
    this.connection = connection;
    void connection.whenClosed().then(() => this.connectionLost());
    await connection.call({ op: 'attach', from: this.offset }).catch(ignoreEnded);
  }

  private take(line: string, bytes: number) {
    this.offset += bytes;
    this.queue.push(parseJournalLine(line, this.offset));
  }

  /** A shim that is ending closes its connections first; one that lives on is connected to again. */
  private async connectionLost() {
    this.connection = undefined;
    for (const until = Date.now() + SHIM_END_MS; Date.now() < until; await sleep(10)) {
      if (this.detached) return;
      if ((await this.state()).phase === 'running') continue;
      await this.readRest();
      return;
    }
    await this.connect().catch(error => this.queue.end(error));
  }

  /** The shim is gone: what it wrote last is in the file. */
  private async readRest() {
    try {
      for await (const record of readJournal(path.join(this.runDirectory, JOURNAL_FILE), this.offset)) {
        this.offset = record.offset;
        this.queue.push(record);
      }
      this.queue.end();
    } catch (error) {
      this.queue.end(error);
    }
  }
}

/** A run that ended in between needs no cancelling and no attaching. */
function ignoreEnded(error: unknown) {
  if (!(error instanceof AgentProcessError) || error.code !== 'NOT_RUNNING') throw error;
}

/** Removes what a finished run keeps on disk. */
export async function removeRunDirectory(runDirectory: string): Promise<void> {
  await fs.rm(runDirectory, { recursive: true, force: true });
}
