import { ItemCall } from '../ApiCall';
import { negotiate } from '../negotiate';
import { givenManager, writeOptions } from '../options';
import { readSent } from '../readBody';
import { includeObjectOf, represent } from '../representations';
import { addWarnings, sendObject } from '../respond';
import { warnWhenUnattended } from '../warnWhenUnattended';

/** PUT of an object or its status. */
export async function updateRoute(call: ItemCall): Promise<void> {
  const { context, req, res, principal, query, path } = call;
  const view = {
    ...negotiate(req.headers.accept),
    includeObject: includeObjectOf(query),
    now: context.now(),
  };
  givenManager(call);
  const sent = await readSent(req);
  const written = await context.service.update({ principal, ...path, ...sent, ...writeOptions(call) });
  addWarnings(res, written.warnings);
  warnWhenUnattended(call);
  await sendObject(res, 200, represent(path.kind, written.object, view), view.format);
}
