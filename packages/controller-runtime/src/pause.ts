/** Milliseconds after which what waits in a paused namespace is looked at again. */
export const PAUSE_MS = 5_000;
