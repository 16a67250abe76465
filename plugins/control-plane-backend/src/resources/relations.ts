import {
  PLATFORM_NAMESPACE,
  RelationEdge,
  RelationNode,
  Relations,
} from '@krate/plugin-control-plane-common';
import { Principal } from '@krate/plugin-control-plane-node';
import { Condition, Kind, Reference, referencePathsOf, referencesOf } from '@krate/resource-model';
import { StoredObject } from '@krate/resource-store';
import { keyOf } from './draft';
import { get } from './get';
import { ObjectTarget } from './requests';
import { serve } from './Served';
import { ServiceContext } from './ServiceContext';
import { WireObject } from './WireObject';

export interface RelationsRequest extends ObjectTarget {
  /** How many steps away from the object; 1 or 2. Default 1. */
  depth?: number;
}

const MOST_NODES = 80;
/** Of one kind at one object: a repository with ten thousand runs is not a picture. */
const MOST_OF_A_KIND = 12;

interface Found {
  kind: Kind;
  object: WireObject;
  id: string;
}

class RelationSearch {
  private readonly nodes = new Map<string, RelationNode>();
  private readonly edges = new Map<string, RelationEdge>();
  private readonly lists = new Map<string, Promise<StoredObject[]>>();
  private truncated = false;

  constructor(
    private readonly context: ServiceContext,
    private readonly principal: Principal,
  ) {}

  picture(): Relations {
    return { nodes: [...this.nodes.values()], edges: [...this.edges.values()], truncated: this.truncated };
  }

  add(kind: Kind, namespace: string | undefined, name: string, object: WireObject): Found {
    const id = idOf(kind, namespace, name);
    this.nodes.set(id, nodeOf(kind, namespace, name, object));
    return { kind, object, id };
  }

  /** Adds what is one step away; what was not known before is returned, to go on from. */
  async around(found: Found): Promise<Found[]> {
    return [
      ...(await this.referredTo(found)),
      ...(await this.owners(found)),
      ...(await this.referring(found)),
    ];
  }

  private async referredTo({ kind, object, id }: Found): Promise<Found[]> {
    const next: Found[] = [];
    for (const reference of referencesOf(kind, object)) {
      const target = this.context.kinds.kind(reference.kind);
      // Every object names its organization; that is its place and not a relation.
      if (!target || isPlace(reference)) continue;
      const namespace = namespaceFor(target, object.metadata.namespace);
      next.push(...(await this.step(target, namespace, reference.name)));
      this.edge({ from: id, to: idOf(target, namespace, reference.name), ...fieldOf(reference) });
    }
    return next;
  }

  private async owners({ object, id }: Found): Promise<Found[]> {
    const next: Found[] = [];
    for (const owner of object.metadata.ownerReferences ?? []) {
      const kind = this.context.kinds.kind(owner.kind);
      if (!kind) continue;
      const namespace = namespaceFor(kind, object.metadata.namespace);
      next.push(...(await this.step(kind, namespace, owner.name)));
      this.edge({ from: id, to: idOf(kind, namespace, owner.name), type: 'owner' });
    }
    return next;
  }

  private async referring({ kind, object, id }: Found): Promise<Found[]> {
    const { namespace, name = '', uid = '' } = object.metadata;
    const next: Found[] = [];
    for (const other of this.context.kinds.all()) {
      if (other.clusterScoped || other.kind === 'Event') continue;
      const refers = referencePathsOf(other).some(path => path.kind === kind.kind && !isPlace(path));
      const needle = refers ? JSON.stringify(name) : uid;
      let shown = 0;
      for (const stored of await this.list(other, namespaceFor(other, namespace))) {
        if (!stored.json.includes(needle)) continue;
        const candidate = serve(other, stored, this.context.storedForm).object;
        const edges = edgesTo(other, candidate, { kind, name, uid });
        if (edges.length === 0) continue;
        shown += 1;
        if (shown > MOST_OF_A_KIND && !this.nodes.has(idOf(other, stored.namespace, stored.name))) {
          this.truncated = true;
          break;
        }
        next.push(...this.reach(other, stored.namespace, stored.name, candidate));
        edges.forEach(edge =>
          this.edge({ ...edge, from: idOf(other, stored.namespace, stored.name), to: id }),
        );
      }
    }
    return next;
  }

