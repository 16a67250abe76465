import { organizationOf } from '@krate/plugin-control-plane-common';
import { AccessAttributes, AuditEntry, Principal, principalName } from '@krate/plugin-control-plane-node';
import { ApiError, Kind } from '@krate/resource-model';
import { forbidden } from './errors';
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

/** One entry for a write that was committed. */
export async function recordMutation(
  context: ServiceContext,
  mutation: {
    principal: Principal;
    verb: string;
    kind: Kind;
    namespace?: string;
    name: string;
    subresource?: string;
    uid: string;
    resourceVersion: string;
  },
): Promise<void> {
  const { principal, verb, kind, namespace, name, ...details } = mutation;
  await record(context, {
    principal,
    action: verb,
    outcome: 'allowed',
    organization: organizationOf(namespace),
    resource: resourceId(kind, namespace, name),
    details,
  });
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
