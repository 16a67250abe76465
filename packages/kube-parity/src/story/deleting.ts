import { part, SPECIMENS, Teller } from './Teller';

const options = (more: object) => ({ apiVersion: 'v1', kind: 'DeleteOptions', ...more });

/** Preconditions, finalizers, propagation, collections. */
export async function deleting(teller: Teller): Promise<void> {
  const made = await teller.create('create', 'goner', { color: 'red' });
  const uid = part(made, 'metadata', 'uid');
  await teller.delete('delete of another uid', 'goner', options({ preconditions: { uid: 'another' } }));
  await teller.delete(
    'delete of an old revision',
    'goner',
    options({ preconditions: { resourceVersion: '1' } }),
  );
  await teller.delete('delete of this one', 'goner', options({ preconditions: { uid } }));
  await finalizers(teller);
  await teller.create('create for the background', 'goner', { color: 'red' });
  await teller.delete('delete in the background', 'goner', options({ propagationPolicy: 'Background' }));
  await teller.create('create for an unknown policy', 'goner', { color: 'red' });
  await teller.delete('delete by an unknown policy', 'goner', options({ propagationPolicy: 'Sideways' }));
  await teller.delete('delete at last', 'goner');
  for (const [name, app] of [
    ['one', 'a'],
    ['two', 'a'],
    ['three', 'b'],
  ]) {
    await teller.create(`create ${name}`, name, { color: 'red' }, 'creator', { labels: { app } });
  }
  await teller.tell('delete a part of the collection', 'DELETE', SPECIMENS, {
    query: { labelSelector: 'app=a' },
  });
  await teller.tell('list what is left', 'GET', SPECIMENS);
  await teller.tell('delete the rest of the collection', 'DELETE', SPECIMENS);
}

async function finalizers(teller: Teller): Promise<void> {
  await teller.create('create with a finalizer', 'held', { color: 'red' }, 'creator', {
    finalizers: ['example.com/hold'],
  });
  await teller.delete('delete what is held', 'held');
  await teller.delete('delete it again', 'held');
  await teller.merge('change what is going', 'held', 'patcher', { spec: { size: 4 } });
  await teller.merge('hold what is going once more', 'held', 'patcher', {
    metadata: { finalizers: ['example.com/hold', 'example.com/more'] },
  });
  await teller.merge('clear when it goes', 'held', 'patcher', { metadata: { deletionTimestamp: null } });
  await teller.apply('apply to what is going', 'held', 'alice', { color: 'red' });
  await teller.merge('let it go', 'held', 'patcher', { metadata: { finalizers: [] } });
  await teller.get('get what is gone', 'held');
}
