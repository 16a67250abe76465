import { setTimeout as pause } from 'node:timers/promises';
import { History, Snapshot } from '../history/History';
import { Recorder } from '../history/Recorder';
import { Client } from './Client';
import { random } from './random';
import { Refusal, Subject } from './Subject';
import { Watcher } from './Watcher';

export interface WorkloadOptions {
  subjects: readonly Subject[];
  /** Decides what every client does, one after the other; how they interleave is the machine's affair. */
  seed: number;
  /** Default 6. */
  clients?: number;
  /** Default 2. */
  watchers?: number;
  /** Default 8. */
  keys?: number;
}

/** How long everything may take to answer again, and watches to arrive, once the faults are over. In milliseconds. */
const QUIET_MS = 30_000;

/** Clients and watchers at work on one store; what they ask and hear becomes a history. */
export class Workload {
  readonly recorder = new Recorder();
  readonly watchers: Watcher[];
  /** What was not answered for certain, as it was told. */
  readonly refusals: Refusal[] = [];
  private readonly writing = new AbortController();
  private readonly watching = new AbortController();
  private readonly writers: Promise<void>[];
  private readonly followers: Promise<void>[];

  constructor(private readonly options: WorkloadOptions) {
    const { subjects, seed, clients = 6, watchers = 2, keys = 8 } = options;
    const names = Array.from({ length: keys }, (_, index) => `k${index}`);
    const { recorder } = this;
    this.watchers = Array.from(
      { length: watchers },
      (_, index) => new Watcher({ name: `watcher ${index + 1}`, subjects, recorder }),
    );
    this.followers = this.watchers.map(watcher => watcher.run(this.watching.signal));
    this.writers = Array.from({ length: clients }, (_, index) =>
      new Client({
        ...{ name: `c${index + 1}`, subjects, recorder, keys: names },
        random: random(seed * 1000 + index),
        failed: refusal => void this.refusals.push(refusal),
      }).run(this.writing.signal),
    );
  }

  /** Resolves once so many more writes were acknowledged. */
  async acknowledged(more: number, withinMs = QUIET_MS): Promise<void> {
    const { recorder } = this;
    const wanted = recorder.acknowledged + more;
    await within(withinMs, `${more} more acknowledged writes`, async () => recorder.acknowledged >= wanted);
  }

  /**
   * Ends the writes, waits until every watcher has seen the last one, and returns what happened.
   *
   * @throws Error when the store does not answer any more, or a watcher never gets there
   */
  async finish(): Promise<History> {
    this.writing.abort();
    await Promise.all(this.writers);
    const final = await this.lastWord();
    await within(QUIET_MS, `the watchers at ${final.revision}`, async () =>
      this.watchers.every(({ reached }) => reached >= final.revision),
    );
    this.watching.abort();
    await Promise.all(this.followers);
    return this.recorder.finish(final);
  }

  /** Writes one object more, which every watch has to show, and lists. */
  private async lastWord(): Promise<Snapshot> {
    const [subject] = this.options.subjects;
    let revision: number | undefined;
    let count = 0;
    await within(QUIET_MS, 'an answer', async () => {
      count += 1;
      const request = {
        client: 'last',
        type: 'create',
        key: `last-${count}`,
        value: `last-${count}`,
      } as const;
      const ended = this.recorder.write(request);
      try {
        revision = await subject.create(request.key, request.value);
        ended({ outcome: 'ok', revision });
      } catch (error) {
        ended({ outcome: 'unknown' });
        if (!(error instanceof Refusal)) throw error;
      }
      return revision !== undefined;
    });
    const { items } = await subject.list();
    // Something else may have been written meanwhile, by the server itself, which no watch here shows.
    return { items, revision: revision! };
  }
}

async function within(limitMs: number, what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${limitMs / 1000} s`);
    await pause(10);
  }
}
