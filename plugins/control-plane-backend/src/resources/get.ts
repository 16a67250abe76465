import { authorize } from './authorize';
import { keyOf } from './draft';
import { fromStoreError, notFound, tooLargeVersion } from './errors';
import { GetRequest } from './requests';
import { parseVersion } from './resourceVersions';
import { serve, Served } from './Served';
import { ServiceContext } from './ServiceContext';

/** GET on an object or its status: always the newest state. */
export async function get(context: ServiceContext, request: GetRequest): Promise<Served> {
  await authorize(context, request, 'get');
  const { kind, namespace, name } = request;
  const version = parseVersion(request.resourceVersion);
  const stored = await context.store.get(keyOf(kind, namespace, name)).catch(error => {
    throw fromStoreError(error, kind, name);
  });
  if (version) {
    const current = await context.store.revision();
    if (version > current) throw tooLargeVersion(version, current);
  }
  if (!stored) throw notFound(kind, name);
  return serve(kind, stored, context.storedForm);
}
