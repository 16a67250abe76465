import { Clock, Timer } from '../Clock';
import { RunningEffect } from './RunningEffect';

interface Entry {
  effect: RunningEffect;
  run(): Promise<void>;
  timer?: Timer;
}

/**
 * Gives the effects of one name their turns: not before their time, not more than `concurrency` at once, and never two
 * of one group (the generations of one owner) together.
 */
export class EffectPool {
  private readonly ready: Entry[] = [];
  private readonly waiting = new Map<RunningEffect, Entry>();
  private readonly groups = new Set<string>();
  private running = 0;
  private stopped = false;

  constructor(
    private readonly concurrency: number,
    private readonly clock: Clock,
  ) {}

  /** `run` must not reject. */
  add(effect: RunningEffect, run: () => Promise<void>): void {
    if (this.stopped) return;
    const entry: Entry = { effect, run };
    const wait = effect.record.cancelRequested ? 0 : effect.record.nextAt - this.clock.now();
    if (wait <= 0) {
      this.enqueue(entry);
      return;
    }
    entry.timer = this.clock.after(wait, () => {
      this.waiting.delete(effect);
      this.enqueue(entry);
    });
    this.waiting.set(effect, entry);
  }

  /** Ends the wait of an effect for its time. */
  hurry(effect: RunningEffect): void {
    const entry = this.waiting.get(effect);
    if (!entry) return;
    entry.timer?.cancel();
    this.waiting.delete(effect);
    this.enqueue(entry);
  }

  stop(): void {
    this.stopped = true;
    for (const entry of this.waiting.values()) entry.timer?.cancel();
    this.waiting.clear();
    this.ready.length = 0;
  }

  private enqueue(entry: Entry): void {
    if (this.stopped) return;
    this.ready.push(entry);
    this.pump();
  }

  private pump(): void {
    for (let i = 0; i < this.ready.length && this.running < this.concurrency;) {
      const entry = this.ready[i];
      if (this.groups.has(entry.effect.group)) {
        i += 1;
        continue;
      }
      this.ready.splice(i, 1);
      this.begin(entry);
    }
  }

  private begin({ effect, run }: Entry): void {
    this.running += 1;
    this.groups.add(effect.group);
    const end = () => {
      this.running -= 1;
      this.groups.delete(effect.group);
      this.pump();
    };
    run().then(end, end);
  }
}
