import { ConditionUpdate, defineReconciler, reads, Result } from '@krate/controller-runtime';
import { organizationOf, Secret } from '@krate/plugin-control-plane-common';
import { WebhookDelivery, WebhookSubscription } from '@krate/plugin-forge-common';
import { deliveryOf } from '../hooks/deliveryOf';
import { FollowProgress } from '../hooks/followEventsEffect';
import { ListenerHealth, listenerHealth } from '../hooks/listenerHealth';
import { digest } from '../hooks/HookEvent';
import { isListening } from '../hooks/wantsEvent';

type Outcome = Result<typeof WebhookSubscription>;
type Update = ConditionUpdate<typeof WebhookSubscription>;
type Disabled = NonNullable<WebhookSubscription['status']>['disabled'];

/** How long a listener may fail before nothing is sent to it any more. */
const GIVEN_UP_AFTER_MS = 5 * 24 * 60 * 60 * 1000;

/** Keeps following events for a listener, answers its tests, and says how it is doing. */
export const webhookSubscriptionReconciler = defineReconciler({
  for: WebhookSubscription,
  reads: {
    secret: reads.ref(Secret, 'spec.signing.secretRef.name'),
    deliveries: reads.referring(WebhookDelivery, 'spec.subscription'),
  },

  reconcile({ secret, deliveries, effects, now }, subscription): Outcome {
    const { metadata, status } = subscription;
    const enabledAgain = status?.disabled && status.disabled.generation !== metadata.generation;
    const enabledAt = enabledAgain ? now.toISOString() : status?.enabledAt;
    const health = listenerHealth(deliveries, enabledAt);
    const disabled = enabledAgain
      ? undefined
      : (status?.disabled ?? toDisable(health, metadata.generation, now));
    const secretExists = secretFrom(subscription, secret);
    const progress: FollowProgress | undefined = effects['follow-events/follow']?.progress;
    return {
      status: {
        phase: phaseOf(subscription, health, disabled),
        lastDeliveryAt: health.lastDeliveryAt ?? null,
        lastSuccessAt: health.lastSuccessAt ?? null,
        consecutiveFailures: health.consecutiveFailures,
        failingSince: health.failingSince ?? null,
        disabled: disabled ?? null,
        enabledAt: enabledAt ?? null,
        eventsMissedAt: progress?.missedAt ?? null,
        ...test(subscription, disabled).status,
      },
      conditions: [secretExists, readyFrom(subscription, { health, disabled, secretExists })],
      apply: test(subscription, disabled).apply,
      effects: [
        {
          name: 'follow-events',
          key: 'follow',
          input: {
            namespace: metadata.namespace,
            name: metadata.name,
            from: metadata.resourceVersion,
          },
        },
      ],
    };
  },
});

function toDisable(health: ListenerHealth, generation: number, now: Date): Disabled {
  const at = now.toISOString();
  if (health.gone) return { at, generation, message: 'The listener answered that it is gone (410)' };
  const { failingSince } = health;
  if (!failingSince || now.getTime() - Date.parse(failingSince) < GIVEN_UP_AFTER_MS) return undefined;
  return { at, generation, message: `Every attempt has failed since ${failingSince}` };
}

function phaseOf({ spec }: WebhookSubscription, { consecutiveFailures }: ListenerHealth, disabled: Disabled) {
  if (!spec.active) return 'Paused';
  if (disabled) return 'Disabled';
  return consecutiveFailures > 0 ? 'Failing' : 'Active';
}

/** The message that `spec.test` asks for, once for each request. */
function test(subscription: WebhookSubscription, disabled: Disabled): Pick<Outcome, 'apply' | 'status'> {
  const { kind, spec, status, metadata } = subscription;
  if (!spec.test?.requestedAt || spec.test.id === status?.testedId) return {};
  const { id, requestedAt, requestedBy } = spec.test;
  if (disabled || !isListening(subscription)) return { status: { testedId: id } };
  const data = { organization: organizationOf(metadata.namespace), kind, name: metadata.name, requestedBy };
  const message = {
    eventType: 'ping',
    eventId: `msg_${digest(`${metadata.uid}/ping/${id}`).slice(0, 32)}`,
    resourceRef: { kind, name: metadata.name },
    payload: JSON.stringify({ type: 'ping', timestamp: requestedAt, data }),
  };
  const object = deliveryOf(subscription, message);
  return { apply: [{ kind: WebhookDelivery, object, owned: false }], status: { testedId: id } };
}

function secretFrom({ spec }: WebhookSubscription, secret: Secret | undefined): Update {
  const type = 'SecretExists';
  if (!spec.signing)
    return { type, status: 'True', reason: 'NoneRequired', message: 'Messages are not signed' };
  const { name, key } = spec.signing.secretRef;
  if (!secret)
    return { type, status: 'False', reason: 'SecretMissing', message: `No secret is called ${name}` };
  return key in (secret.data ?? {})
    ? { type, status: 'True', reason: 'Found', message: `The secret ${name} has the key ${key}` }
    : { type, status: 'False', reason: 'KeyMissing', message: `The secret ${name} has no key ${key}` };
}

function readyFrom(
  { spec }: WebhookSubscription,
  { health, disabled, secretExists }: { health: ListenerHealth; disabled: Disabled; secretExists: Update },
): Update {
  const type = 'Ready';
  if (!spec.active) return { type, status: 'False', reason: 'Paused', message: 'It is paused' };
  if (disabled) return { type, status: 'False', reason: 'Disabled', message: disabled.message };
  if (secretExists.status === 'False')
    return {
      type,
      status: 'False',
      reason: secretExists.reason as 'SecretMissing' | 'KeyMissing',
      message: secretExists.message,
    };
  if (health.consecutiveFailures > 0) {
    const message = `${health.consecutiveFailures} attempts in a row have failed since ${health.failingSince}`;
    return { type, status: 'False', reason: 'Failing', message };
  }
  return { type, status: 'True', reason: 'Delivering', message: `Messages go to ${spec.url}` };
}
