import { Principal, StreamKey } from '@krate/plugin-control-plane-node';
import { ApiError, KindRegistry } from '@krate/resource-model';
import { ResourceService } from '../resources';

/** How a client names a stream: by its owner's name; which owner of that name is the server's to know. */
export type StreamName = Omit<StreamKey, 'uid'>;

/** The stream of the present object of a name, if the principal may get that object. */
export async function resolveStream(
  { service, kinds }: { service: ResourceService; kinds: KindRegistry },
  principal: Principal,
  { resource, namespace, name, stream }: StreamName,
): Promise<StreamKey> {
  const kind = kinds.all().find(candidate => candidate.plural === resource);
  if (!kind && principal.type === 'anonymous') throw new ApiError('Unauthorized', 'Sign in first');
  if (!kind) throw new ApiError('NotFound', `There is no resource "${resource}"`);
  const owner = await service.get({ principal, kind, namespace, name });
  return { resource, namespace, name, uid: owner.stored.uid, stream };
}
