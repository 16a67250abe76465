/**
 * The shapes every resource shares, as the Kubernetes API conventions define them:
 * https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md
 */

/** Who owns an object; the owner's deletion collects it. Owner and dependent share a namespace. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** One manager's ownership of fields, in the FieldsV1 notation of structured-merge-diff. */
export interface ManagedFieldsEntry {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  time?: string;
  fieldsType: 'FieldsV1';
  fieldsV1: Record<string, unknown>;
  subresource?: string;
}

/** Metadata of a stored object. Times are RFC 3339 with whole seconds, as kubectl expects. */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation: number;
  creationTimestamp: string;
  generateName?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
  managedFields?: ManagedFieldsEntry[];
}

/**
 * One observation of an object's state. Reasons are stable codes declared by the kind; a message is for
 * people and is never parsed.
 */
export interface Condition<Type extends string = string, Reason extends string = string> {
  type: Type;
  status: 'True' | 'False' | 'Unknown';
  reason: Reason;
  message: string;
  observedGeneration?: number;
  lastTransitionTime: string;
}

/** Any object the control plane stores: the base of every typed resource. */
export interface Resource<Spec = unknown, Status = unknown> {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec: Spec;
  status?: Status;
}

/** What a caller may write: metadata is partial, the server fills the rest. */
export type ResourceInput<R extends Resource = Resource> = Omit<R, 'metadata' | 'status'> & {
  metadata: Partial<ObjectMeta>;
  status?: R['status'];
};
