import { PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { AdmissionRequest, principalName } from '@krate/plugin-control-plane-node';
import { ApiError, applyDefaults, Kind, Resource, structuralSchemaOf } from '@krate/resource-model';
import { Expectation } from '@krate/resource-store';
import { assertValid } from './assertValid';
import { recordDenial } from './authorize';
import { inOrder } from './decode';
import { keyOf } from './draft';
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

/** A write that the rules let pass. */
export interface Admitted {
  /** As it would be stored. */
  object: WireObject;
  /** What the rules rested on. */
  expects: readonly Expectation[];
}

/** Defaults, `prepare`, schema, `admit`. A status write meets the schema only. */
export async function validateAndAdmit(context: ServiceContext, write: PendingWrite): Promise<Admitted> {
  const { kind } = write.target;
  const object = inOrder(kind, applyDefaults(structuralSchemaOf(kind), write.object));
  if (write.target.subresource) return { object: assertValid(kind, object, write.live), expects: [] };
  const expects: Expectation[] = [];
  const request = admissionRequest(context, { ...write, object }, expects);
  await orRecordDenial(context, write, () => context.admission.prepare(request));
  assertValid(kind, request.object as unknown as WireObject, write.live);
  await orRecordDenial(context, write, () => context.admission.admit(request));
  return { object: inOrder(kind, request.object as unknown as WireObject), expects };
}

/** The rules on a deletion; nothing of the object can be changed by them. Answers what they rested on. */
export async function admitDeletion(
  context: ServiceContext,
  write: PendingWrite,
): Promise<readonly Expectation[]> {
  const expects: Expectation[] = [];
  const request = admissionRequest(context, write, expects);
  await orRecordDenial(context, write, () => context.admission.admit(request));
  return expects;
}

function admissionRequest(
  context: ServiceContext,
  write: PendingWrite,
  expects: Expectation[],
): AdmissionRequest {
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
    expect: witness => expects.push(expectationOf(context, witness)),
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

function expectationOf({ kinds }: ServiceContext, { kind, metadata }: Resource): Expectation {
  const { namespace, name, resourceVersion } = metadata;
  return { key: keyOf(kinds.kind(kind)!, namespace, name), revision: Number(resourceVersion) };
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
