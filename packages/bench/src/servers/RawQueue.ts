import { ResourceStore } from '@krate/resource-store';
import { Specimen } from '../sides/Specimen';

/** The least that a controller can be: the store's watch, a queue of keys in memory, a function. */
export class RawQueue {
  private readonly keys: string[] = [];
  private readonly objects = new Map<string, object>();

  private constructor(private readonly handle: (name: string) => void) {}

  static async follow(store: ResourceStore, handle: (name: string) => void): Promise<() => void> {
    const { group, plural: resource } = Specimen;
    const watch = await store.watch({ group, resource, fromRevision: await store.revision() });
    const queue = new RawQueue(handle);
    void (async () => {
      for await (const { object } of watch) queue.add(object.name, JSON.parse(object.json));
    })();
    return () => watch.close();
  }

  private add(name: string, object: object): void {
    this.objects.set(name, object);
    this.keys.push(name);
    queueMicrotask(() => this.take());
  }

  private take(): void {
    const name = this.keys.shift();
    if (name !== undefined) this.handle(name);
  }
}
