import { performance } from 'node:perf_hooks';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock, systemClock, Timer } from '../Clock';
import { LeaseLostError, LeaseStore, LeaseToken } from './LeaseStore';

export interface LeaseHolderOptions {
  store: LeaseStore;
  /** The lease's name. */
  lease: string;
  /** Names this process, for people who look into the table. */
  holder: string;
  /** How long the lease lasts without being renewed, in milliseconds. Default 10 000. */
  ttlMs?: number;
  logger: LoggerService;
  /** Called when this process has become the holder. */
  gained(token: LeaseToken): void;
  /** Called when it is, or may be, the holder no more. */
  lost(): void;
  clock?: Clock;
  /** Milliseconds that only ever grow, whatever happens to the clock. */
  elapsed?: () => number;
}

const DEFAULT_TTL_MS = 10_000;

/**
 * Runs for a lease for as long as the process lives, and renews it while it has it.
 *
 * The holder counts its time from before it asked, the database from when it answered: so the holder always stops believing
 * before anybody else may begin. `held` compares the time at each call, because timers of a process that was frozen fire late.
 */
export class LeaseHolder {
  private token?: LeaseToken;
  private until = 0;
  private next?: Timer;
  private end?: Timer;
  private running?: Promise<void>;
  private stopped = false;
  private failing = false;
  private readonly ttlMs: number;
  private readonly clock: Clock;
  private readonly elapsed: () => number;

  constructor(private readonly options: LeaseHolderOptions) {
    this.ttlMs = options.ttlMs ?? DEFAULT_TTL_MS;
    this.clock = options.clock ?? systemClock;
    this.elapsed = options.elapsed ?? (() => performance.now());
  }

  /** Resolves after the first attempt, whatever came of it. */
  async start(): Promise<void> {
    await this.turn();
  }

  /** Gives the lease back. Whoever acts under it has stopped by then. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.next?.cancel();
    this.end?.cancel();
    await this.running;
    const { token } = this;
    this.token = undefined;
    if (!token) return;
    try {
      await this.options.store.release(token);
    } catch (error) {
      this.options.logger.warn(`The lease ${token.lease} was not given back and runs out: ${error}`);
    }
  }

  /** Gives the lease back and runs for it again later. For a holder that cannot do what it is held for. */
  async resign(): Promise<void> {
    const { token } = this;
    if (!token) return;
    this.lose(token);
    await this.options.store.release(token);
  }

  /** Throws unless this process holds the lease under that epoch, and can be sure of it. */
  assertHeld(token: LeaseToken): void {
    if (this.token?.epoch !== token.epoch || this.elapsed() >= this.until)
      throw new LeaseLostError(token.lease);
  }

  private async turn(): Promise<void> {
    this.running = this.attempt();
    await this.running;
    if (this.stopped) return;
    // Often enough that a lease that was given back is not free for long, and two renewals may fail.
    const wait = this.token ? this.ttlMs / 3 : this.ttlMs / 10;
    this.next = this.clock.after(wait, () => void this.turn());
  }

  private async attempt(): Promise<void> {
    const asked = this.elapsed();
    const { token } = this;
    try {
      if (token) await this.renew(token, asked);
      else await this.acquire(asked);
      this.failing = false;
    } catch (error) {
      if (!this.failing)
        this.options.logger.warn(`The lease ${this.options.lease} cannot be asked for: ${error}`);
      this.failing = true;
    }
  }

  private async acquire(asked: number): Promise<void> {
    const { store, lease, holder, gained } = this.options;
    const epoch = await store.acquire(lease, holder, this.ttlMs);
    if (epoch === undefined) return;
    this.token = { lease, epoch };
    this.prolong(this.token, asked);
    if (!this.stopped) gained(this.token);
  }

  private async renew(token: LeaseToken, asked: number): Promise<void> {
    const renewed = await this.options.store.renew(token, this.ttlMs);
    // It may have run out here while the answer was under way.
    if (this.token !== token) return;
    if (renewed) this.prolong(token, asked);
    else this.lose(token);
  }

  private prolong(token: LeaseToken, asked: number): void {
    this.until = asked + this.ttlMs;
    this.end?.cancel();
    this.end = this.clock.after(this.until - this.elapsed(), () => this.lose(token));
  }

  private lose(token: LeaseToken): void {
    if (this.token !== token) return;
    this.token = undefined;
    this.end?.cancel();
    this.options.logger.warn(`The lease ${token.lease} is lost; another process may act now`);
    this.options.lost();
  }
}
