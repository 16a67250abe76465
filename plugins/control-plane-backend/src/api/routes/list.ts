import { ResourceCall } from '../ApiCall';
import { negotiate } from '../negotiate';
import { count, selectionOf } from '../options';
import { includeObjectOf, listPieces, representList } from '../representations';
import { sendObject, sendPieces, sendText } from '../respond';

/** Lists up to this many objects are answered in one text. */
const SHORT_LIST = 100;

/** GET of a collection. */
export async function listRoute({ context, req, res, principal, query, path }: ResourceCall): Promise<void> {
  const view = {
    ...negotiate(req.headers.accept, 'list'),
    includeObject: includeObjectOf(query),
    now: context.now(),
  };
  const { kind, namespace } = path;
  const listed = await context.service.list({
    principal,
    kind,
    namespace,
    ...selectionOf(kind, query),
    limit: count(query, 'limit'),
    continue: query.get('continue') || undefined,
    resourceVersion: query.get('resourceVersion') ?? undefined,
    resourceVersionMatch: query.get('resourceVersionMatch') || undefined,
  });
  const { items, ...metadata } = listed;
  if (view.as !== 'Object' || view.format !== 'json') {
    await sendObject(res, 200, representList(kind, items, metadata, view), view.format);
    return;
  }
  const pieces = listPieces(kind, items, metadata);
  if (items.length <= SHORT_LIST) await sendText(res, 200, [...pieces].join(''));
  else await sendPieces(res, pieces);
}
