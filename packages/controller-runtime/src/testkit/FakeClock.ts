import { Clock, Timer } from '../Clock';

/** A clock that stands still until it is told to advance. For tests. */
export class FakeClock implements Clock {
  private readonly timers = new Set<{ at: number; task: () => void }>();

  constructor(private time = Date.parse('2026-01-01T00:00:00Z')) {}

  now(): number {
    return this.time;
  }

  after(ms: number, task: () => void): Timer {
    const timer = { at: this.time + Math.max(0, ms), task };
    this.timers.add(timer);
    return { cancel: () => this.timers.delete(timer) };
  }

  /** Moves time on, firing timers in their order and letting what they started settle. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await this.settle();
    for (let next = this.nextBefore(end); next; next = this.nextBefore(end)) {
      this.time = Math.max(this.time, next.at);
      this.timers.delete(next);
      next.task();
      await this.settle();
    }
    this.time = end;
  }

  /** Lets promises and immediates that are ready run. */
  async settle(): Promise<void> {
    for (let i = 0; i < 10; i += 1) await new Promise(resolve => setImmediate(resolve));
  }

  private nextBefore(end: number) {
    return [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}
