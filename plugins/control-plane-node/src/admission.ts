import { Kind, Resource, ResourceOf } from '@krate/resource-model';
import { ResourceClient } from '@krate/controller-runtime';
import { Principal } from './principal';

/** A write on its way to the store: already authenticated, decoded, pruned, defaulted and valid against its schema. */
export interface AdmissionRequest<K extends Kind = Kind> {
  operation: 'create' | 'update' | 'delete';
  kind: K;
  namespace?: string;
  /** The object as it would be stored; may be changed by the rule. For a delete, the object that would go. */
  object: ResourceOf<K>;
  /** The object before; absent on create. */
  oldObject?: ResourceOf<K>;
  principal: Principal;
  dryRun: boolean;
  /** Reads with the system's rights: a rule must not let what it finds leak into its message. */
  client: ResourceClient;
  /** Makes the write count only while an object that the rule read is still as it was read; otherwise it is tried anew. */
  expect(object: Resource): void;
  /** Whether the caller may do something else as well (a rule that guards a field by a verb). */
  allows(verb: string, kind: Kind, name?: string): boolean;
}

/**
 * An area's rule on writes to its kinds. Runs for every client alike (HTTP, reconcilers, templates). Refuses by throwing
 * an `ApiError` with a stable code in its causes.
 */
export interface AdmissionRule<K extends Kind = any> {
  name: string;
  kinds: readonly K[];
  operations: readonly AdmissionRequest['operation'][];
  admit(request: AdmissionRequest<K>): Promise<void> | void;
}
