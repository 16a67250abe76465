import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

/** Half of what a store call may hold the event loop, so that the row in hand can still be finished. Milliseconds. */
const SLICE_MS = 5;

/** Bounds how long a piece of synchronous work goes on before others get their turn. */
export class TimeSlice {
  private readonly end = performance.now() + SLICE_MS;

  spent(): boolean {
    return performance.now() > this.end;
  }
}

/** Resolves after the event loop went round once. */
export const nextTurn = (): Promise<void> => setImmediate();
