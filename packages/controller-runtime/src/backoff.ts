/** How waiting grows with consecutive failures. */
export interface BackoffOptions {
  /** Milliseconds before the first retry. */
  base: number;
  /** Milliseconds that no wait exceeds. */
  max: number;
  /** A number in [0, 1); injected by tests. */
  random?: () => number;
}

/** The part of a wait that is left to chance, so that failures which began together do not retry together. */
const JITTER = 0.2;

/** Whole milliseconds to wait after `failures` earlier failures: doubles each time, shortened by up to a fifth. */
export function backoffDelay(failures: number, { base, max, random = Math.random }: BackoffOptions): number {
  const full = Math.min(max, base * 2 ** Math.min(failures, 50));
  return Math.round(full * (1 - JITTER * random()));
}
