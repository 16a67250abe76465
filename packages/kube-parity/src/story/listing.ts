import { part, SPECIMENS, Teller } from './Teller';

/** Selectors, pages, tables. */
export async function listing(teller: Teller): Promise<void> {
  const list = (step: string, query: Record<string, string | number | boolean> = {}, accept?: string) =>
    teller.tell(step, 'GET', SPECIMENS, { query, accept });
  for (const [name, app] of [
    ['a', 'web'],
    ['b', 'web'],
    ['c', 'api'],
    ['d', 'api'],
    ['e', 'web'],
  ]) {
    await teller.create(`create ${name}`, name, { color: name }, 'creator', { labels: { app } });
  }
  await list('list by a label', { labelSelector: 'app=api' });
  await list('list by a set of labels', { labelSelector: 'app in (api,db),!tier' });
  await list('list by a bad label selector', { labelSelector: 'app in api' });
  await list('list by a name', { fieldSelector: 'metadata.name=c' });
  await list('list by a field nobody may select', { fieldSelector: 'spec.color=c' });
  const first = await list('list a page', { limit: 2 });
  const next = part(first, 'metadata', 'continue');
  await teller.create('create between pages', 'ba', { color: 'late' });
  const second = await list('list the next page', { limit: 2, continue: next });
  await list('list the last page', { limit: 2, continue: part(second, 'metadata', 'continue') });
  await list('list a page by a label', { limit: 1, labelSelector: 'app=web' });
  await list('list on a token that is none', { limit: 2, continue: 'nonsense' });
  await list('list a page of a revision', { limit: 2, continue: next, resourceVersion: '1' });
  await list('list a revision to come', { resourceVersion: '999999999' });
  await list('list a revision that is none', { resourceVersion: 'abc' });
  const table = 'application/json;as=Table;v=v1;g=meta.k8s.io';
  await list('list as a table', { fieldSelector: 'metadata.name=a' }, table);
  await list(
    'list a table without objects',
    { fieldSelector: 'metadata.name=a', includeObject: 'None' },
    table,
  );
  const metadata = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
  await list('list metadata alone', { fieldSelector: 'metadata.name=a' }, metadata);
  await list('list in a form nobody speaks', {}, 'application/xml');
  await teller.tell('delete them', 'DELETE', SPECIMENS);
}
