import { RelationNode, Relations } from '@krate/plugin-control-plane-common';

/** One line of the text form: what stands in which relation to the object. */
export interface RelatedObject {
  node: RelationNode;
  /** The fields that refer, or nothing for an owner. */
  paths: readonly string[];
}

export type RelationGroup = 'refers' | 'referred' | 'owners' | 'owned';

/** The neighbours of an object by how they are related to it. */
export function groupRelations({ nodes, edges }: Relations): Record<RelationGroup, RelatedObject[]> {
  const [start] = nodes;
  const found: Record<RelationGroup, Map<string, string[]>> = {
    refers: new Map(),
    referred: new Map(),
    owners: new Map(),
    owned: new Map(),
  };
  for (const { from, to, type, path } of edges) {
    if (from !== start.id && to !== start.id) continue;
    const outward = from === start.id;
    const referring = outward ? 'refers' : 'referred';
    const owning = outward ? 'owners' : 'owned';
    const group = found[type === 'owner' ? owning : referring];
    const other = outward ? to : from;
    group.set(other, [...(group.get(other) ?? []), ...(path ? [path] : [])]);
  }
  const told = (group: Map<string, string[]>) =>
    [...group].flatMap(([id, paths]) => {
      const node = nodes.find(candidate => candidate.id === id);
      return node ? [{ node, paths }] : [];
    });
  return {
    refers: told(found.refers),
    referred: told(found.referred),
    owners: told(found.owners),
    owned: told(found.owned),
  };
}

/** Where a node stands in the drawing. */
export interface PlacedNode {
  node: RelationNode;
  column: number;
  row: number;
}

/**
 * Places nodes in columns: the object in the middle, what it refers to on the right, what refers to it on the left, each
 * step one column further. Within a column nodes of one kind stand together.
 */
export function placeNodes({ nodes, edges }: Relations): PlacedNode[] {
  const columns = new Map<string, number>([[nodes[0].id, 0]]);
  let ring = [nodes[0].id];
  while (ring.length > 0) {
    const next: string[] = [];
    for (const { from, to } of edges) {
      if (ring.includes(from) && !columns.has(to)) {
        columns.set(to, columns.get(from)! + 1);
        next.push(to);
      }
      if (ring.includes(to) && !columns.has(from)) {
        columns.set(from, columns.get(to)! - 1);
        next.push(from);
      }
    }
    ring = next;
  }
  const leftmost = Math.min(...columns.values());
  const rows = new Map<number, number>();
  return [...nodes]
    .filter(({ id }) => columns.has(id))
    .sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name))
    .map(node => {
      const column = columns.get(node.id)! - leftmost;
      const row = rows.get(column) ?? 0;
      rows.set(column, row + 1);
      return { node, column, row };
    });
}
