import { defineEffect } from '@krate/controller-runtime';
import { ControlPlane, Resolver } from '@krate/plugin-control-plane-node';
import { WebhookDelivery, WebhookSubscription } from '@krate/plugin-forge-common';
import { postMessage } from './postMessage';
import { signedHeaders } from './signMessage';
import { Turnstile } from './Turnstile';

export interface SendInput {
  namespace: string;
  delivery: string;
  subscription: string;
}

/** What one attempt came to. Every answer is an outcome, never an error: the schedule of retries is the delivery's own. */
export type SendOutcome = NonNullable<NonNullable<WebhookDelivery['status']>['attempts']>[number];

/** Messages under way to one listener at a time. */
const AT_ONCE = 4;

/**
 * Sends a message once. Whether an earlier process sent it before it died cannot be observed; it is sent again then, with the same
 * `webhook-id`.
 */
export function sendWebhookEffect(
  { client, secrets }: Pick<ControlPlane, 'client' | 'secrets'>,
  resolve?: Resolver,
) {
  const turnstile = new Turnstile(AT_ONCE);

  async function send({ namespace, delivery: name }: SendInput, signal: AbortSignal): Promise<SendOutcome> {
    const at = new Date();
    const delivery = await client.get(WebhookDelivery, { namespace, name });
    const subscription =
      delivery && (await client.get(WebhookSubscription, { namespace, name: delivery.spec.subscription }));
    if (!delivery || !subscription)
      return { at: at.toISOString(), code: 'SubscriptionMissing', error: 'The listener was deleted' };
    const values = await secretsOf(subscription, at);
    if (!values)
      return { at: at.toISOString(), code: 'SecretMissing', error: 'The secret to sign with does not exist' };
    const { url, contentType, timeoutSeconds, allowPrivateAddress } = subscription.spec;
    const body = bodyOf(delivery.spec.payload ?? '', contentType);
    const headers = {
      'content-type': contentType === 'form' ? 'application/x-www-form-urlencoded' : 'application/json',
      'user-agent': 'Krate-Webhooks/1',
      'krate-event': delivery.spec.eventType,
      'krate-delivery': name,
      ...signedHeaders({ id: delivery.spec.eventId ?? delivery.metadata.uid, at, body }, values),
    };
    const timeoutMs = timeoutSeconds * 1000;
    const post = { url, headers, body, timeoutMs, allowPrivate: allowPrivateAddress, signal };
    return { at: at.toISOString(), ...(await postMessage(post, resolve)), requestHeaders: headers };
  }

  /** The present value first, then the one that is being replaced; undefined when the present one is missing. */
  async function secretsOf(
    { metadata, spec }: WebhookSubscription,
    now: Date,
  ): Promise<Buffer[] | undefined> {
    if (!spec.signing) return [];
    const { secretRef, previous } = spec.signing;
    const valueOf = async ({ name, key }: { name: string; key: string }) =>
      (await secrets.readSecret(metadata.namespace!, name))?.[key];
    const present = await valueOf(secretRef);
    if (!present?.length) return undefined;
    const overlaps = previous && (!previous.until || Date.parse(previous.until) > now.getTime());
    const former = overlaps ? await valueOf(previous.secretRef) : undefined;
    return former?.length ? [present, former] : [present];
  }

  return defineEffect<SendInput, SendOutcome>({
    name: 'send-webhook',
    concurrency: Infinity,
    observe: async () => ({ state: 'absent' }),
    perform: (_key, input, { signal }) =>
      turnstile.pass(`${input.namespace}/${input.subscription}`, () => send(input, signal)),
  });
}

function bodyOf(payload: string, contentType: 'json' | 'form'): string {
  return contentType === 'form' ? new URLSearchParams({ payload }).toString() : payload;
}
