import { setTimeout as pause } from 'node:timers/promises';
import { Item } from '../history/History';
import { Recorder, WriteRequest } from '../history/Recorder';
import { Refusal, Subject } from './Subject';

export interface ClientOptions {
  name: string;
  /** Where it asks; after an outage it goes on with the next one. */
  subjects: readonly Subject[];
  recorder: Recorder;
  keys: readonly string[];
  random(): number;
  /** Told of every request that was not answered for certain. */
  failed?(refusal: Refusal): void;
}

/** How long a client waits after an outage before it asks again, in milliseconds. */
const PAUSE_MS = 20;

/** One client that creates, changes, deletes, reads and lists few objects over and over, so that clients get in each other's way. */
export class Client {
  private readonly known = new Map<string, Item | undefined>();
  private count = 0;
  private place = 0;

  constructor(private readonly options: ClientOptions) {}

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.step();
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (error.why === 'refused') continue;
        this.options.failed?.(error);
        this.place += 1;
        await pause(PAUSE_MS);
      }
    }
  }

  private get subject(): Subject {
    const { subjects } = this.options;
    return subjects[this.place % subjects.length];
  }

  private async step(): Promise<void> {
    const { keys, random } = this.options;
    const key = keys[Math.floor(random() * keys.length)];
    const dice = random();
    if (dice < 0.05) await this.list();
    else if (dice < 0.25 || !this.known.has(key)) await this.read(key);
    else if (!this.known.get(key)) await this.create(key);
    else if (dice < 0.85) await this.update(key, this.known.get(key)!.revision);
    else await this.remove(key, this.known.get(key)!.revision);
  }

  private async create(key: string): Promise<void> {
    const value = this.nextValue();
    const write = () => this.subject.create(key, value);
    const revision = await this.recorded({ type: 'create', key, value }, write);
    this.known.set(key, { key, value, revision: revision! });
  }

  private async update(key: string, expected: number): Promise<void> {
    const value = this.nextValue();
    const write = () => this.subject.update(key, value, expected);
    const revision = await this.recorded({ type: 'update', key, value, expected }, write);
    this.known.set(key, { key, value, revision: revision! });
  }

  private async remove(key: string, expected: number): Promise<void> {
    await this.recorded({ type: 'delete', key, expected }, async () => {
      await this.subject.remove(key, expected);
      return undefined;
    });
    this.known.set(key, undefined);
  }

  private async read(key: string): Promise<void> {
    const answered = this.options.recorder.read(this.options.name, key);
    const item = await this.subject.get(key);
    answered(item);
    this.known.set(key, item);
  }

  private async list(): Promise<void> {
    const answered = this.options.recorder.list(this.options.name);
    answered(await this.subject.list());
  }

  private async recorded(
    request: Omit<WriteRequest, 'client'>,
    write: () => Promise<number | undefined>,
  ): Promise<number | undefined> {
    const { recorder, name } = this.options;
    const ended = recorder.write({ client: name, ...request });
    // Whatever comes of it, what was known is out of date.
    this.known.delete(request.key);
    try {
      const revision = await write();
      ended({ outcome: 'ok', revision });
      return revision;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      ended({ outcome: error.why === 'unknown' ? 'unknown' : 'fail' });
      throw error;
    }
  }

  private nextValue(): string {
    this.count += 1;
    return `${this.options.name}-${this.count}`;
  }
}
