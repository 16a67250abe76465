import { WebhookDelivery, WebhookSubscription } from '@krate/plugin-forge-common';
import { ResourceInput } from '@krate/resource-model';
import { digest } from './HookEvent';

/** What a delivery says, whoever is told. */
export type Message = Pick<
  WebhookDelivery['spec'],
  'eventType' | 'eventId' | 'resourceRef' | 'repository' | 'payload' | 'replayOf'
>;

/**
 * A delivery of a message to a listener. Its name follows from both, so that whoever makes it again after a crash finds it there. It
 * goes when the listener goes.
 *
 * @param occasion - tells apart deliveries of one message: empty for the first, the name of the replayed one for a replay
 */
export function deliveryOf(
  subscription: WebhookSubscription,
  message: Message,
  occasion = '',
): ResourceInput<WebhookDelivery> {
  const { apiVersion, kind, metadata, spec } = subscription;
  const mark = digest(`${metadata.uid}/${message.eventId}/${message.eventType}/${occasion}`).slice(0, 16);
  return {
    apiVersion,
    kind: 'WebhookDelivery',
    metadata: {
      name: `${metadata.name.slice(0, 200)}-${mark}`,
      namespace: metadata.namespace,
      ownerReferences: [{ apiVersion, kind, name: metadata.name, uid: metadata.uid }],
    },
    spec: {
      ...message,
      subscription: metadata.name,
      url: spec.url,
      signature: spec.signing ? 'v1' : 'none',
    },
  };
}
