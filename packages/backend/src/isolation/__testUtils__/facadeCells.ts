import { operationsOf, pathOf } from '../../__testUtils__/operations';
import { Sent } from './send';
import { Place } from './Stage';

/** Names of the place's objects, so that a request would find something. */
const NAMES = { name: 'web', pr: 'web-1', repo: 'web', kind: 'Repository' };

/** Every operation of the REST facade's document, about a place. */
export function facadeCells(
  document: Record<string, any>,
  { org }: Place,
): { id: string; open: boolean; sent: Sent }[] {
  return operationsOf(document).map(operation => {
    const { id, method, open, streams, body, example } = operation;
    const path = pathOf(operation, { ...NAMES, org });
    const sent = {
      ...{ method, streams },
      path: id === 'getController' ? `${path}?org=${org}` : path,
      ...(body ? { body: JSON.stringify(example ?? {}) } : {}),
    };
    return { id, open, sent };
  });
}
