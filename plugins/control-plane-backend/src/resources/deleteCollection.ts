import { ApiError } from '@krate/resource-model';
import { authorize } from './authorize';
import { removeAuthorized } from './delete';
import { DeleteCollectionRequest, Deleted } from './requests';
import { ServiceContext } from './ServiceContext';

const PAGE = 500;

/** DELETE on a collection: each selected object as by itself, with its own admission and audit entry. */
export async function deleteCollection(
  context: ServiceContext,
  request: DeleteCollectionRequest,
): Promise<Deleted[]> {
  await authorize(context, request, 'deletecollection');
  const { kind, namespace, labels, fields, principal, propagationPolicy, dryRun, preconditions } = request;
  const query = { group: kind.group, resource: kind.plural, namespace, labels, fields, limit: PAGE };
  const deleted: Deleted[] = [];
  let token: string | undefined;
  do {
    const page = await context.store.list({ ...query, continue: token });
    for (const item of page.items) {
      const target = { principal, kind, namespace: item.namespace || undefined, name: item.name };
      const uid = preconditions?.uid ?? item.uid;
      const one = { ...target, propagationPolicy, dryRun, preconditions: { ...preconditions, uid } };
      const gone = await removeAuthorized(context, one).catch(ignoreVanished);
      if (gone) deleted.push(gone);
    }
    token = page.continue;
  } while (token);
  return deleted;
}

/** Deleted by somebody else, or deleted and created anew: not what was selected any more. */
function ignoreVanished(error: unknown): undefined {
  if (error instanceof ApiError && (error.reason === 'NotFound' || error.reason === 'Conflict'))
    return undefined;
  throw error;
}
