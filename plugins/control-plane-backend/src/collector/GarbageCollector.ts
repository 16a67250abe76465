import { LoggerService } from '@backstage/backend-plugin-api';
import { ResourceClient } from '@krate/controller-runtime';
import { Namespace, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { ApiError, Kind, KindRegistry, ObjectMeta, OwnerReference, Resource } from '@krate/resource-model';
import { ResourceStore, StoredObject } from '@krate/resource-store';
import { Follower, followKind } from './followKind';
import { GraphNode, mayOwn, ObjectGraph } from './ObjectGraph';

/** On every Namespace from its creation: it stays until nothing is left in it. */
export const CONTENTS_FINALIZER = 'krate.a5c.ai/contents';
const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';
/** After a write that somebody else's came between, and after any other failure. */
const CONFLICT_RETRY_MS = 50;
const RETRY_MS = 1_000;

/*
 * Deletes what nobody owns any more, as the garbage collector of Kubernetes does:
 *
 *   background   the owner is gone, so its dependents go
 *   foreground   the owner waits (finalizer `foregroundDeletion`) until those dependents are gone that block it; what has
 *                another owner that stays only loses its reference
 *   orphan       the owner waits (finalizer `orphan`) until its dependents no longer name it
 *   namespace    the namespace waits (finalizer `krate.a5c.ai/contents`) until it is empty
 *
 * It follows every kind and remembers of each object only who owns it. Each object that may need something is settled
 * on its own, level-based: look at what is, do the one thing that brings it further, and look again when the watch tells
 * of a change. So it does not matter which events were missed during a restart. Before anything is deleted the owner's
 * absence is checked in the store itself: the kinds' watches run side by side, and an owner may arrive after what it owns.
 */
export class GarbageCollector {
  private readonly graph = new ObjectGraph();
  private readonly pending = new Set<string>();
  private followers: Follower[] = [];
  private working?: Promise<void>;
  private stopped = false;
  private synced = false;

  constructor(
    private readonly options: {
      store: ResourceStore;
      kinds: KindRegistry;
      /** Acts as the system. */
      client: ResourceClient;
      /** Told of every object that is gone, so that what was kept beside it can go as well. */
      removed?(owner: { resource: string; namespace: string; name: string; uid: string }): Promise<void>;
      logger: LoggerService;
    },
  ) {}

  async start(): Promise<void> {
    const { store, kinds, logger } = this.options;
    const listener = {
      put: (kind: Kind, object: StoredObject) => this.put(kind, object),
      remove: (_kind: Kind, object: StoredObject) => this.removed(object.uid),
      listed: (kind: Kind, uids: ReadonlySet<string>) => this.forgetMissing(kind, uids),
    };
    this.followers = kinds.all().map(kind => followKind(store, kind, listener, logger));
    await Promise.all(this.followers.map(follower => follower.synced));
    this.synced = true;
    this.graph.all().forEach(node => this.changed(node));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.followers.map(follower => follower.stop()));
    await this.working;
  }

  /** Owners it named until now look again as well: perhaps it no longer holds them up. */
  private put(kind: Kind, object: StoredObject): void {
    const before = this.graph.get(object.uid);
    this.changed(this.graph.put(kind, object));
    if (before) this.tellWaiting(before);
  }

  private changed(node: GraphNode): void {
    if (node.deleting || node.owners.length > 0) this.enqueue(node.uid);
    this.tellWaiting(node);
  }

  private removed(uid: string): void {
    const dependents = this.graph.dependentsOf(uid);
    const node = this.graph.remove(uid);
    dependents.forEach(dependent => this.enqueue(dependent.uid));
    if (!node) return;
    this.tellWaiting(node);
    const { kind, namespace = '', name } = node;
    this.options.removed?.({ resource: kind.plural, namespace, name, uid }).catch(error => {
      this.options.logger.warn(`What belonged to the deleted ${describe(node)} could not be removed`, error);
    });
  }

  /** Owners and the namespace that wait for this object to go look again. */
  private tellWaiting(node: GraphNode): void {
    for (const { uid } of node.owners) {
      if (this.graph.get(uid)?.deleting) this.enqueue(uid);
    }
    const namespace = node.namespace && this.graph.findClusterScoped(Namespace.kind, node.namespace);
    if (namespace && namespace.deleting) this.enqueue(namespace.uid);
  }

  private forgetMissing(kind: Kind, uids: ReadonlySet<string>): void {
    for (const node of this.graph.all()) {
      if (node.kind.resource === kind.resource && !uids.has(node.uid)) this.removed(node.uid);
    }
  }

  private enqueue(uid: string): void {
    this.pending.add(uid);
    if (!this.synced || this.stopped) return;
    this.working ??= this.work();
  }

  private async work(): Promise<void> {
    // What is enqueued meanwhile is met by the same loop.
    for (const uid of this.pending) {
      if (this.stopped) break;
      this.pending.delete(uid);
      await this.settle(uid).catch(error => this.later(uid, error));
    }
    this.working = undefined;
  }

  private later(uid: string, error: unknown): void {
    const conflict = error instanceof ApiError && error.reason === 'Conflict';
    if (!conflict) {
      this.options.logger.warn(
        `The garbage collector could not settle ${describe(this.graph.get(uid))}`,
        error as Error,
      );
    }
    setTimeout(() => this.enqueue(uid), conflict ? CONFLICT_RETRY_MS : RETRY_MS).unref();
  }

  private async settle(uid: string): Promise<void> {
    const node = this.graph.get(uid);
    if (!node) return;
    if (!node.deleting) await this.settleOwned(node);
    else if (node.finalizers.includes(ORPHAN)) await this.orphan(node);
    else if (waitsForDependents(node)) await this.emptyForeground(node);
    else if (node.finalizers.includes(CONTENTS_FINALIZER)) await this.emptyNamespace(node);
  }

  private async settleOwned(node: GraphNode): Promise<void> {
    const leaving: string[] = [];
    let awaited = false;
    for (const owner of node.owners) {
      const waits = waitsForDependents(this.graph.get(owner.uid));
      awaited ||= waits;
      if (waits || !(await this.exists(owner, node.namespace))) leaving.push(owner.uid);
    }
    if (leaving.length === 0) return;
    if (leaving.length < node.owners.length)
      await this.change(node, metadata => dropOwners(metadata, leaving));
    else await this.delete(node, awaited ? this.policyFor(node) : undefined);
  }

  /** What an owner waits for waits for its own dependents in turn, unless one of them waits already: a circle. */
  private policyFor(node: GraphNode): 'Foreground' | undefined {
    const dependents = this.graph.dependentsOf(node.uid);
    return dependents.length > 0 && !dependents.some(waitsForDependents) ? 'Foreground' : undefined;
  }

  private async orphan(owner: GraphNode): Promise<void> {
    for (const dependent of this.graph.dependentsOf(owner.uid)) {
      await this.change(dependent, metadata => dropOwners(metadata, [owner.uid]));
    }
    await this.release(owner, ORPHAN);
  }

  /** Each dependent is settled by itself; the finalizer goes once the watch has told that none of them blocks. */
  private async emptyForeground(owner: GraphNode): Promise<void> {
    const dependents = this.graph.dependentsOf(owner.uid);
    dependents.filter(({ deleting }) => !deleting).forEach(({ uid }) => this.enqueue(uid));
    if (
      !dependents.some(({ owners }) =>
        owners.some(({ uid, blockOwnerDeletion }) => uid === owner.uid && blockOwnerDeletion),
      )
    )
      await this.release(owner, FOREGROUND);
  }

  /** Deletes what stands in the way; the finalizer goes once the watch has told that all of it is gone. */
  private async emptyNamespace(node: GraphNode): Promise<void> {
    const content = this.graph.contentsOf(node.name);
    if (content.length === 0) await this.release(node, CONTENTS_FINALIZER);
    for (const item of content) {
      if (!item.deleting) await this.delete(item);
    }
  }

  private release(node: GraphNode, finalizer: string): Promise<void> {
    return this.change(node, metadata => ({
      ...metadata,
      finalizers: (metadata.finalizers ?? []).filter(name => name !== finalizer),
    }));
  }

  private async exists(owner: OwnerReference, namespace: string | undefined): Promise<boolean> {
    const known = this.graph.get(owner.uid);
    if (known) return mayOwn(known.namespace, namespace);
    const kind = this.options.kinds.kind(owner.kind);
    // An owner of a kind that is no longer installed cannot be judged; its dependents stay.
    if (!kind) return true;
    const found = await this.options.store.get({
      group: kind.group,
      resource: kind.plural,
      namespace: homeOf(kind, namespace),
      name: owner.name,
    });
    return found?.uid === owner.uid;
  }

  private async delete(
    { kind, namespace, name, uid }: GraphNode,
    propagationPolicy?: 'Foreground',
  ): Promise<void> {
    await this.options.client
      .delete(kind, { namespace, name }, { uid, propagationPolicy })
      .catch(ignoreAbsent);
  }

  private async change(node: GraphNode, edit: (metadata: ObjectMeta) => ObjectMeta): Promise<void> {
    const { kind, namespace, name, uid } = node;
    const live = (await this.options.client.get(kind, { namespace, name })) as Resource | undefined;
    if (live?.metadata.uid !== uid) return;
    const next = { ...live, metadata: edit(live.metadata) };
    await this.options.client.update(kind, next as never).catch(ignoreAbsent);
  }
}

/** Deleted in the foreground: it stays for as long as a dependent blocks it. */
function waitsForDependents(node: GraphNode | undefined): boolean {
  return node !== undefined && node.deleting && node.finalizers.includes(FOREGROUND);
}

function dropOwners(metadata: ObjectMeta, uids: readonly string[]): ObjectMeta {
  return {
    ...metadata,
    ownerReferences: (metadata.ownerReferences ?? []).filter(owner => !uids.includes(owner.uid)),
  };
}

function ignoreAbsent(error: unknown): void {
  if (error instanceof ApiError && error.reason === 'NotFound') return;
  throw error;
}

function describe(node: GraphNode | undefined): string {
  return node ? `${node.kind.kind} ${node.namespace ?? ''}/${node.name}` : 'an object that is gone';
}

/** Where an owner of a kind lives that a dependent in `namespace` names. */
function homeOf(kind: Kind, namespace = ''): string {
  if (kind.clusterScoped) return '';
  return kind.platform ? PLATFORM_NAMESPACE : namespace;
}
