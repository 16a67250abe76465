import { JsonObject, isObject } from '@krate/resource-model';
import { Path, PathElement, comparePathElements, parsePathElement } from './PathElement';

interface Node {
  /** Whether the path that ends here is in the set; a parent of members need not be one. */
  member: boolean;
  below: FieldSet;
}

/**
 * An immutable set of field paths: what one manager owns, or what two objects differ in. Operations compare single
 * paths, so removing `a` leaves `a.b` in the set unless {@link FieldSet.without} is told to go deep.
 */
export class FieldSet {
  static readonly EMPTY = new FieldSet(new Map());

  private constructor(private readonly nodes: ReadonlyMap<PathElement, Node>) {}

  /** A set of exactly these paths. The empty path, the whole object, is never owned and is left out. */
  static of(...paths: Path[]): FieldSet {
    const below = new Map<PathElement, Path[]>();
    const members = new Set<PathElement>();
    for (const [head, ...rest] of paths) {
      if (head === undefined) continue;
      if (!below.has(head)) below.set(head, []);
      if (rest.length === 0) members.add(head);
      else below.get(head)!.push(rest);
    }
    return FieldSet.ofNodes(
      [...below].map(([element, rest]) => [element, members.has(element), FieldSet.of(...rest)]),
    );
  }

  /** A set from its first level; nodes that hold nothing are dropped. */
  static ofNodes(nodes: Iterable<[PathElement, boolean, FieldSet]>): FieldSet {
    const kept = new Map<PathElement, Node>();
    for (const [element, member, below] of nodes) {
      if (member || !below.isEmpty()) kept.set(element, { member, below });
    }
    return kept.size === 0 ? FieldSet.EMPTY : new FieldSet(kept);
  }

  /**
   * Decodes FieldsV1.
   *
   * @throws Error when it is not valid FieldsV1
   */
  static fromFieldsV1(fields: unknown): FieldSet {
    if (!isObject(fields)) throw new Error('fieldsV1 must be an object');
    return FieldSet.ofNodes(
      Object.entries(fields)
        .filter(([key]) => key !== '.')
        .map(([key, value]) => {
          const below = FieldSet.fromFieldsV1(value);
          return [parsePathElement(key), below.isEmpty() || Object.hasOwn(value as JsonObject, '.'), below];
        }),
    );
  }

  /** Encodes as FieldsV1, elements in the order of the real API server. */
  toFieldsV1(): JsonObject {
    return Object.fromEntries(
      this.elements().map(element => {
        const { member, below } = this.nodes.get(element)!;
        const inner = below.toFieldsV1();
        return [element, member && !below.isEmpty() ? { '.': {}, ...inner } : inner];
      }),
    );
  }

  isEmpty(): boolean {
    return this.nodes.size === 0;
  }

  /** The elements of the first level, in order: members and parents of members. */
  elements(): PathElement[] {
    return [...this.nodes.keys()].sort(comparePathElements);
  }

  /** Whether the one-step path is a member. */
  owns(element: PathElement): boolean {
    return this.nodes.get(element)?.member ?? false;
  }

  /** What lies below an element, as paths from there. */
  under(element: PathElement): FieldSet {
    return this.nodes.get(element)?.below ?? FieldSet.EMPTY;
  }

  /** The set with its first level rewritten, element by element: whether it is a member, and what lies below. */
  mapNodes(
    rewrite: (element: PathElement, member: boolean, below: FieldSet) => [boolean, FieldSet],
  ): FieldSet {
    return FieldSet.ofNodes(
      [...this.nodes].map(([element, { member, below }]) => [element, ...rewrite(element, member, below)]),
    );
  }

  has(path: Path): boolean {
    if (path.length === 0) return false;
    const [head, ...rest] = path;
    return rest.length === 0 ? this.owns(head) : this.under(head).has(rest);
  }

  /** All members, parents before what is below them. */
  paths(): Path[] {
    return this.elements().flatMap(element => [
      ...(this.owns(element) ? [[element]] : []),
      ...this.under(element)
        .paths()
        .map(path => [element, ...path]),
    ]);
  }

  union(other: FieldSet): FieldSet {
    if (this.isEmpty()) return other;
    if (other.isEmpty()) return this;
    return FieldSet.ofNodes(
      [...new Set([...this.nodes.keys(), ...other.nodes.keys()])].map(element => [
        element,
        this.owns(element) || other.owns(element),
        this.under(element).union(other.under(element)),
      ]),
    );
  }

  intersection(other: FieldSet): FieldSet {
    return FieldSet.ofNodes(
      [...this.nodes.keys()].map(element => [
        element,
        this.owns(element) && other.owns(element),
        this.under(element).intersection(other.under(element)),
      ]),
    );
  }

  /** Paths of this set that are not in the other. */
  difference(other: FieldSet): FieldSet {
    if (other.isEmpty()) return this;
    return FieldSet.ofNodes(
      [...this.nodes].map(([element, { member, below }]) => [
        element,
        member && !other.owns(element),
        below.difference(other.under(element)),
      ]),
    );
  }

  /** Paths of this set that neither are in the other nor lie below one that is. */
  without(other: FieldSet): FieldSet {
    if (other.isEmpty()) return this;
    return FieldSet.ofNodes(
      [...this.nodes]
        .filter(([element]) => !other.owns(element))
        .map(([element, { member, below }]) => [element, member, below.without(other.under(element))]),
    );
  }

  equals(other: FieldSet): boolean {
    return this.difference(other).isEmpty() && other.difference(this).isEmpty();
  }
}
