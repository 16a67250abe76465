import { Kind } from './defineKind';

/** The kinds an installation knows, by every name a client may use. */
export class KindRegistry {
  private readonly kinds = new Map<string, Kind>();

  constructor(kinds: readonly Kind[] = []) {
    kinds.forEach(kind => this.add(kind));
  }

  add(kind: Kind): void {
    this.kinds.set(kind.kind, kind);
  }

  kind(name: string): Kind | undefined {
    return this.kinds.get(name);
  }

  byResource(group: string, plural: string): Kind | undefined {
    return this.all().find(kind => kind.group === group && kind.plural === plural);
  }

  all(): Kind[] {
    return [...this.kinds.values()];
  }
}
