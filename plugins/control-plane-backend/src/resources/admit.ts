import { PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { AdmissionRequest, principalName } from '@krate/plugin-control-plane-node';
import {
  ApiError,
  applyDefaults,
  invalidObject,
  Kind,
  structuralSchemaOf,
  validateObject,
} from '@krate/resource-model';
import { recordDenial } from './authorize';
import { inOrder } from './decode';
import { CollectionTarget, WriteOptions } from './requests';
import { ServiceContext } from './ServiceContext';
import { WireObject } from './WireObject';

/** A write on its way through defaults, validation and the rules. */
export interface PendingWrite {
  target: CollectionTarget & { name?: string; subresource?: 'status' } & Pick<WriteOptions, 'dryRun'>;
  operation: AdmissionRequest['operation'];
  verb: string;
  object: WireObject;
  /** The wire form before; absent on create. */
  live?: WireObject;
}

/** Defaults, `prepare`, schema, `admit`: the object as it would be stored. A status write meets the schema only. */
export async function validateAndAdmit(context: ServiceContext, write: PendingWrite): Promise<WireObject> {
  const { kind } = write.target;
  const object = inOrder(kind, applyDefaults(structuralSchemaOf(kind), write.object));
  if (write.target.subresource) return assertValid(kind, object, write.live);
  const request = admissionRequest(context, { ...write, object });
  await orRecordDenial(context, write, () => context.admission.prepare(request));
  assertValid(kind, request.object as unknown as WireObject, write.live);
  await orRecordDenial(context, write, () => context.admission.admit(request));
  return inOrder(kind, request.object as unknown as WireObject);
}

/** The rules on a deletion; nothing of the object can be changed by them. */
export async function admitDeletion(context: ServiceContext, write: PendingWrite): Promise<void> {
  const request = admissionRequest(context, write);
  await orRecordDenial(context, write, () => context.admission.admit(request));
}

function assertValid(kind: Kind, object: WireObject, live: WireObject | undefined): WireObject {
  const causes = validateObject(kind, object, { old: live });
  if (causes.length > 0)
    throw invalidObject(kind, object.metadata.name ?? object.metadata.generateName ?? '', causes);
  return object;
}

function admissionRequest(context: ServiceContext, write: PendingWrite): AdmissionRequest {
  const { principal, kind, namespace, dryRun = false } = write.target;
  return {
    operation: write.operation,
    kind,
    namespace,
    object: write.object as unknown as AdmissionRequest['object'],
    oldObject: write.live as unknown as AdmissionRequest['oldObject'],
    principal,
    dryRun,
    client: context.systemClient,
    allows: (verb, other, name) =>
      context.authorizer.decide(principal, {
        verb,
        group: other.group,
        resource: other.plural,
        namespace: homeOf(other, namespace),
        name,
      }).allowed,
  };
}

function homeOf(kind: Kind, namespace: string | undefined): string | undefined {
  if (kind.clusterScoped) return undefined;
  return kind.platform ? PLATFORM_NAMESPACE : namespace;
}

async function orRecordDenial(
  context: ServiceContext,
  write: PendingWrite,
  admit: () => Promise<void>,
): Promise<void> {
  try {
    await admit();
  } catch (error) {
    if (error instanceof ApiError) {
      const name = write.target.name ?? write.object.metadata.name;
      await recordDenial(context, { ...write.target, name }, write.verb, error);
    }
    throw error;
  }
}

/** Who a write's fields belong to when the caller does not say. */
export function managerOf({ principal, fieldManager }: CollectionTarget & WriteOptions): string {
  return fieldManager || principalName(principal);
}
