import { ApiError } from '@krate/resource-model';
import { ResourceCall } from '../ApiCall';
import { negotiate } from '../negotiate';
import { givenManager, writeOptions } from '../options';
import { readSent } from '../readBody';
import { includeObjectOf, represent } from '../representations';
import { addWarnings, sendObject } from '../respond';
import { warnWhenUnattended } from '../warnWhenUnattended';

/** POST on a collection. */
export async function createRoute(call: ResourceCall): Promise<void> {
  const { context, req, res, principal, query, path } = call;
  const { kind, namespace } = path;
  if (!kind.clusterScoped && !namespace) {
    throw new ApiError(
      'MethodNotAllowed',
      'the server does not allow this method on the requested resource: name a namespace',
    );
  }
  const view = {
    ...negotiate(req.headers.accept),
    includeObject: includeObjectOf(query),
    now: context.now(),
  };
  givenManager(call);
  const sent = await readSent(req);
  const written = await context.service.create({
    principal,
    kind,
    namespace,
    ...sent,
    ...writeOptions(call),
  });
  addWarnings(res, written.warnings);
  warnWhenUnattended(call);
  await sendObject(res, 201, represent(kind, written.object, view), view.format);
}
