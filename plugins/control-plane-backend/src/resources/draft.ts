import { ApiError } from '@krate/resource-model';
import { ObjectDraft, ObjectKey } from '@krate/resource-store';
import { Kind } from '@krate/resource-model';
import { WireObject } from './WireObject';

/** What one object may be at most, in bytes of its stored JSON. */
export const OBJECT_LIMIT = 1.5 * 1024 * 1024;

export function keyOf(kind: Kind, namespace: string | undefined, name: string): ObjectKey {
  return {
    group: kind.group,
    resource: kind.plural,
    namespace: kind.clusterScoped ? '' : (namespace ?? ''),
    name,
  };
}

/** The stored text of an object. The store puts the resourceVersion in. */
export function draftOf(object: WireObject): ObjectDraft {
  const { apiVersion, kind, metadata, ...rest } = object;
  const { resourceVersion: _, ...stored } = metadata;
  const json = JSON.stringify({ apiVersion, kind, metadata: stored, ...rest });
  const bytes = Buffer.byteLength(json);
  if (bytes > OBJECT_LIMIT) {
    throw new ApiError(
      'RequestEntityTooLarge',
      `The object would take ${bytes} bytes; the limit is ${OBJECT_LIMIT}`,
    );
  }
  return { uid: metadata.uid ?? '', labels: metadata.labels ?? {}, json };
}