  /** Goes to an object by its name, as far as the asker may see it. */
  private async step(kind: Kind, namespace: string | undefined, name: string): Promise<Found[]> {
    if (this.nodes.has(idOf(kind, namespace, name))) return [];
    const attributes = { verb: 'get', group: kind.group, resource: kind.plural, namespace, name };
    const { allowed } = await this.context.authorizer.authorize(this.principal, attributes);
    const stored = allowed ? await this.context.store.get(keyOf(kind, namespace, name)) : undefined;
    if (stored) return this.reach(kind, namespace, name, serve(kind, stored, this.context.storedForm).object);
    this.nodes.set(idOf(kind, namespace, name), nodeOf(kind, namespace, name, undefined));
    return [];
  }

  private reach(kind: Kind, namespace: string | undefined, name: string, object: WireObject): Found[] {
    if (this.nodes.has(idOf(kind, namespace, name))) return [];
    if (this.nodes.size >= MOST_NODES) {
      this.truncated = true;
      return [];
    }
    return [this.add(kind, namespace, name, object)];
  }

  /** Edges whose ends are both in the picture. */
  private edge(edge: RelationEdge): void {
    if (!this.nodes.has(edge.from) || !this.nodes.has(edge.to)) return;
    this.edges.set(`${edge.from} ${edge.to} ${edge.type} ${edge.path ?? ''}`, edge);
  }

  private list(kind: Kind, namespace: string | undefined): Promise<StoredObject[]> {
    const key = `${kind.resource} ${namespace ?? ''}`;
    const known = this.lists.get(key) ?? this.read(kind, namespace);
    this.lists.set(key, known);
    return known;
  }

  private async read(kind: Kind, namespace: string | undefined): Promise<StoredObject[]> {
    const attributes = { verb: 'list', group: kind.group, resource: kind.plural, namespace };
    const { allowed } = await this.context.authorizer.authorize(this.principal, attributes);
    if (!allowed) return [];
    const query = { group: kind.group, resource: kind.plural, namespace };
    return (await this.context.store.list(query)).items;
  }
}

function isPlace({ path }: { path: string }): boolean {
  return path === 'spec.organizationRef';
}

function fieldOf({ path }: { path: string }): Pick<RelationEdge, 'type' | 'path'> {
  return { type: 'reference', path: path.replace(/\[\d+\]/g, '') };
}

function edgesTo(
  kind: Kind,
  object: WireObject,
  to: { kind: Kind; name: string; uid: string },
): Pick<RelationEdge, 'type' | 'path'>[] {
  const refers = (reference: Reference) =>
    reference.kind === to.kind.kind && reference.name === to.name && !isPlace(reference);
  const owned = (object.metadata.ownerReferences ?? []).some(owner => owner.uid === to.uid);
  return [
    ...referencesOf(kind, object).filter(refers).map(fieldOf),
    ...(owned ? [{ type: 'owner' as const }] : []),
  ];
}

/** References point into their own namespace, except to kinds of the platform. */
function namespaceFor(kind: Kind, namespace: string | undefined): string | undefined {
  if (kind.clusterScoped) return undefined;
  return kind.platform ? PLATFORM_NAMESPACE : namespace;
}

function idOf(kind: Kind, namespace: string | undefined, name: string): string {
  return `${kind.kind}/${namespace ?? ''}/${name}`;
}

function nodeOf(
  kind: Kind,
  namespace: string | undefined,
  name: string,
  object: WireObject | undefined,
): RelationNode {
  const status = object?.status as { phase?: string; conditions?: Condition[] } | undefined;
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return {
    id: idOf(kind, namespace, name),
    kind: kind.kind,
    plural: kind.plural,
    namespace,
    name,
    uid: object?.metadata.uid,
    phase: status?.phase,
    ready: ready && { status: ready.status, reason: ready.reason, message: ready.message },
  };
}

/**
 * GET on the relations of an object: what it refers to, who refers to it, who owns whom. Whoever may get the object may
 * ask; other objects are shown as far as the asker may list their kinds, and that is asked of the authorizer alone, since
 * looking at a picture is no act worth an entry of a denial.
 */
export async function relations(context: ServiceContext, request: RelationsRequest): Promise<Relations> {
  const { object } = await get(context, request);
  const search = new RelationSearch(context, request.principal);
  const start = search.add(request.kind, request.namespace, request.name, object);
  let ring = [start];
  for (let step = 0; step < Math.min(request.depth ?? 1, 2); step += 1) {
    const next: Found[] = [];
    for (const found of ring) next.push(...(await search.around(found)));
    ring = next;
  }
  return search.picture();
}
