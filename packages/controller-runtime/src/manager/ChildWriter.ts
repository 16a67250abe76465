import { cloneJson, ApiError, Kind, OwnerReference, Resource, ResourceInput } from '@krate/resource-model';
import { Result } from '../defineReconciler';
import { digest } from '../json';
import { controllerOf, keyOf } from '../objectKeys';
import { ResourceClient } from '../ResourceClient';
import { Informers } from './Informers';

type Application = NonNullable<Result<any>['apply']>[number];
type Removal = NonNullable<Result<any>['remove']>[number];

/**
 * Applies and removes the other objects of a result. An application is skipped when the same input was applied before
 * and the object, as the cache has it, still is what came out of that; this memory is per process, so after a start
 * every child is applied once and the server finds nothing to change.
 */
export class ChildWriter {
  /** Child -> what was applied and what the child looked like afterwards. */
  private readonly applied = new Map<string, { input: string; child: string }>();

  constructor(
    private readonly options: { client: ResourceClient; informers: Informers; fieldManager: string },
  ) {}

  /** `wrote` is told what the server answered, if it was asked. */
  async apply(
    owner: Resource,
    application: Application,
    wrote: (kind: Kind, child: Resource) => void,
  ): Promise<void> {
    const { client, fieldManager, informers } = this.options;
    const { kind } = application;
    const input = complete(owner, application);
    const id = `${kind.resource} ${keyOf({ namespace: input.metadata.namespace, name: input.metadata.name! })}`;
    const observed = this.observed(kind, input.metadata.namespace, input.metadata.name!);
    if (application.owned !== false) await this.refuseForeign(owner, kind, input, observed);

    const inputDigest = digest(input);
    const before = this.applied.get(id);
    const unchanged =
      observed && before?.input === inputDigest && before.child === fingerprint(kind, observed);
    if (unchanged) return;

    const object = (await client.apply(kind, input, { fieldManager, force: true })) as Resource;
    wrote(kind, object);
    // Without an informer nobody would notice that the child was changed, so nothing may be skipped.
    if (informers.find(kind)) this.applied.set(id, { input: inputDigest, child: fingerprint(kind, object) });
  }

  async remove(owner: Resource, { kind, name, namespace: given }: Removal): Promise<void> {
    const namespace = kind.clusterScoped ? undefined : (given ?? owner.metadata.namespace);
    this.applied.delete(`${kind.resource} ${keyOf({ namespace, name })}`);
    const observed = this.observed(kind, namespace, name);
    const informed = this.options.informers.find(kind) !== undefined;
    if (informed && (!observed || observed.metadata.deletionTimestamp)) return;
    try {
      // The uid keeps a successor of the same name, which nobody judged yet, from being deleted.
      await this.options.client.delete(kind, { namespace, name }, observed && { uid: observed.metadata.uid });
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'NotFound') return;
      throw error;
    }
  }

  /** Forgets a child that is gone. */
  forget(kind: Kind, object: Resource): void {
    this.applied.delete(`${kind.resource} ${keyOf(object.metadata)}`);
  }

  /**
   * Refuses to take over what is not the owner's: another controller's child, for which the two would fight for ever, and
   * an object that somebody made under the name, whose fields would be overwritten and which would go with the owner. What
   * no cache knows of is asked of the server, where it may have come a moment ago.
   */
  private async refuseForeign(
    owner: Resource,
    kind: Kind,
    { metadata: { namespace, name } }: ResourceInput,
    observed: Resource | undefined,
  ): Promise<void> {
    const existing =
      observed ?? ((await this.options.client.get(kind, { namespace, name: name! })) as Resource);
    const controller = existing && controllerOf(existing);
    if (!existing || controller?.uid === owner.metadata.uid) return;
    if (!controller && this.hasApplied(existing)) return;
    const whose = controller
      ? `is controlled by ${controller.kind} ${controller.name}`
      : 'was made by somebody else';
    throw new Error(`${kind.kind} ${name} ${whose}; delete it or give the new one another name`);
  }

  /** Whether an object without a controller is a child whose reference was taken away. */
  private hasApplied({ metadata }: Resource): boolean {
    const { fieldManager } = this.options;
    return (metadata.managedFields ?? []).some(
      ({ manager, operation }) => manager === fieldManager && operation === 'Apply',
    );
  }

  private observed(kind: Kind, namespace: string | undefined, name: string): Resource | undefined {
    return this.options.informers.find(kind)?.cache.get(keyOf({ namespace, name }));
  }
}

/** The owner reference that makes `owner` the controller of a child. */
export function controllerReference(owner: Resource): OwnerReference {
  const { name, uid } = owner.metadata;
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

function complete(owner: Resource, { kind, object, owned }: Application): ResourceInput {
  const { metadata, ...rest } = cloneJson(object) as ResourceInput;
  if (!metadata?.name)
    throw new Error(`A ${kind.kind} to apply has no name; generated names cannot be applied again`);
  const namespace = kind.clusterScoped ? undefined : (metadata.namespace ?? owner.metadata.namespace);
  return {
    ...rest,
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    metadata: {
      ...metadata,
      ...(namespace !== undefined && { namespace }),
      ...(owned !== false && {
        ownerReferences: [...(metadata.ownerReferences ?? []), controllerReference(owner)],
      }),
    },
  };
}

/**
 * What tells that an applied child was changed by somebody else. Status changes, by far the most frequent, do not count;
 * core kinds keep no generation, so there every change does.
 */
function fingerprint(kind: Kind, child: Resource): string {
  const { uid, generation, labels, annotations, ownerReferences, resourceVersion } = child.metadata;
  return digest(
    kind.flat ? { uid, resourceVersion } : { uid, generation, labels, annotations, ownerReferences },
  );
}
