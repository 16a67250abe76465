import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock, Timer } from '../Clock';
import { EffectOwner, EffectStore, FinishedEffect } from './EffectStore';

/** Whether the owner of an effect still exists; `unknown` when nothing installed answers for its kind. */
export type OwnerPresence = 'exists' | 'gone' | 'unknown';

const DAY_MS = 24 * 3600 * 1000;
/** Finished effects are kept so long, in milliseconds: a week to find out what happened. */
const KEEP_MS = 7 * DAY_MS;
/** Of a living owner so many of each name stay, however old. */
const KEEP_NEWEST = 20;
const EVERY_MS = 3600 * 1000;
/** Records deleted by one statement. */
const BATCH = 100;

/** What the runner knows that the records do not. */
export interface EffectKnowledge {
  presenceOf(owner: EffectOwner): OwnerPresence;
  /** Whether a reconciler may still want it: it did when it last wanted one of that name, or that was not in this process. */
  mayBeWanted(effect: FinishedEffect): boolean;
  /** Told of what has no record any more. */
  forgotten(effects: readonly FinishedEffect[]): void;
}

/**
 * Forgets finished effects, so that an object that lives for years does not drag along all that ever happened for it. Older than a
 * week, of a deleted owner all go; of a living one those beyond the newest of each name. What a reconciler still wants stays: without
 * its record it would be done again.
 */
export class EffectRetention {
  private timer?: Timer;
  private sweeping?: Promise<void>;
  private stopped = false;

  constructor(
    private readonly options: {
      store: EffectStore;
      knowledge: EffectKnowledge;
      clock: Clock;
      logger: LoggerService;
    },
  ) {}

  begin(): void {
    this.timer = this.options.clock.after(EVERY_MS, () => {
      this.sweeping = this.sweep().catch(error =>
        this.options.logger.warn('Finished effects could not be forgotten; they are at the next turn', error),
      );
      void this.sweeping.then(() => this.stopped || this.begin());
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.timer?.cancel();
    await this.sweeping;
  }

  /** Forgets what deleted owners left long ago. */
  async forgetGone(owners: Iterable<EffectOwner>): Promise<void> {
    const { store, knowledge, clock } = this.options;
    for (const owner of owners) {
      if (knowledge.presenceOf(owner) === 'gone')
        await store.deleteFinished(owner.uid, clock.now() - KEEP_MS);
    }
  }

  private async sweep(): Promise<void> {
    const { store, knowledge, clock } = this.options;
    const owners = new Map((await store.index()).map(({ owner }) => [owner.uid, owner]));
    await this.forgetGone(owners.values());
    const surplus = await store.surplus({ finishedBefore: clock.now() - KEEP_MS, keep: KEEP_NEWEST });
    const unwanted = surplus.filter(effect => !knowledge.mayBeWanted(effect));
    for (let from = 0; from < unwanted.length && !this.stopped; from += BATCH) {
      const some = unwanted.slice(from, from + BATCH);
      await store.forget(some.map(({ id }) => id));
      knowledge.forgotten(some);
    }
  }
}
