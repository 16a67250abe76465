import { sendObject, sendText } from '../respond';
import { ItemCall } from '../ApiCall';
import { negotiate } from '../negotiate';
import { includeObjectOf, represent } from '../representations';
import { warnWhenUnattended } from '../warnWhenUnattended';

/** GET of an object or its status. */
export async function getRoute(call: ItemCall): Promise<void> {
  const { context, req, res, principal, query, path } = call;
  const view = {
    ...negotiate(req.headers.accept),
    includeObject: includeObjectOf(query),
    now: context.now(),
  };
  const resourceVersion = query.get('resourceVersion') ?? undefined;
  const served = await context.service.get({ principal, ...path, resourceVersion });
  if (view.as === 'Object') warnWhenUnattended(call);
  if (view.as === 'Object' && view.format === 'json') await sendText(res, 200, served.json);
  else await sendObject(res, 200, represent(path.kind, served.object, view), view.format);
}
