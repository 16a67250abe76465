import { Kind } from './defineKind';
import { referencePathsOf } from './referencesOf';

const KIND_NAME = /^[A-Z][A-Za-z0-9]{0,62}$/;
const RESOURCE_NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** The kinds an installation knows, by every name a client may use. */
export class KindRegistry {
  private readonly kinds: Kind[] = [];
  private readonly byName = new Map<string, Kind>();
  private readonly byPlural = new Map<string, Kind>();

  constructor(kinds: readonly Kind[] = []) {
    kinds.forEach(kind => this.add(kind));
  }

  /** Adds a kind. Adding the same declaration again changes nothing; clashes are told by {@link resolve}. */
  add(kind: Kind): void {
    if (this.kinds.includes(kind)) return;
    this.kinds.push(kind);
    if (!this.byName.has(kind.kind)) this.byName.set(kind.kind, kind);
    if (!this.byPlural.has(kind.resource)) this.byPlural.set(kind.resource, kind);
  }

  /** The kind with a name such as `Repository`. */
  kind(name: string): Kind | undefined {
    return this.byName.get(name);
  }

  /** The kind at `/apis/<group>/<version>/<plural>`; the group of core kinds is empty. */
  byResource(group: string, plural: string): Kind | undefined {
    return this.byPlural.get(group ? `${plural}.${group}` : plural);
  }

  /** All kinds, in the order they were added. */
  all(): Kind[] {
    return [...this.kinds];
  }

  /**
   * Checks that the kinds fit together: every reference has a target, every schema is structural, no two share a name.
   * Called once all areas have installed theirs; the returned registry is this one.
   *
   * @throws Error that lists every problem
   */
  resolve(): this {
    const problems = this.kinds.flatMap(kind => [
      ...invalidNames(kind),
      ...this.clashes(kind),
      ...this.danglingReferences(kind),
    ]);
    if (problems.length > 0)
      throw new Error(`The installed kinds do not fit together:\n- ${problems.join('\n- ')}`);
    return this;
  }

  /** Each clash is told once, at the later of the two kinds. */
  private clashes(kind: Kind): string[] {
    const earlier = this.kinds.slice(0, this.kinds.indexOf(kind));
    return earlier.flatMap(other => {
      const name = shared(namesOf(kind), namesOf(other));
      return name
        ? [`${kind.kind} (${kind.area}) and ${other.kind} (${other.area}) are both called ${name}`]
        : [];
    });
  }

  private danglingReferences(kind: Kind): string[] {
    try {
      return referencePathsOf(kind)
        .filter(reference => !this.byName.has(reference.kind))
        .map(
          reference => `${kind.kind} ${reference.path} refers to ${reference.kind}, which no area installs`,
        );
    } catch (error) {
      return [(error as Error).message];
    }
  }
}

/** Everything `kubectl get` takes for a kind. Kinds of different groups share one space of names, so that no name is ambiguous. */
function namesOf(kind: Kind): string[] {
  return [kind.kind, kind.kind.toLowerCase(), kind.plural, ...(kind.shortNames ?? [])];
}

function shared(ours: string[], theirs: string[]): string | undefined {
  return ours.find(name => theirs.includes(name));
}

function invalidNames(kind: Kind): string[] {
  const problems = [kind.plural, ...(kind.shortNames ?? [])]
    .filter(name => !RESOURCE_NAME.test(name))
    .map(
      name =>
        `${kind.kind} has the resource name "${name}": use lower case letters, digits and dashes, at most 63`,
    );
  if (!KIND_NAME.test(kind.kind))
    problems.push(`"${kind.kind}" is not a kind's name: use UpperCamelCase, at most 63`);
  return problems;
}
