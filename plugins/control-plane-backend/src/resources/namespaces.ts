import { ApiError, Kind } from '@krate/resource-model';
import { forbiddenWrite, notFound } from './errors';
import { CollectionTarget } from './requests';
import { ServiceContext } from './ServiceContext';
import { metadataOf, WireObject } from './WireObject';

const NAMESPACES = { group: '', plural: 'namespaces' };

export function isNamespace(kind: Kind): boolean {
  return kind.group === '' && kind.plural === 'namespaces';
}

/**
 * New objects need a namespace that exists and stays: what is created in a terminating one would be lost or keep it from
 * ending.
 */
export async function assertNamespaceTakes(
  context: ServiceContext,
  target: CollectionTarget & { name: string },
) {
  const { kind, namespace, name } = target;
  if (kind.clusterScoped) return;
  if (!namespace) throw new ApiError('BadRequest', 'an empty namespace may not be set during creation');
  const stored = await context.store.get({
    group: '',
    resource: 'namespaces',
    namespace: '',
    name: namespace,
  });
  if (!stored) throw notFound(NAMESPACES, namespace);
  if (!isTerminating(JSON.parse(stored.json))) return;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  throw forbiddenWrite(kind, name, why, {
    reason: 'NamespaceTerminating',
    message: `namespace ${namespace} is being terminated`,
    field: 'metadata.namespace',
  });
}

function isTerminating(namespace: WireObject): boolean {
  return metadataOf(namespace).deletionTimestamp !== undefined;
}

/** The phase of a Namespace is the server's own: Active from the start, Terminating once its deletion was asked for. */
export function withPhase(kind: Kind, object: WireObject): WireObject {
  if (!isNamespace(kind)) return object;
  return {
    ...object,
    status: { ...(object.status as object), phase: isTerminating(object) ? 'Terminating' : 'Active' },
  };
}
