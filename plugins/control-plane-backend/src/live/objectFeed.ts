import { Principal } from '@krate/plugin-control-plane-node';
import { ApiError, Kind, KindRegistry } from '@krate/resource-model';
import { Authorizer } from '../identity/Authorizer';
import { ResourceService, ResourceWatch } from '../resources';
import { parseFieldSelector, parseLabelSelector, pinnedName } from '../resources/selectors';
import { Feed } from './LiveConnection';
import { ObjectSubscription } from './liveRequests';

const RESUME_MS = 50;
const SYNCED = '{"type":"SYNCED"}';

/**
 * Objects of a kind: what exists, then SYNCED, then every change. Authorized as a `watch` by the resource service, whose
 * wire form it sends. When the store's watch ends because the browser was slow, it goes on where it was.
 */
export function objectFeed(
  context: { service: ResourceService; kinds: KindRegistry; authorizer: Authorizer },
  principal: Principal,
  subscription: ObjectSubscription,
): Feed {
  const kind = (): Kind => {
    const found = context.kinds.byResource(subscription.group, subscription.resource);
    if (found) return found;
    throw new ApiError(
      'NotFound',
      `There is no resource "${subscription.resource}" in the group "${subscription.group}"`,
    );
  };
  const watchFrom = (resourceVersion: string | undefined) =>
    context.service.watch(requestOf(kind(), principal, subscription, resourceVersion));

  return {
    async run(send, signal) {
      let version = subscription.resourceVersion;
      let synced = false;
      while (!signal.aborted) {
        const watch = await watchFrom(version);
        synced = await relay(watch, { send, signal, synced });
        version = String(watch.progress());
        await new Promise(resolve => setTimeout(resolve, RESUME_MS));
      }
    },
    async recheck() {
      const { namespace, name, fieldSelector } = subscription;
      // As the watch was authorized: a selector that pins a name counts as that name.
      const pinned = name ?? pinnedName(parseFieldSelector(kind(), fieldSelector ?? ''));
      const attributes = {
        verb: 'watch',
        group: kind().group,
        resource: kind().plural,
        namespace,
        name: pinned,
      };
      const { allowed, reason } = await context.authorizer.authorize(principal, attributes);
      if (!allowed) throw new ApiError('Forbidden', `You may no longer watch ${kind().plural}: ${reason}`);
    },
  };
}

function requestOf(
  kind: Kind,
  principal: Principal,
  subscription: ObjectSubscription,
  resourceVersion: string | undefined,
) {
  const { namespace, name, labelSelector, fieldSelector } = subscription;
  const named = name === undefined ? [] : [{ path: 'metadata.name', value: name }];
  return {
    principal,
    kind,
    namespace: kind.clusterScoped ? undefined : namespace,
    labels: parseLabelSelector(labelSelector ?? ''),
    fields: [...parseFieldSelector(kind, fieldSelector ?? ''), ...named],
    resourceVersion,
  };
}

/** Sends what a watch gives until it ends; true once SYNCED was sent. */
async function relay(
  watch: ResourceWatch,
  state: { send(event: string): Promise<void>; signal: AbortSignal; synced: boolean },
): Promise<boolean> {
  const close = () => watch.close();
  state.signal.addEventListener('abort', close);
  if (state.signal.aborted) close();
  try {
    let sent = 0;
    let { synced } = state;
    if (!synced && watch.initialEvents === 0) {
      await state.send(SYNCED);
      synced = true;
    }
    for await (const { type, served } of watch) {
      await state.send(`{"type":"${type}","object":${served.json}}`);
      sent += 1;
      if (synced || sent < watch.initialEvents) continue;
      await state.send(SYNCED);
      synced = true;
    }
    return synced;
  } finally {
    state.signal.removeEventListener('abort', close);
  }
}
