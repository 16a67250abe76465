import { Resource } from '@krate/resource-model';
import { deepFreeze } from '../json';
import { controllerOf, keyOf } from '../objectKeys';

type IndexFunction = (object: Resource) => readonly string[];

interface Index {
  valuesOf: IndexFunction;
  keys: Map<string, Set<string>>;
}

/** Objects of one kind by key, with indexes that follow every change. Objects are frozen: they are handed out as they are. */
export class ObjectCache {
  private readonly objects = new Map<string, Resource>();
  private readonly indexes = new Map<string, Index>();

  constructor() {
    this.addIndex('namespace', object => [object.metadata.namespace ?? '']);
    this.addIndex('controller', object => {
      const owner = controllerOf(object);
      return owner ? [owner.uid] : [];
    });
  }

  /** Adding an index that exists already changes nothing, so that every reader may ask for the one it needs. */
  addIndex(name: string, valuesOf: IndexFunction): void {
    if (this.indexes.has(name)) return;
    const index: Index = { valuesOf, keys: new Map() };
    this.indexes.set(name, index);
    for (const [key, object] of this.objects) insert(index, key, object);
  }

  get(key: string): Resource | undefined {
    return this.objects.get(key);
  }

  /** In the order of namespace, then name. */
  list(): Resource[] {
    return this.sorted(this.objects.keys());
  }

  keys(): string[] {
    return [...this.objects.keys()];
  }

  get size(): number {
    return this.objects.size;
  }

  /** In no particular order. */
  values(): Iterable<Resource> {
    return this.objects.values();
  }

  /** The objects whose index values include `value`, in the order of namespace, then name. */
  byIndex(name: string, value: string): Resource[] {
    const index = this.indexes.get(name);
    if (!index) throw new Error(`The cache has no index named ${name}`);
    return this.sorted(index.keys.get(value) ?? []);
  }

  /** Returns the object that was replaced. */
  put(object: Resource): Resource | undefined {
    const key = keyOf(object.metadata);
    const old = this.objects.get(key);
    this.objects.set(key, deepFreeze(object));
    for (const index of this.indexes.values()) {
      if (old) remove(index, key, old);
      insert(index, key, object);
    }
    return old;
  }

  /** Returns the object that was there. */
  delete(key: string): Resource | undefined {
    const old = this.objects.get(key);
    if (!old) return undefined;
    this.objects.delete(key);
    for (const index of this.indexes.values()) remove(index, key, old);
    return old;
  }

  private sorted(keys: Iterable<string>): Resource[] {
    return [...keys].sort().map(key => this.objects.get(key)!);
  }
}

function insert(index: Index, key: string, object: Resource): void {
  for (const value of index.valuesOf(object)) {
    const keys = index.keys.get(value) ?? new Set();
    keys.add(key);
    index.keys.set(value, keys);
  }
}

function remove(index: Index, key: string, object: Resource): void {
  for (const value of index.valuesOf(object)) {
    const keys = index.keys.get(value);
    keys?.delete(key);
    if (keys?.size === 0) index.keys.delete(value);
  }
}
