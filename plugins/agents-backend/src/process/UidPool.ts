import { createHash, randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { AgentProcessError } from './AgentProcessError';
import { RUN_UIDS } from './privileges';

/**
 * One user id per live run, remembered on disk so that a restarted backend never gives an id away twice. Each id in use
 * is a file named after it that holds the run's id; making a file exclusively is the lock.
 */
export class UidPool {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly directory: string,
    private readonly range: { first: number; size: number } = RUN_UIDS,
  ) {}

  /** The run's user id; the same one however often it is asked for. @throws AgentProcessError UIDS_EXHAUSTED */
  acquire(runId: string): Promise<number> {
    // one after the other, so that two requests for one run do not get two ids
    const mine = this.turn.then(() => this.acquireAlone(runId));
    this.turn = mine.catch(() => {});
    return mine;
  }

  private async acquireAlone(runId: string): Promise<number> {
    await fs.mkdir(this.directory, { recursive: true, mode: 0o700 });
    const held = await this.held();
    const own = held.find(entry => entry.runId === runId);
    if (own) return own.uid;
    const taken = new Set(held.map(entry => entry.uid));
    for (let step = 0; step < this.range.size; step++) {
      const uid = this.range.first + ((this.start() + step) % this.range.size);
      if (!taken.has(uid) && (await this.claim(uid, runId))) return uid;
    }
    throw new AgentProcessError('UIDS_EXHAUSTED', `All ${this.range.size} user ids of runs are in use`, {
      remedy: 'End or delete runs that are no longer needed, or widen the range',
    });
  }

  /**
   * Where this pool begins to look. Processes are ended by their user id, so two installations on one machine, which know
   * nothing of each other, must not both begin at the front.
   */
  private start(): number {
    return (
      createHash('sha256').update(path.resolve(this.directory)).digest().readUInt32BE(0) % this.range.size
    );
  }

  /** Gives the id back; call it only after `AgentProcess.destroy` proved that nothing of the run is left. */
  async release(runId: string): Promise<void> {
    for (const entry of await this.held()) {
      if (entry.runId === runId) await fs.rm(path.join(this.directory, String(entry.uid)), { force: true });
    }
  }

  private async claim(uid: number, runId: string): Promise<boolean> {
    const temporary = path.join(this.directory, `.${randomUUID()}`);
    await fs.writeFile(temporary, runId, { mode: 0o600 });
    try {
      await fs.link(temporary, path.join(this.directory, String(uid))); // appears whole or not at all
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      await fs.rm(temporary, { force: true });
    }
  }

  private async held(): Promise<{ uid: number; runId: string }[]> {
    const names = (await fs.readdir(this.directory).catch(() => [])).filter(name => /^\d+$/.test(name));
    return Promise.all(
      names.map(async name => ({
        uid: Number(name),
        runId: await fs.readFile(path.join(this.directory, name), 'utf8').catch(() => ''),
      })),
    );
  }
}
