/** A timer that has not fired yet. */
export interface Timer {
  cancel(): void;
}

/** Time as the runtime sees it, so that tests own it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs the task once after `ms`; delays beyond what a timer can hold are cut to about 24 days. */
  after(ms: number, task: () => void): Timer;
}

const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, Math.min(Math.max(0, ms), LONGEST_TIMER));
    return { cancel: () => clearTimeout(timer) };
  },
};

/** Resolves after `ms`, or at once when the signal is aborted. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise(resolve => {
    let timer: Timer | undefined = undefined;
    const finish = () => {
      timer?.cancel();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    timer = clock.after(ms, finish);
    signal.addEventListener('abort', finish);
  });
}
