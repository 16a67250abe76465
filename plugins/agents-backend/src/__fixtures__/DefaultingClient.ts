import { randomUUID } from 'node:crypto';
import { FakeResourceClient } from '@krate/controller-runtime/testkit';
import { Kind, ResourceInput } from '@krate/resource-model';

/** The fake client with what the server does to a spec: it must be valid, and gets its defaults. */
export class DefaultingClient extends FakeResourceClient {
  private numbers = 0;

  override create<K extends Kind>(kind: K, object: ResourceInput<any>) {
    return super.create(kind, this.complete(kind, object));
  }

  override apply<K extends Kind>(
    kind: K,
    object: ResourceInput<any>,
    options: { fieldManager: string; force?: boolean },
  ) {
    return super.apply(kind, this.complete(kind, object), options);
  }

  private complete(kind: Kind, object: ResourceInput<any>): ResourceInput<any> {
    const spec = kind.flat ? object.spec : kind.spec.strict().parse(object.spec ?? {});
    const name =
      object.metadata.name ?? `${(object.spec as { repository: string }).repository}-${++this.numbers}`;
    return {
      ...object,
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      metadata: { uid: randomUUID(), ...object.metadata, name },
      ...(spec !== undefined && { spec }),
    } as never;
  }
}
