import { part, SPECIMENS, Teller } from './Teller';

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const METADATA = 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io';

/** Streams: from a revision, by a selector, with bookmarks, from a past that is forgotten. */
export async function watching(teller: Teller): Promise<void> {
  const watch = (
    step: string,
    lines: number,
    query: Record<string, string | number | boolean>,
    seconds = 10,
    accept?: string,
  ) =>
    teller.tell(step, 'GET', SPECIMENS, {
      accept,
      query: { watch: true, timeoutSeconds: seconds, ...query },
      until: { lines, milliseconds: (seconds + 5) * 1000 },
    });
  const start = part(await teller.tell('list first', 'GET', SPECIMENS), 'metadata', 'resourceVersion');
  await teller.create('create one', 'seen', { color: 'red' }, 'creator', { labels: { app: 'web' } });
  await teller.merge('change it', 'seen', 'patcher', { spec: { color: 'blue' } });
  await teller.merge('change nothing', 'seen', 'patcher', { spec: { color: 'blue' } });
  await teller.merge('take its label', 'seen', 'patcher', { metadata: { labels: { app: 'other' } } });
  await teller.create('create another', 'other', { color: 'red' });
  await teller.delete('delete it', 'seen');
  await watch('watch from then', 5, { resourceVersion: start });
  await watch('watch by a label', 3, { resourceVersion: start, labelSelector: 'app=web' });
  await watch('watch by a name', 1, { resourceVersion: start, fieldSelector: 'metadata.name=other' });
  await watch(
    'watch as a table',
    1,
    { resourceVersion: start, fieldSelector: 'metadata.name=other' },
    3,
    TABLE,
  );
  await watch('watch metadata alone', 3, { resourceVersion: start, labelSelector: 'app=web' }, 3, METADATA);
  await watch('watch two selectors at once', 3, {
    resourceVersion: start,
    labelSelector: 'app=web',
    fieldSelector: 'metadata.name!=other',
  });
  await watch('watch from any revision', 1, { resourceVersion: '0' });
  await watch('watch from a revision to come', 1, { resourceVersion: '999999999' });
  await teller.tell('watch one by its path', 'GET', `${SPECIMENS}/other`, {
    query: { watch: true, timeoutSeconds: 3, resourceVersion: start },
    until: { lines: 2, milliseconds: 8000 },
  });
  await watch('watch from now', 1, {});
  const again = part(await teller.tell('list again', 'GET', SPECIMENS), 'metadata', 'resourceVersion');
  await watch('watch with bookmarks', 1, { resourceVersion: again, allowWatchBookmarks: true }, 12);
  await teller.forget();
  await watch('watch from what is forgotten', 1, { resourceVersion: '1' });
  await watch('watch from no revision', 1, { resourceVersion: 'abc' });
  await teller.delete('delete the other', 'other');
}
