import { StoreError } from '@krate/resource-store';
import { authorize } from './authorize';
import { expiredContinue, expiredVersion, fromStoreError, tooLargeVersion } from './errors';
import { Listed, ListRequest } from './requests';
import { assertListVersions, exactVersion, parseVersion } from './resourceVersions';
import { pinnedName } from './selectors';
import { Served } from './Served';
import { ServiceContext } from './ServiceContext';

/** GET on a collection. Reading one object by its name through a list is authorized as a list of that name. */
export async function list(context: ServiceContext, request: ListRequest): Promise<Listed> {
  await authorize(context, { ...request, name: pinnedName(request.fields) }, 'list');
  assertListVersions(request);
  const { kind, namespace, labels, fields, limit } = request;
  const query = {
    group: kind.group,
    resource: kind.plural,
    namespace: kind.clusterScoped ? undefined : namespace,
  };
  const page = await context.store
    .list({
      ...query,
      name: pinnedName(fields),
      labels,
      fields,
      limit: limit || undefined,
      continue: request.continue,
      atRevision: exactVersion(request),
    })
    .catch(error => {
      throw listError(error, request);
    });
  assertFresh(request, page.revision);
  return {
    // Nobody else has these: they are not looked for among those that are shared.
    items: page.items.map(item => new Served(kind, item, context.storedForm)),
    resourceVersion: String(page.revision),
    continue: page.continue,
    remainingItemCount: page.remaining,
  };
}

/** Fresh enough for every version that exists already. */
function assertFresh(request: ListRequest, current: number): void {
  const version = request.continue ? undefined : parseVersion(request.resourceVersion);
  if (version && version > current) throw tooLargeVersion(version, current);
}

function listError(error: unknown, request: ListRequest): unknown {
  if (!(error instanceof StoreError)) return error;
  const version = exactVersion(request) ?? 0;
  if (error.code === 'compacted')
    return error.continueToken ? expiredContinue(error.continueToken) : expiredVersion(version);
  if (error.code === 'future-revision' && version) return tooLargeVersion(version);
  return fromStoreError(error, request.kind, '');
}
