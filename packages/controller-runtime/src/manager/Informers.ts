import { Kind, Resource } from '@krate/resource-model';
import { Informer, InformerOptions } from '../informer/Informer';
import { ObjectCache } from '../informer/ObjectCache';
import { referencedKeys } from '../objectKeys';

/** One informer per kind, shared by all reconcilers. */
export class Informers {
  private readonly byResource = new Map<string, Informer>();

  constructor(private readonly options: Omit<InformerOptions, 'kind'>) {}

  /** The informer of a kind, made when it is first asked for. */
  ensure(kind: Kind): Informer {
    const existing = this.byResource.get(kind.resource);
    if (existing) return existing;
    const informer = new Informer({ ...this.options, kind });
    this.byResource.set(kind.resource, informer);
    return informer;
  }

  /** The informer of a kind some reconciler declared, if any did. */
  find(kind: Kind): Informer | undefined {
    return this.byResource.get(kind.resource);
  }

  cache(kind: Kind): ObjectCache {
    return this.ensure(kind).cache;
  }

  /** Makes the objects of `from` searchable by what they name at `path`. */
  indexReference(from: Kind, path: string, target: Kind): void {
    this.cache(from).addIndex(indexName(path, target), object => referencedKeys(object, target, path));
  }

  /** The objects of kind `from` that name the object `key` of kind `target` at `path`. */
  referring(from: Kind, path: string, target: Kind, key: string): Resource[] {
    return this.cache(from).byIndex(indexName(path, target), key);
  }

  all(): Informer[] {
    return [...this.byResource.values()];
  }
}

function indexName(path: string, target: Kind): string {
  return `${path} -> ${target.resource}`;
}
