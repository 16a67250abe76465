import { cloneJson, Kind, ObjectMeta, ResourceOf } from '@krate/resource-model';
import { PLATFORM_NAMESPACE } from '../objectKeys';

/** What a test says of an object; the rest is filled in. */
export interface ObjectPartial<K> {
  metadata?: Partial<ObjectMeta>;
  spec?: ResourceOf<K> extends { spec: infer S } ? Partial<S> : Record<string, unknown>;
  status?: ResourceOf<K> extends { status?: infer S } ? S : never;
}

/**
 * A stored object for tests. Metadata gets stable defaults (name from the kind, uid from the name, generation and
 * resourceVersion 1); the spec gets the kind's defaults when it is valid and stays as given when it is not. Core kinds
 * (`flat`) take their payload in `spec`.
 */
export function anObject<K extends Kind>(kind: K, partial: ObjectPartial<K> = {}): ResourceOf<K> {
  const name = partial.metadata?.name ?? `a-${kind.kind.toLowerCase()}`;
  const namespace = kind.platform ? PLATFORM_NAMESPACE : 'krate-org-acme';
  const given = cloneJson((partial.spec ?? {}) as Record<string, unknown>);
  const parsed = kind.spec.safeParse(given);
  const spec = (parsed.success ? parsed.data : given) as Record<string, unknown>;
  return {
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    metadata: {
      name,
      ...(!kind.clusterScoped && { namespace }),
      uid: `uid-of-${name}`,
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...partial.metadata,
    },
    ...(kind.flat ? spec : { spec }),
    ...(partial.status !== undefined && { status: cloneJson(partial.status) }),
  } as unknown as ResourceOf<K>;
}
