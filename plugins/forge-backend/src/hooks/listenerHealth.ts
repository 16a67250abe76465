import { WebhookDelivery } from '@krate/plugin-forge-common';

/** How a listener did since a moment, from the attempts that are still kept. */
export interface ListenerHealth {
  lastDeliveryAt?: string;
  lastSuccessAt?: string;
  /** Attempts that failed since the last success, and when the first of them was. */
  consecutiveFailures: number;
  failingSince?: string;
  /** The newest attempt was answered with 410. */
  gone: boolean;
}

/** @param since - failures before it do not count: the listener was enabled again then */
export function listenerHealth(deliveries: readonly WebhookDelivery[], since = ''): ListenerHealth {
  const attempts = deliveries
    .flatMap(({ status }) => status?.attempts ?? [])
    .sort((a, b) => a.at.localeCompare(b.at));
  const lastSuccessAt = attempts.filter(({ code }) => !code).at(-1)?.at;
  const failures = attempts.filter(
    ({ code, at }) => code !== undefined && at >= since && !(lastSuccessAt && at <= lastSuccessAt),
  );
  return {
    lastDeliveryAt: attempts.at(-1)?.at,
    lastSuccessAt,
    consecutiveFailures: failures.length,
    failingSince: failures[0]?.at,
    gone: failures.at(-1)?.code === 'Gone',
  };
}
