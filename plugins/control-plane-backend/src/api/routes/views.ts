import { ApiError } from '@krate/resource-model';
import { ItemCall } from '../ApiCall';
import { count } from '../options';
import { sendObject } from '../respond';

/** GET of `<object>/history`: its last states with who and when, newest first. */
export async function historyRoute({ context, res, principal, path }: ItemCall): Promise<void> {
  const items = await context.service.history({ principal, ...path });
  await sendObject(res, 200, { apiVersion: path.kind.apiVersion, kind: 'ObjectHistory', items });
}

/** GET of `<object>/relations?depth=1|2`: what it has to do with other objects. */
export async function relationsRoute({ context, res, principal, query, path }: ItemCall): Promise<void> {
  const depth = count(query, 'depth') ?? 1;
  if (depth < 1 || depth > 2) throw new ApiError('BadRequest', 'depth: Invalid value: must be 1 or 2');
  const found = await context.service.relations({ principal, ...path, depth });
  await sendObject(res, 200, { apiVersion: path.kind.apiVersion, kind: 'ObjectRelations', ...found });
}
