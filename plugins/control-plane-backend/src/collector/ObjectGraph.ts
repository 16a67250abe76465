import { PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { Kind, ObjectMeta } from '@krate/resource-model';
import { StoredObject } from '@krate/resource-store';

/** What the collector remembers of one object. */
export interface GraphNode {
  kind: Kind;
  /** Absent for cluster-scoped objects. */
  namespace?: string;
  name: string;
  uid: string;
  owners: NonNullable<ObjectMeta['ownerReferences']>;
  finalizers: string[];
  deleting: boolean;
}

/** Who owns whom and what lies in which namespace, by uid: small enough to hold for every object. */
export class ObjectGraph {
  private readonly nodes = new Map<string, GraphNode>();
  private readonly dependents = new Map<string, Set<string>>();
  private readonly contents = new Map<string, Set<string>>();
  /** Cluster-scoped objects, few as they are, by kind and name. */
  private readonly clusterScoped = new Map<string, GraphNode>();

  put(kind: Kind, stored: StoredObject): GraphNode {
    this.remove(stored.uid);
    const { metadata } = JSON.parse(stored.json) as { metadata: ObjectMeta };
    const node: GraphNode = {
      kind,
      namespace: stored.namespace || undefined,
      name: stored.name,
      uid: stored.uid,
      owners: metadata.ownerReferences ?? [],
      finalizers: metadata.finalizers ?? [],
      deleting: metadata.deletionTimestamp !== undefined,
    };
    this.nodes.set(node.uid, node);
    node.owners.forEach(owner => addTo(this.dependents, owner.uid, node.uid));
    if (node.namespace) addTo(this.contents, node.namespace, node.uid);
    else this.clusterScoped.set(`${kind.kind}/${node.name}`, node);
    return node;
  }

  remove(uid: string): GraphNode | undefined {
    const node = this.nodes.get(uid);
    if (!node) return undefined;
    this.nodes.delete(uid);
    node.owners.forEach(owner => removeFrom(this.dependents, owner.uid, uid));
    if (node.namespace) removeFrom(this.contents, node.namespace, uid);
    else if (this.clusterScoped.get(`${node.kind.kind}/${node.name}`) === node)
      this.clusterScoped.delete(`${node.kind.kind}/${node.name}`);
    return node;
  }

  get(uid: string): GraphNode | undefined {
    return this.nodes.get(uid);
  }

  all(): GraphNode[] {
    return [...this.nodes.values()];
  }

  /** Whoever names a foreign object as its owner is none of its dependents, and holds nothing up. */
  dependentsOf(uid: string): GraphNode[] {
    const owner = this.nodes.get(uid);
    const named = this.resolve(this.dependents.get(uid));
    return owner ? named.filter(node => mayOwn(owner.namespace, node.namespace)) : named;
  }

  contentsOf(namespace: string): GraphNode[] {
    return this.resolve(this.contents.get(namespace));
  }

  findClusterScoped(kind: string, name: string): GraphNode | undefined {
    return this.clusterScoped.get(`${kind}/${name}`);
  }

  private resolve(uids: ReadonlySet<string> | undefined): GraphNode[] {
    return [...(uids ?? [])].flatMap(uid => this.nodes.get(uid) ?? []);
  }
}

/** An owner lives in the namespace of what it owns, in none, or in the platform's: an Organization owns into its own. */
export function mayOwn(owner: string | undefined, dependent: string | undefined): boolean {
  return owner === undefined || owner === dependent || owner === PLATFORM_NAMESPACE;
}

function addTo(index: Map<string, Set<string>>, key: string, uid: string): void {
  const known = index.get(key);
  if (known) known.add(uid);
  else index.set(key, new Set([uid]));
}

function removeFrom(index: Map<string, Set<string>>, key: string, uid: string): void {
  const known = index.get(key);
  known?.delete(uid);
  if (known?.size === 0) index.delete(key);
}
