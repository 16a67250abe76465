import { Kind, Resource, ResourceInput, ResourceOf } from '@krate/resource-model';

/** Addresses an object of a known kind. `namespace` is absent for cluster-scoped kinds. */
export interface NamespacedName {
  namespace?: string;
  name: string;
}

export interface ListOptions {
  namespace?: string;
  /** Equality terms; all must hold. */
  labels?: Record<string, string>;
  /** Dotted paths the kind declares selectable. */
  fields?: Record<string, string>;
}

export interface DeleteOptions {
  /** Only the object of this uid; another one of its name is a Conflict. */
  uid?: string;
  /** Whether it waits for its dependents (`Foreground`) or leaves them behind (`Orphan`). Default `Background`. */
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
}

export interface WatchEvent<R extends Resource = Resource> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  object: R;
  /** The state before a change, where the watch asked for it and there was one. */
  previous?: R;
}

/**
 * The resource API as code sees it: the same admission, authorization and store as over HTTP, typed from the kinds. A
 * client acts as one principal, fixed when it was made; it fills in apiVersion and kind. Refusals are `ApiError`s with the status reason of the API.
 */
export interface ResourceClient {
  get<K extends Kind>(kind: K, key: NamespacedName): Promise<ResourceOf<K> | undefined>;
  list<K extends Kind>(
    kind: K,
    options?: ListOptions,
  ): Promise<{ items: ResourceOf<K>[]; resourceVersion: string }>;
  create<K extends Kind>(kind: K, object: ResourceInput<any>): Promise<ResourceOf<K>>;
  /** Replaces spec and metadata; fails with Conflict when the object moved since it was read. */
  update<K extends Kind>(kind: K, object: ResourceOf<K>): Promise<ResourceOf<K>>;
  /** Replaces status only. A no-op does not change the resourceVersion. */
  updateStatus<K extends Kind>(kind: K, object: ResourceOf<K>): Promise<ResourceOf<K>>;
  /** JSON merge patch (RFC 7396) on the whole object. */
  patch<K extends Kind>(kind: K, key: NamespacedName, patch: Record<string, unknown>): Promise<ResourceOf<K>>;
  /** Server-side apply, a no-op does not change the resourceVersion. The fields given belong to `fieldManager`; conflicts are taken over only with `force`. */
  apply<K extends Kind>(
    kind: K,
    object: ResourceInput<any>,
    options: { fieldManager: string; force?: boolean },
  ): Promise<ResourceOf<K>>;
  delete<K extends Kind>(kind: K, key: NamespacedName, options?: DeleteOptions): Promise<void>;
  /**
   * Follows a kind for ever, reconnecting by itself; ends on `signal`. Without `resourceVersion` it lists first: what
   * exists arrives as ADDED, and after a compaction the difference to what was delivered (deletions included) arrives as
   * ordinary events. With `resourceVersion` every later event arrives once and in order; when that revision is
   * compacted the iteration throws `ApiError` with reason Expired or Gone and the caller lists anew.
   *
   * With `previous` each change brings the state before it along, also one that happened while nobody watched: what tells a
   * transition from a state.
   */
  watch<K extends Kind>(
    kind: K,
    options: ListOptions & { signal: AbortSignal; resourceVersion?: string; previous?: boolean },
  ): AsyncIterable<WatchEvent<ResourceOf<K>>>;
}
