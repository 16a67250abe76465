import { WebhookSubscription } from '@krate/plugin-forge-common';
import { digest } from './HookEvent';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits before the second and later attempts; what most senders of webhooks settled on. */
const SCHEDULE = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR];
const LONGEST = 10 * HOUR;
/** A listener may ask for more patience than the schedule has, within reason. */
const LONGEST_ASKED_FOR = 24 * HOUR;
const JITTER = 0.2;

/**
 * Milliseconds until the next attempt; undefined when there is none.
 *
 * @param made - attempts made so far, at least one
 * @param seed - what the jitter follows from: the same for the same delivery, since a reconciler must not roll dice
 * @param retryAfterSeconds - what the listener asked for
 */
export function retryDelay(
  policy: WebhookSubscription['spec']['retryPolicy'],
  made: number,
  seed: string,
  retryAfterSeconds = 0,
): number | undefined {
  if (made > policy.maxRetries) return undefined;
  const { backoffMs } = policy;
  const planned =
    backoffMs === undefined
      ? (SCHEDULE[made - 1] ?? LONGEST)
      : Math.min(LONGEST, backoffMs * 2 ** (made - 1));
  const spread = 1 + JITTER * (2 * fractionOf(`${seed}/${made}`) - 1);
  const asked = Math.min(LONGEST_ASKED_FOR, retryAfterSeconds * SECOND);
  return Math.round(Math.max(planned * spread, asked));
}

/** A number in [0, 1) that looks like chance. */
function fractionOf(seed: string): number {
  return parseInt(digest(seed).slice(0, 8), 16) / 2 ** 32;
}
