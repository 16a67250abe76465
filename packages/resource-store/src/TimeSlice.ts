import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

/** Bounds how long a piece of synchronous work goes on before others get their turn. */
export class TimeSlice {
  private readonly end: number;

  /** 0: spent at once, so that every single step gets a slice of its own. */
  constructor(milliseconds: number) {
    this.end = performance.now() + milliseconds;
  }

  spent(): boolean {
    return performance.now() >= this.end;
  }
}

/** Resolves after the event loop went round once. */
export const nextTurn = (): Promise<void> => setImmediate();
