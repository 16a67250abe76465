import { Teller } from './Teller';

/** Server-side apply: ownership, sharing, conflicts, force, dropping, and each way of merging. */
export async function applying(teller: Teller): Promise<void> {
  await sharing(teller);
  await lists(teller);
  await sets(teller);
  await maps(teller);
  await wholes(teller);
  await raws(teller);
  await nothings(teller);
}

async function sharing(teller: Teller): Promise<void> {
  const apply = (step: string, manager: string, spec: object, query = {}, metadata = {}) =>
    teller.apply(step, 'shared', manager, spec, query, metadata);
  const place = { shelf: 'top' };
  await apply('apply makes it', 'alice', { color: 'red', place });
  await apply('apply of the same', 'alice', { color: 'red', place });
  await apply('apply of an own change', 'alice', { color: 'blue', place });
  await apply('apply that shares', 'bob', { color: 'blue', note: 'bob was here' });
  await apply('apply that conflicts', 'carol', { color: 'green', place: { shelf: 'low' } });
  await apply('apply by force', 'carol', { color: 'green' }, { force: true });
  await apply('apply of what another one took', 'alice', { color: 'blue', place });
  await apply('apply that drops what only it owns', 'bob', { color: 'green' });
  await apply('apply of a default', 'carol', { color: 'green', size: 3 });
  await apply('apply that shares the default', 'dave', { size: 3 });
  await apply('apply that drops what it shares', 'carol', { color: 'green' });
  await teller.merge('an update of what was applied', 'shared', 'updater', { spec: { color: 'black' } });
  await apply('apply that conflicts with an update', 'carol', { color: 'green' });
  await apply('apply of the value that was updated to', 'carol', { color: 'black' });
  await apply('apply with labels', 'carol', { color: 'black' }, {}, { labels: { a: 'b' } });
  await apply(
    'apply by force of everything',
    'erin',
    { color: 'white', size: 5, place: { shelf: 'low' } },
    { force: true },
  );
  await teller.delete('delete it', 'shared');
}

async function lists(teller: Teller): Promise<void> {
  const apply = (step: string, manager: string, ports?: object[]) =>
    teller.apply(step, 'lists', manager, { color: 'red', ...(ports ? { ports } : {}) });
  const http = { port: 80, name: 'web' };
  const tls = { port: 443, name: 'tls' };
  const udp = { port: 80, protocol: 'UDP' };
  await apply('apply of a list by keys', 'alice', [http]);
  await apply('apply of another item', 'bob', [tls]);
  await apply('apply of the same item, another field', 'bob', [{ port: 80, weight: 5 }, tls]);
  await apply('apply of the same port, another protocol', 'carol', [udp]);
  await apply('apply that conflicts in an item', 'carol', [udp, { port: 443, name: 'other' }]);
  await apply('apply that drops an item others use', 'alice');
  await apply('apply that drops an item nobody uses', 'carol');
  await apply('apply of the same key twice', 'carol', [{ port: 1 }, { port: 1 }]);
  await apply('apply of an item without its key', 'carol', [{ name: 'nameless' }]);
  await teller.clear();
}

async function sets(teller: Teller): Promise<void> {
  const apply = (step: string, manager: string, tags: string[]) =>
    teller.apply(step, 'sets', manager, { color: 'red', tags });
  await apply('apply of a set', 'alice', ['a', 'b']);
  await apply('apply that adds to the set', 'bob', ['b', 'c']);
  await apply('apply that takes from the set', 'alice', ['a']);
  await teller.merge('an update of the set', 'sets', 'updater', { spec: { tags: ['c', 'd'] } });
  await apply('apply to the updated set', 'bob', ['b', 'c']);
  await apply('apply of the same element twice', 'alice', ['a', 'a']);
  await teller.clear();
}

async function maps(teller: Teller): Promise<void> {
  const apply = (step: string, manager: string, settings: object) =>
    teller.apply(step, 'maps', manager, { color: 'red', settings });
  await apply('apply of a map', 'alice', { a: '1', b: '2' });
  await apply('apply of other keys', 'bob', { b: '2', c: '3' });
  await apply('apply that drops keys', 'alice', { a: '1' });
  await apply('apply that conflicts in a key', 'alice', { c: '4' });
  await teller.clear();
}

async function wholes(teller: Teller): Promise<void> {
  const apply = (step: string, manager: string, spec: object, query = {}) =>
    teller.apply(step, 'wholes', manager, { color: 'red', ...spec }, query);
  await apply('apply of a whole list', 'alice', { steps: ['one', 'two'], whole: { a: '1' } });
  await apply('apply of another whole list', 'bob', { steps: ['one'] });
  await apply('apply of the same whole list', 'bob', { steps: ['one', 'two'] });
  await apply('apply of another part of the whole', 'bob', {
    steps: ['one', 'two'],
    whole: { a: '1', b: '2' },
  });
  await apply(
    'apply of the whole by force',
    'bob',
    { steps: ['one', 'two'], whole: { b: '2' } },
    { force: true },
  );
  await teller.clear();
}

async function raws(teller: Teller): Promise<void> {
  const apply = (step: string, manager: string, raw: object, query = {}) =>
    teller.apply(step, 'raws', manager, { color: 'red', raw }, query);
  await apply('apply of what has no schema', 'alice', { deep: { er: 'x' }, list: [1] });
  await apply('apply of more that has no schema', 'bob', { deep: { more: 'y' } });
  await apply('apply of another part without a schema', 'bob', { other: { more: 'y' } });
  await apply(
    'apply by force without a schema',
    'bob',
    { deep: { more: 'y' }, other: { more: 'y' } },
    { force: true },
  );
  await teller.merge('an update without a schema', 'raws', 'updater', {
    spec: { raw: { other: { x: 1 }, own: { y: 2 } } },
  });
  await teller.clear();
}

/** Each on its own, since servers go apart here. */
async function nothings(teller: Teller): Promise<void> {
  await teller.apply('apply to drop all of it later', 'gone', 'alice', {
    color: 'red',
    settings: { a: '1' },
  });
  await teller.apply('apply that drops all of a map', 'gone', 'alice', { color: 'red' });
  await teller.clear();
  await teller.apply('apply of an empty map', 'empty', 'alice', { color: 'red', settings: {} });
  await teller.clear();
  await teller.apply('apply of a set to be turned', 'order', 'alice', { color: 'red', tags: ['a', 'b'] });
  await teller.apply('apply of the set in another order', 'order', 'alice', {
    color: 'red',
    tags: ['b', 'a'],
  });
  await teller.clear();
  await teller.apply('apply of an explicit null', 'nulls', 'alice', { color: 'red', note: null });
  await teller.clear();
}
