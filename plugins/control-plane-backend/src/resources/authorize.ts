import { organizationOf } from '@krate/plugin-control-plane-common';
import { AccessAttributes, AuditEntry, Principal, principalName } from '@krate/plugin-control-plane-node';
import { ApiError, Kind } from '@krate/resource-model';
import { forbidden } from './errors';
import { Expectation, WriteOperation, WriteResult } from '@krate/resource-store';
import { CollectionTarget } from './requests';
import { ServiceContext } from './ServiceContext';

/** The words in which a verb on a target is put to the authorizer. */
export function attributesOf(
  target: CollectionTarget & { name?: string; subresource?: string },
  verb: string,
): AccessAttributes {
  const { kind, namespace, name, subresource } = target;
  return { verb, group: kind.group, resource: kind.plural, namespace, name, subresource };
}

/**
 * Refuses what the principal may not do, and records the refusal. Comes before anything is read, so that nobody learns
 * what exists from the difference between 403 and 404.
 */
export async function authorize(
  context: ServiceContext,
  target: CollectionTarget & { name?: string; subresource?: string },
  verb: string,
): Promise<void> {
  const attributes = attributesOf(target, verb);
  const { allowed, reason } = await context.authorizer.authorize(target.principal, attributes);
  if (allowed) return;
  const error = forbidden(target.principal, attributes, reason);
  await recordDenial(context, target, verb, error);
  throw error;
}

/** What of a write is recorded, beside its result. */
export interface Mutation {
  principal: Principal;
  verb: string;
  kind: Kind;
  namespace?: string;
  subresource?: string;
}

/** One entry for a request that was refused by the authorizer or by admission. */
export async function recordDenial(
  context: ServiceContext,
  target: CollectionTarget & { name?: string; subresource?: string },
  verb: string,
  error: ApiError,
): Promise<void> {
  await record(context, {
    principal: target.principal,
    action: verb,
    outcome: 'denied',
    organization: organizationOf(target.namespace),
    resource: resourceId(target.kind, target.namespace, target.name),
    details: { reason: error.reason, message: error.message, subresource: target.subresource },
  });
}

/** Writes one object, as long as what it was decided on holds, and in the same commit the entry that says so. */
export async function writeRecorded(
  { store, audit }: ServiceContext,
  mutation: Mutation,
  operation: WriteOperation,
  expects: readonly Expectation[],
): Promise<WriteResult> {
  const [written] = await store.write([operation], {
    expects,
    note: ([result]) => audit.noteOf([entryOf(mutation, result)]),
  });
  audit.noted();
  return written;
}

function entryOf(
  { principal, verb, kind, namespace, subresource }: Mutation,
  { revision, object }: WriteResult,
): AuditEntry {
  return {
    principal,
    action: verb,
    outcome: 'allowed',
    organization: organizationOf(namespace),
    resource: resourceId(kind, namespace, object.name),
    details: { subresource, uid: object.uid, resourceVersion: String(revision) },
  };
}

/**
 * What happened has happened: an audit trail that does not answer must not make a committed write look failed, nor turn
 * a refusal into an error. The entry then stands in the log.
 */
async function record({ audit, logger }: ServiceContext, entry: AuditEntry): Promise<void> {
  try {
    await audit.record(entry);
  } catch (error) {
    const lost = { ...entry, principal: principalName(entry.principal) };
    logger.error(`The audit trail did not take an entry: ${JSON.stringify(lost)}`, error as Error);
  }
}

function resourceId(kind: Kind, namespace = '', name = ''): string {
  return `${kind.kind}/${namespace}/${name}`;
}
