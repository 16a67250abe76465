/** What one push may bring, in bytes as they are sent. A larger history is pushed in parts, or imported. */
const MAX_PUSH_BYTES = 4 * 1024 ** 3;

/**
 * The most that git may take at once while it receives. Large files do not need it, since git streams what is above its
 * threshold; a delta that unfolds to gigabytes does.
 */
export const MAX_ALLOCATION_BYTES = 512 * 1024 ** 2;

/** What one push may take, in bytes. */
export interface PushLimits {
  input: number;
  allocation: number;
}

/** Limits under which git serves clients, so that memory stays flat and a pack cannot unfold to more than there is. */
export function serviceLimits(
  limits: PushLimits = { input: MAX_PUSH_BYTES, allocation: MAX_ALLOCATION_BYTES },
): {
  config: Record<string, string>;
  receiveEnvironment: Record<string, string>;
} {
  return {
    config: {
      'receive.maxInputSize': String(limits.input),
      'core.bigFileThreshold': '32m',
      'pack.windowMemory': '64m',
      'pack.deltaCacheSize': '32m',
    },
    receiveEnvironment: { GIT_ALLOC_LIMIT: String(limits.allocation) },
  };
}
