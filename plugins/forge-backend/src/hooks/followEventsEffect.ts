import { defineEffect, EffectAborted, WatchEvent } from '@krate/controller-runtime';
import { ControlPlane } from '@krate/plugin-control-plane-node';
import { WebhookDelivery, WebhookSubscription } from '@krate/plugin-forge-common';
import { ApiError, Kind, Resource } from '@krate/resource-model';
import { deliveryOf } from './deliveryOf';
import { eventsOfChange, isTold, ObjectChange } from './eventsOfChange';
import { eventIdOf, payloadOf } from './HookEvent';
import { repositoriesOf } from './repositoriesOf';
import { isListening, wantsEvent } from './wantsEvent';

export interface FollowInput {
  namespace: string;
  name: string;
  /** Where following begins: the version of the listener when it was first seen. */
  from: string;
}

/** How far each kind was followed, by plural: every event up to that version has become a delivery. */
export interface FollowProgress {
  versions: Record<string, string>;
  /** When events had been forgotten by the server before they were told. */
  missedAt?: string;
}

/*
 * From changes to deliveries, one follower for each listener, for as long as the listener exists.
 *
 * The store keeps each change with the state before it and in the order of its commits, so a change can be told apart from a state even
 * if nobody watched when it happened. The follower turns changes into deliveries and then reports how far it came; both are durable. A
 * crash in between makes it see the same changes again: the deliveries have the names they had and are found to be there. So no event
 * is lost and none is doubled, with nothing written in the transaction of the change itself.
 *
 * A paused listener is followed all the same, so that it does not find itself behind when it goes on.
 */
export function followEventsEffect({
  client,
  kinds,
  logger,
}: Pick<ControlPlane, 'client' | 'kinds' | 'logger'>) {
  async function tell({ namespace, name }: FollowInput, change: ObjectChange): Promise<void> {
    const happened = eventsOfChange(change);
    if (happened.length === 0) return;
    const subscription = await client.get(WebhookSubscription, { namespace, name });
    if (!subscription || !isListening(subscription)) return;
    const { object } = change;
    const repositories = await repositoriesOf(object, { client, kinds });
    for (const { type, detail } of happened.filter(event =>
      wantsEvent(subscription, event.type, repositories),
    )) {
      const message = {
        eventType: type,
        eventId: eventIdOf(object, type),
        resourceRef: { kind: object.kind, name: object.metadata.name },
        ...(repositories[0] && { repository: repositories[0] }),
        payload: payloadOf({ type, object, detail }, new Date()),
      };
      await client.create(WebhookDelivery, deliveryOf(subscription, message)).catch(unlessThere);
    }
  }

  async function followKind(
    kind: Kind,
    input: FollowInput,
    { progress, report, signal }: Following,
  ): Promise<void> {
    while (!signal.aborted) {
      try {
        const resourceVersion = progress.versions[kind.plural] ?? input.from;
        const options = { namespace: input.namespace, signal, resourceVersion, previous: true };
        for await (const event of client.watch(kind, options)) {
          if (event.type === 'BOOKMARK') continue;
          await tell(input, event as WatchEvent<Resource> & ObjectChange);
          progress.versions[kind.plural] = event.object.metadata.resourceVersion;
          // Not awaited: what is reported late is told again after a crash, and found to be there.
          report().catch(error => logger.warn('How far events were told could not be stored', error));
        }
      } catch (error) {
        if (!isForgotten(error)) throw error;
        const { resourceVersion } = await client.list(kind, { namespace: input.namespace });
        progress.versions[kind.plural] = resourceVersion;
        progress.missedAt = new Date().toISOString();
        await report();
      }
    }
  }

  return defineEffect<FollowInput, never, FollowProgress>({
    name: 'follow-events',
    concurrency: Infinity,
    maxAttempts: Infinity,
    observe: async () => ({ state: 'absent' }),
    async perform(_key, input, context) {
      const progress = context.progress ?? { versions: {} };
      const stop = new AbortController();
      const following = {
        progress,
        report: () => context.report({ ...progress, versions: { ...progress.versions } }),
        signal: AbortSignal.any([context.signal, stop.signal]),
      };
      const told = kinds.all().filter(({ kind }) => isTold(kind));
      try {
        await Promise.all(told.map(kind => followKind(kind, input, following)));
      } finally {
        stop.abort();
      }
      throw context.signal.reason ?? new EffectAborted('shutdown');
    },
  });
}

interface Following {
  progress: FollowProgress;
  report(): Promise<void>;
  signal: AbortSignal;
}

function unlessThere(error: unknown): void {
  if (!(error instanceof ApiError && error.reason === 'AlreadyExists')) throw error;
}

function isForgotten(error: unknown): boolean {
  return error instanceof ApiError && (error.reason === 'Expired' || error.reason === 'Gone');
}
