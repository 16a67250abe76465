import { APPLY, JSON_PATCH, MERGE, part, SPECIMENS, specimen, Teller } from './Teller';

const FULL = {
  color: 'red',
  place: { shelf: 'top' },
  settings: { a: '1', c: '3', d: '4' },
  raw: { deep: { er: [1, 2] }, own: 'x' },
  steps: ['one', 'two'],
  tags: ['x', 'y'],
  ports: [{ port: 80, name: 'web' }],
  whole: { a: '1' },
};

/** Creating, patching and putting: who owns what afterwards, what a write that changes nothing changes. */
export async function updating(teller: Teller): Promise<void> {
  await patching(teller);
  await putting(teller);
  await status(teller);
  await teller.delete('delete it', 'full');
  await emptying(teller);
}

async function patching(teller: Teller): Promise<void> {
  await teller.create('create with every kind of field', 'full', FULL, 'creator', {
    labels: { app: 'web' },
    annotations: { note: 'x', other: 'y' },
  });
  await teller.merge('merge patch that adds and removes', 'full', 'patcher', {
    metadata: { labels: { tier: 'one' }, annotations: { note: null } },
    spec: { size: 9, place: { row: 2 }, settings: { a: null, b: '2' } },
  });
  await teller.merge('merge patch that changes nothing', 'full', 'idler', { spec: { size: 9 } });
  await teller.merge('merge patch that replaces lists', 'full', 'lister', {
    spec: { tags: ['y', 'z'], steps: ['two'], ports: [{ port: 80, name: 'web', weight: 5 }, { port: 443 }] },
  });
  await teller.tell('JSON patch', 'PATCH', `${SPECIMENS}/full`, {
    contentType: JSON_PATCH,
    query: { fieldManager: 'json' },
    body: [
      { op: 'test', path: '/spec/color', value: 'red' },
      { op: 'replace', path: '/spec/color', value: 'blue' },
      { op: 'add', path: '/spec/whole/b', value: '2' },
      { op: 'add', path: '/spec/raw/deep/more', value: { x: 1 } },
      { op: 'remove', path: '/spec/place/row' },
    ],
  });
}

async function putting(teller: Teller): Promise<void> {
  const live = await teller.get('get it', 'full');
  await teller.put('put of what is there', 'full', 'putter', live.body);
  const changed = structuredClone(live.body) as any;
  changed.spec.note = 'put';
  changed.spec.settings = { c: '4', d: '4' };
  await teller.put('put that adds, changes and removes', 'full', 'putter', changed);
  await teller.put('put of an old revision', 'full', 'putter', changed);
  const stranger = structuredClone(part(await teller.get('get what was put', 'full'))) as any;
  stranger.metadata.uid = '00000000-0000-0000-0000-000000000000';
  await teller.put('put of another uid', 'full', 'putter', stranger);
}

async function status(teller: Teller): Promise<void> {
  const path = `${SPECIMENS}/full/status`;
  const ready = { type: 'Ready', status: 'True', reason: 'Available', message: 'It works' };
  await teller.tell('merge patch of the status', 'PATCH', path, {
    contentType: MERGE,
    query: { fieldManager: 'controller' },
    body: {
      status: { phase: 'Busy', conditions: [{ ...ready, lastTransitionTime: '2026-01-01T00:00:00Z' }] },
    },
  });
  const got = await teller.tell('get the status', 'GET', path);
  const body = structuredClone(got.body) as any;
  body.status = { ...body.status, count: 2 };
  await teller.tell('put of the status', 'PUT', path, { query: { fieldManager: 'controller' }, body });
}

/** Each on its own, since servers go apart here. */
async function emptying(teller: Teller): Promise<void> {
  await teller.create('create to be emptied', 'emptied', { color: 'red', settings: { a: '1' } }, 'creator', {
    labels: { a: 'b' },
    finalizers: ['example.com/keep'],
  });
  await teller.merge('merge patch that empties', 'emptied', 'patcher', {
    metadata: { labels: { a: null }, annotations: {}, finalizers: [] },
    spec: { settings: { a: null, b: '2' } },
  });
  await teller.merge('merge patch after that', 'emptied', 'patcher', { spec: { size: 5 } });
  await teller.clear();
  await trespassing(teller);
  const made = await teller.create('create to put anew', 'anew', { color: 'red' });
  const body = structuredClone(part(made)) as any;
  delete body.metadata.resourceVersion;
  body.spec.size = 4;
  await teller.put('put of no revision', 'anew', 'putter', body);
  await teller.clear();
}

/** The status by way of the object, and the object by way of the status. */
async function trespassing(teller: Teller): Promise<void> {
  const path = `${SPECIMENS}/crossed/status`;
  await teller.create('create to be crossed', 'crossed', { color: 'red' });
  await teller.merge('merge patch of the status at the object', 'crossed', 'patcher', {
    status: { count: 7 },
  });
  await teller.tell('merge patch of the object at the status', 'PATCH', path, {
    contentType: MERGE,
    query: { fieldManager: 'controller' },
    body: { metadata: { labels: { a: 'b' } }, spec: { color: 'blue' }, status: { phase: 'Idle' } },
  });
  await teller.tell('apply of the status', 'PATCH', path, {
    contentType: APPLY,
    query: { fieldManager: 'status-applier' },
    body: { ...specimen('crossed', { color: 'blue' }), status: { phase: 'Idle' } },
  });
  await teller.clear();
}
