import { clearTimeout, setTimeout } from 'node:timers';
import { moments } from '../../moments';
import { StoreEvent } from '../../ResourceStore';
import { EventHub } from '../../watch/EventHub';
import { Listener } from './Listener';
import { PostgresHistory } from './PostgresHistory';

/**
 * Brings the events of every process into this one's hub, in revision order and each once.
 *
 * Its own commits it is given; what others committed it reads. It looks when it is told (LISTEN), and every so often
 * unasked, since a notification is lost with its connection. One step at a time: events are always published from where
 * the hub stands.
 */
export class Tailer {
  private chain: Promise<unknown> = Promise.resolve();
  private queued = false;
  private timer?: NodeJS.Timeout;
  private stopped = false;
  private failing = false;

  constructor(
    private readonly options: {
      hub: EventHub;
      history: PostgresHistory;
      /** Absent where connections cannot listen. */
      listener?: Listener;
      pollMs: number;
      onError(error: unknown): void;
    },
  ) {}

  async start(): Promise<void> {
    await this.look();
  }

  /** Lets go of the connection and resolves when nothing is being read. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.chain;
    await this.options.listener?.stop();
  }

  /** Reads what is new. Rejects when the database does not answer. */
  async advance(): Promise<void> {
    // Whoever asks while a step is still waiting for its turn is served by that step.
    if (this.queued) {
      await this.chain;
      return;
    }
    this.queued = true;
    await this.next(() => {
      this.queued = false;
      return this.readAll();
    });
  }

  /** Publishes what this process has just committed, after everything before it. */
  async committed(events: readonly StoreEvent[]): Promise<void> {
    if (events.length === 0) return;
    try {
      await this.next(() => this.publishOwn(events));
    } catch {
      // The commit stands whether or not it can be told here now: the next look finds it.
    }
  }

  private next<T>(step: () => Promise<T>): Promise<T> {
    const done = this.chain.then(step);
    this.chain = done.catch(() => undefined);
    return done;
  }

  private async publishOwn(events: readonly StoreEvent[]): Promise<void> {
    const { hub } = this.options;
    const first = events[0].revision;
    if (hub.revision() < first - 1) await this.readAll();
    const unseen = events.filter(({ revision }) => revision > hub.revision());
    if (unseen.length > 0 && unseen[0].revision === hub.revision() + 1) hub.publish(unseen);
  }

  private async readAll(): Promise<void> {
    const { hub, history } = this.options;
    for (;;) {
      const { events, revision, compacted } = await history.after(hub.revision());
      // Further away than history reaches, or a database that was restored from a backup: nobody here can go on.
      const known = hub.revision();
      const connected = events.length > 0 ? events[0].revision === known + 1 : revision === known;
      if (events.length > 0) moments.beforeEvents.publish(events.length);
      if (connected) hub.publish(events);
      else hub.restart(revision);
      hub.compact(compacted);
      if (hub.revision() >= revision || events.length === 0) return;
    }
  }

  private async look(): Promise<void> {
    clearTimeout(this.timer);
    try {
      await this.options.listener?.ensure();
      await this.advance();
      this.failing = false;
    } catch (error) {
      if (!this.failing && !this.stopped) this.options.onError(error);
      this.failing = true;
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.look(), this.options.pollMs);
    this.timer.unref();
  }

  /** To be called when another process says that it has written. */
  readonly told = () => {
    // A failure shows at the next look.
    this.advance().catch(() => undefined);
  };
}
