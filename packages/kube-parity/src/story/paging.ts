import { part, SPECIMENS, Teller } from './Teller';

type Query = Record<string, string | number | boolean>;

/** Long lists in pages, lists as they stood, and what becomes of both when their revision is forgotten. */
export async function paging(teller: Teller): Promise<void> {
  const list = (step: string, query: Query) => teller.tell(step, 'GET', SPECIMENS, { query });
  for (const name of ['p1', 'p2', 'p3', 'p4', 'p5', 'p6']) {
    await teller.create(`create ${name}`, name, { color: 'red' });
  }
  const first = await list('list the first two', { limit: 2 });
  const token = part(first, 'metadata', 'continue');
  const then = part(first, 'metadata', 'resourceVersion');
  await teller.delete('delete between the pages', 'p3');
  await teller.merge('change between the pages', 'p4', 'patcher', { spec: { color: 'blue' } });
  await teller.create('create between the pages', 'p3a', { color: 'late' });
  const second = await list('list two more of the same snapshot', { limit: 2, continue: token });
  await list('list the rest of the snapshot', { continue: part(second, 'metadata', 'continue') });
  await list('list exactly what was', { resourceVersion: then, resourceVersionMatch: 'Exact' });
  await list('list exactly what was, in pages', {
    resourceVersion: then,
    resourceVersionMatch: 'Exact',
    limit: 4,
  });
  await list('list with a revision and a limit', { resourceVersion: then, limit: 4 });
  const listed = (step: string, query: Query) =>
    teller.tell(step, 'GET', SPECIMENS, { query, extract: inOrder });
  await listed('list nothing older', { resourceVersion: then, resourceVersionMatch: 'NotOlderThan' });
  await list('list nothing older, in pages', {
    resourceVersion: then,
    resourceVersionMatch: 'NotOlderThan',
    limit: 5,
  });
  await listed('list any revision', { resourceVersion: '0' });
  await contradictions(list, token, then);
  await forgotten(teller, list, token, then);
  await teller.clear();
}

type List = (step: string, query: Query) => Promise<unknown>;

async function contradictions(list: List, token: string, then: string): Promise<void> {
  await list('list a match of no revision', { resourceVersionMatch: 'Exact' });
  await list('list exactly any revision', { resourceVersion: '0', resourceVersionMatch: 'Exact' });
  await list('list an unknown match', { resourceVersion: then, resourceVersionMatch: 'About' });
  await list('list a page with a match', { limit: 2, continue: token, resourceVersionMatch: 'Exact' });
  await list('list with a limit that is none', { limit: 'many' });
  await list('list with a limit below none', { limit: -1 });
}

/** The answer to an expired token carries one that goes on without the snapshot. */
async function forgotten(
  teller: Teller,
  list: (step: string, query: Query) => ReturnType<Teller['tell']>,
  token: string,
  then: string,
): Promise<void> {
  await teller.forget();
  const refused = await list('list on an expired token', { limit: 2, continue: token });
  const rest = part(refused, 'metadata', 'continue');
  const third = await list('list the rest as it is now', { limit: 2, continue: rest });
  await list('list the rest of that', { limit: 2, continue: part(third, 'metadata', 'continue') });
  await list('list exactly what is forgotten', { resourceVersion: then, resourceVersionMatch: 'Exact' });
}

/** What a server answers from its memory comes in any order. */
function inOrder(body: any): unknown {
  const items = [...body.items].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  return { ...body, items };
}
