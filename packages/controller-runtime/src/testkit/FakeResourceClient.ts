import {
  cloneJson,
  ApiError,
  Kind,
  Resource,
  ResourceInput,
  ResourceOf,
  sameJson,
} from '@krate/resource-model';
import { keyOf } from '../objectKeys';
import { ListOptions, NamespacedName, ResourceClient, WatchEvent } from '../ResourceClient';
import { applyFields, mergePatch, valueAt } from './merge';

type Verb = Exclude<keyof ResourceClient, 'watch'>;

/**
 * A ResourceClient over a map, for unit tests of what runs on a ResourceClient. It keeps revisions, generations,
 * finalizers, conflicts, watch with resume and compaction, and field removal in apply; it does no admission, no
 * authorization and no validation. Dependents are collected with their controller.
 */
export class FakeResourceClient implements ResourceClient {
  /** Every mutating call in order, for example `updateStatus agents krate-org-acme/a`. */
  readonly calls: string[] = [];
  private readonly objects = new Map<string, Resource>();
  private readonly appliedBy = new Map<string, unknown>();
  private readonly events: { resource: string; revision: number; event: WatchEvent }[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly failures: { verb: Verb; error: Error }[] = [];
  private revision = 0;
  private compactedTo = 0;
  private held = false;

  /** The next call of this verb rejects with the error. */
  failNext(verb: Verb, error: Error): void {
    this.failures.push({ verb, error });
  }

  /** Forgets the history: watches from earlier revisions are refused as Expired, running ones end that way. */
  compact(): void {
    this.compactedTo = this.revision;
    this.notify();
  }

  /** Keeps events from watchers until {@link releaseEvents}, as a slow network does. */
  holdEvents(): void {
    this.held = true;
  }

  releaseEvents(): void {
    this.held = false;
    this.notify();
  }

  async get<K extends Kind>(kind: K, key: NamespacedName): Promise<ResourceOf<K> | undefined> {
    this.enter('get');
    return cloneJson(this.objects.get(idOf(kind, key))) as ResourceOf<K> | undefined;
  }

  async list<K extends Kind>(kind: K, options: ListOptions = {}) {
    this.enter('list');
    const items = [...this.objects.entries()]
      .filter(([id, object]) => id.startsWith(`${kind.resource} `) && admits(options, object))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, object]) => cloneJson(object) as unknown as ResourceOf<K>);
    return { items, resourceVersion: String(this.revision) };
  }

  async create<K extends Kind>(kind: K, object: ResourceInput<any>): Promise<ResourceOf<K>> {
    this.enter('create', kind, object);
    return this.insert(kind, object) as unknown as ResourceOf<K>;
  }

  async update<K extends Kind>(kind: K, object: ResourceOf<K>): Promise<ResourceOf<K>> {
    const given = object as unknown as Resource;
    this.enter('update', kind, given);
    const present = this.present(kind, given.metadata, given.metadata.resourceVersion);
    return this.replace(kind, present, { ...given, status: present.status }) as unknown as ResourceOf<K>;
  }

  async updateStatus<K extends Kind>(kind: K, object: ResourceOf<K>): Promise<ResourceOf<K>> {
    const given = object as unknown as Resource;
    this.enter('updateStatus', kind, given);
    const present = this.present(kind, given.metadata, given.metadata.resourceVersion);
    return this.replace(kind, present, { ...present, status: given.status }) as unknown as ResourceOf<K>;
  }

  async patch<K extends Kind>(
    kind: K,
    key: NamespacedName,
    patch: Record<string, unknown>,
  ): Promise<ResourceOf<K>> {
    this.enter('patch', kind, { metadata: key });
    const present = this.present(kind, key);
    return this.replace(kind, present, mergePatch(present, patch) as Resource) as unknown as ResourceOf<K>;
  }

  async apply<K extends Kind>(
    kind: K,
    object: ResourceInput<any>,
    options: { fieldManager: string; force?: boolean },
  ) {
    this.enter('apply', kind, object);
    const id = idOf(kind, object.metadata as NamespacedName);
    const memory = `${options.fieldManager} ${id}`;
    const before = this.appliedBy.get(memory);
    this.appliedBy.set(memory, cloneJson(object));
    const present = this.objects.get(id);
    if (!present) return this.insert(kind, object) as unknown as ResourceOf<K>;
    const next = applyFields(cloneJson(present), before, cloneJson(object)) as Resource;
    return this.replace(kind, present, next) as unknown as ResourceOf<K>;
  }

  async delete<K extends Kind>(kind: K, key: NamespacedName, options: { uid?: string } = {}): Promise<void> {
    this.enter('delete', kind, { metadata: key });
    const present = this.present(kind, key);
    if (options.uid && options.uid !== present.metadata.uid)
      throw new ApiError('Conflict', 'The uid differs');
    if (!present.metadata.finalizers?.length) {
      this.removeNow(kind, present);
      return;
    }
    if (present.metadata.deletionTimestamp) return;
    const metadata = {
      ...present.metadata,
      deletionTimestamp: now(),
      generation: present.metadata.generation + 1,
    };
    this.store(kind, 'MODIFIED', { ...present, metadata });
  }

  async *watch<K extends Kind>(
    kind: K,
    options: ListOptions & { signal: AbortSignal; resourceVersion?: string; previous?: boolean },
  ) {
    let position = Number(options.resourceVersion ?? 0);
    while (!options.signal.aborted) {
      if (position < this.compactedTo) throw new ApiError('Expired', 'The revision was compacted');
      const next = this.held ? undefined : this.eventAfter(position);
      if (!next) {
        await this.changed(options.signal);
        continue;
      }
      position = next.revision;
      if (next.resource !== kind.resource || !admits(options, next.event.object)) continue;
      const { previous, ...event } = next.event;
      yield cloneJson(options.previous && previous ? { ...event, previous } : event) as WatchEvent<any>;
    }
  }

  private eventAfter(position: number) {
    return this.events.find(({ revision }) => revision > position);
  }

  private enter(verb: Verb, kind?: Kind, object?: { metadata: Partial<NamespacedName> }): void {
    if (kind && object) this.calls.push(`${verb} ${kind.plural} ${keyOf(object.metadata as NamespacedName)}`);
    const index = this.failures.findIndex(failure => failure.verb === verb);
    if (index >= 0) throw this.failures.splice(index, 1)[0].error;
  }

  private present(kind: Kind, key: NamespacedName, revision?: string): Resource {
    const present = this.objects.get(idOf(kind, key));
    if (!present) throw new ApiError('NotFound', `${kind.plural} "${key.name}" not found`);
    if (revision && revision !== present.metadata.resourceVersion) {
      throw new ApiError('Conflict', `${kind.plural} "${key.name}" was changed since it was read`);
    }
    return present;
  }

  private insert(kind: Kind, object: ResourceInput<any>): Resource {
    const id = idOf(kind, object.metadata as NamespacedName);
    if (this.objects.has(id))
      throw new ApiError('AlreadyExists', `${kind.plural} "${object.metadata.name}" already exists`);
    const server = {
      uid: `uid-${this.revision + 1}`,
      generation: 1,
      creationTimestamp: now(),
      resourceVersion: '',
    };
    const metadata = { ...server, ...object.metadata, name: object.metadata.name! };
    return this.store(kind, 'ADDED', { ...object, metadata } as unknown as Resource);
  }

  private replace(kind: Kind, present: Resource, next: Resource): Resource {
    const { resourceVersion, uid, creationTimestamp, deletionTimestamp, generation } = present.metadata;
    const changedSpec = !sameJson(present.spec, next.spec);
    const server = { resourceVersion, uid, creationTimestamp, deletionTimestamp };
    const metadata = { ...next.metadata, ...server, generation: generation + (changedSpec ? 1 : 0) };
    const object = { ...next, metadata };
    if (deletionTimestamp && !metadata.finalizers?.length) return this.removeNow(kind, object);
    return sameJson(object, present) ? cloneJson(present) : this.store(kind, 'MODIFIED', object);
  }

  private removeNow(kind: Kind, object: Resource): Resource {
    const last = this.store(kind, 'DELETED', object);
    for (const [id, dependent] of [...this.objects.entries()]) {
      if (
        !dependent.metadata.ownerReferences?.some(
          ({ uid, controller }) => controller && uid === last.metadata.uid,
        )
      )
        continue;
      this.removeNow({ resource: id.split(' ')[0] } as Kind, dependent);
    }
    return last;
  }

  private store(kind: Kind, type: 'ADDED' | 'MODIFIED' | 'DELETED', object: Resource): Resource {
    this.revision += 1;
    const stored = cloneJson({
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.revision) },
    });
    const id = idOf(kind, stored.metadata);
    const previous = this.objects.get(id);
    if (type === 'DELETED') this.objects.delete(id);
    else this.objects.set(id, stored);
    const event = { type, object: stored, previous };
    this.events.push({ resource: kind.resource, revision: this.revision, event });
    this.notify();
    return cloneJson(stored);
  }

  private notify(): void {
    for (const listener of [...this.listeners]) listener();
  }

  private changed(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const done = () => {
        this.listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.listeners.add(done);
      signal.addEventListener('abort', done);
    });
  }
}

function idOf(kind: Kind, key: NamespacedName): string {
  return `${kind.resource} ${keyOf(key)}`;
}

function admits(options: ListOptions, object: Resource): boolean {
  const { namespace, labels = {}, fields = {} } = options;
  if (namespace !== undefined && object.metadata.namespace !== namespace) return false;
  const labelled = Object.entries(labels).every(([key, value]) => object.metadata.labels?.[key] === value);
  return (
    labelled && Object.entries(fields).every(([path, value]) => String(valueAt(object, path) ?? '') === value)
  );
}

function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}
