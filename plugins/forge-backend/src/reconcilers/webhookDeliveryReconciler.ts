import { defineReconciler, EffectState, reads, Result } from '@krate/controller-runtime';
import { WebhookDelivery, WebhookSubscription } from '@krate/plugin-forge-common';
import { deliveryOf } from '../hooks/deliveryOf';
import { retryDelay } from '../hooks/retryDelay';
import { SendOutcome } from '../hooks/sendWebhookEffect';
import { isListening } from '../hooks/wantsEvent';

type Outcome = Result<typeof WebhookDelivery>;
type Reason =
  | NonNullable<SendOutcome['code']>
  | 'Delivered'
  | 'Pending'
  | 'Retrying'
  | 'SubscriptionPaused'
  | 'SubscriptionDisabled';

/** Sends a message until it is accepted or given up: one effect for each attempt, the waits in between from the listener's policy. */
export const webhookDeliveryReconciler = defineReconciler({
  for: WebhookDelivery,
  reads: { subscription: reads.ref(WebhookSubscription, 'spec.subscription') },

  reconcile({ subscription, effects, now }, delivery): Outcome {
    const { metadata, spec, status } = delivery;
    const ended = status?.phase === 'Delivered' || status?.phase === 'Failed';
    if (ended) return replayed(delivery, subscription);
    const made = status?.attempts ?? [];
    const effect = effects[`send-webhook/${made.length}`];
    if (effect && isOver(effect)) return judge(delivery, [...made, attemptOf(effect)], subscription, now);
    if (!subscription) return failed(made, 'SubscriptionMissing', 'The listener was deleted', now);
    if (!effect && !isListening(subscription)) return notListening(made, subscription, now);
    const wait = status?.nextAttemptAt ? Date.parse(status.nextAttemptAt) - now.getTime() : 0;
    if (!effect && wait > 0) return { requeueAfter: wait / 1000 };
    const input = {
      namespace: metadata.namespace,
      delivery: metadata.name,
      subscription: spec.subscription,
    };
    return {
      status: { phase: 'Delivering', attemptCount: made.length },
      conditions: [
        made.length === 0
          ? notYet('Pending', 'It is being sent')
          : notYet('Retrying', `Attempt ${made.length + 1} is being made`),
      ],
      effects: [{ name: 'send-webhook', key: String(made.length), input }],
    };
  },
});

function isOver({ state }: EffectState): boolean {
  return state === 'Succeeded' || state === 'Failed' || state === 'Cancelled';
}

/** An effect that broke without an outcome counts as an attempt that reached nobody. */
function attemptOf(effect: EffectState): SendOutcome {
  if (effect.state === 'Succeeded') return effect.result;
  const at = effect.finishedAt ?? effect.startedAt ?? '';
  return { at, code: 'Unreachable', error: effect.error?.message ?? 'It could not be sent' };
}

function judge(
  { metadata, spec }: WebhookDelivery,
  attempts: SendOutcome[],
  subscription: WebhookSubscription | undefined,
  now: Date,
): Outcome {
  const last = attempts.at(-1)!;
  if (!last.code) return delivered(attempts, last);
  if (last.code === 'Gone' || last.code === 'SubscriptionMissing' || !subscription)
    return failed(attempts, last.code, last.error ?? '', now);
  const wait = retryDelay(
    subscription.spec.retryPolicy,
    attempts.length,
    `${metadata.uid}/${spec.eventId}`,
    last.retryAfterSeconds,
  );
  if (wait === undefined) {
    const message = `${last.error}; given up after ${attempts.length} attempts`;
    return failed(attempts, last.code, message, now);
  }
  const nextAttemptAt = new Date(now.getTime() + wait).toISOString();
  return {
    status: { phase: 'Retrying', nextAttemptAt, ...seen(attempts) },
    conditions: [notYet('Retrying', `${last.error}; it is tried again at ${nextAttemptAt}`)],
    requeueAfter: wait / 1000,
  };
}

function delivered(attempts: SendOutcome[], { at, status }: SendOutcome): Outcome {
  return {
    status: { phase: 'Delivered', deliveredAt: at, finishedAt: at, nextAttemptAt: null, ...seen(attempts) },
    conditions: [
      { type: 'Delivered', status: 'True', reason: 'Delivered', message: `The listener answered ${status}` },
    ],
  };
}

function failed(attempts: SendOutcome[], reason: Reason, message: string, now: Date): Outcome {
  return {
    status: { phase: 'Failed', finishedAt: now.toISOString(), nextAttemptAt: null, ...seen(attempts) },
    conditions: [notYet(reason, message)],
  };
}

function notListening(attempts: SendOutcome[], subscription: WebhookSubscription, now: Date): Outcome {
  return subscription.spec.active
    ? failed(attempts, 'SubscriptionDisabled', 'The listener is disabled; replay it once it works again', now)
    : failed(
        attempts,
        'SubscriptionPaused',
        'The listener is paused; replay it once it is active again',
        now,
      );
}

/** What the attempts came to, for lists and the inspector. */
function seen(attempts: SendOutcome[]): NonNullable<Outcome['status']> {
  const answered = attempts.filter(({ status }) => status !== undefined).at(-1);
  return {
    attempts,
    attemptCount: attempts.length,
    ...(answered && { response: { status: answered.status!, body: answered.responseBody } }),
    latencyMs: attempts.at(-1)?.latencyMs ?? null,
  };
}

/** A replay is a delivery of its own: the same message to the same listener, signed with the secret of now. */
function replayed({ metadata, spec, status }: WebhookDelivery, subscription?: WebhookSubscription): Outcome {
  if (!spec.replay || status?.replayedAs || !subscription) return {};
  const { eventType, eventId, resourceRef, repository, payload } = spec;
  const message = { eventType, eventId, resourceRef, repository, payload, replayOf: metadata.name };
  const object = deliveryOf(subscription, message, metadata.uid);
  return {
    apply: [{ kind: WebhookDelivery, object, owned: false }],
    status: { replayedAs: object.metadata.name },
  };
}

function notYet(reason: Reason, message: string) {
  return { type: 'Delivered', status: 'False', reason, message } as const;
}
