import { APPLY, JSON_PATCH, MERGE, SPECIMENS, specimen, Teller } from './Teller';

/** What is refused, and in which words; names the server makes; calls that only try. */
export async function refusing(teller: Teller): Promise<void> {
  await creations(teller);
  await patches(teller);
  await applications(teller);
  await trying(teller);
  await teller.delete('delete it', 'plain');
  await teller.clear();
  await teller.get('get what is not there', 'plain');
  await teller.delete('delete what is not there', 'plain');
}

async function creations(teller: Teller): Promise<void> {
  const post = (step: string, body: unknown, query = {}) =>
    teller.tell(step, 'POST', SPECIMENS, { body, query });
  await post('create', specimen('plain', { color: 'red' }), { fieldManager: 'creator' });
  await post('create what is there', specimen('plain', { color: 'blue' }));
  const generated = await post(
    'create with a generated name',
    specimen(undefined, { color: 'red' }, { generateName: 'made-' }),
  );
  await teller.delete('delete that', String((generated.body as any).metadata?.name));
  await post('create without a name', specimen(undefined, { color: 'red' }));
  await post('create with an invalid name', specimen('Not_A_Name', { color: 'red' }));
  await post('create in another namespace', specimen('other', { color: 'red' }, { namespace: 'elsewhere' }));
  await post('create with a revision', specimen('other', { color: 'red' }, { resourceVersion: '7' }));
  await post('create of another kind', { ...specimen('other', { color: 'red' }), kind: 'Other' });
  await post('create of another version', {
    ...specimen('other', { color: 'red' }),
    apiVersion: 'parity.krate.example/v9',
  });
  await post('create without a required field', specimen('other', {}));
  await post(
    'create with invalid values',
    specimen('other', { color: 'x', size: 101, ports: [{ port: 'x', protocol: 'ICMP' }] }),
  );
  await post(
    'create with items twice',
    specimen('other', { color: 'x', tags: ['a', 'a'], ports: [{ port: 1 }, { port: 1 }] }),
  );
  await post(
    'create with a bad label',
    specimen('other', { color: 'x' }, { labels: { ok: 'not a value!' } }),
  );
  await post(
    'create with an unknown field',
    specimen('unknown', { color: 'x', colour: 'y', place: { room: 1 } }),
  );
  await teller.delete('delete that too', 'unknown');
  await post('create from what is no JSON', '{"a":');
  await post('create from a list', []);
  await teller.tell('create from another media type', 'POST', SPECIMENS, {
    body: 'x',
    contentType: 'text/plain',
  });
  await teller.put('put under another name', 'plain', 'putter', specimen('other', { color: 'red' }));
  await teller.put('put of what is not there', 'absent', 'putter', specimen('absent', { color: 'red' }));
}

async function patches(teller: Teller): Promise<void> {
  const patch = (step: string, contentType: string, body: unknown, name = 'plain') =>
    teller.tell(step, 'PATCH', `${SPECIMENS}/${name}`, { contentType, body, query: { fieldManager: 'p' } });
  await patch('strategic merge patch', 'application/strategic-merge-patch+json', { spec: { size: 4 } });
  await patch('patch of no known type', 'application/json', { spec: { size: 4 } });
  await patch('merge patch of what is not there', MERGE, { spec: { size: 4 } }, 'absent');
  await patch('merge patch to an invalid value', MERGE, { spec: { size: 0 } });
  await patch('merge patch that renames', MERGE, { metadata: { name: 'other' } });
  await patch('merge patch of another uid', MERGE, {
    metadata: { uid: '00000000-0000-0000-0000-000000000000' },
  });
  await patch('merge patch of an old revision', MERGE, {
    metadata: { resourceVersion: '1' },
    spec: { size: 4 },
  });
  await patch('merge patch that is no object', MERGE, [1]);
  await patch('JSON patch whose test fails', JSON_PATCH, [
    { op: 'test', path: '/spec/color', value: 'blue' },
  ]);
  await patch('JSON patch into nothing', JSON_PATCH, [{ op: 'remove', path: '/spec/absent/x' }]);
  await patch('JSON patch that is no list', JSON_PATCH, { op: 'add' });
  await patch('JSON patch of no known operation', JSON_PATCH, [{ op: 'increase', path: '/spec/size' }]);
}

async function applications(teller: Teller): Promise<void> {
  const apply = (
    step: string,
    body: unknown,
    query: Record<string, string> = { fieldManager: 'alice' },
    name = 'plain',
  ) => teller.tell(step, 'PATCH', `${SPECIMENS}/${name}`, { contentType: APPLY, body, query });
  await apply('apply without a manager', specimen('plain', { color: 'red' }), {});
  await apply('apply with managed fields', specimen('plain', { color: 'red' }, { managedFields: [] }));
  await apply(
    'apply with managed fields that say something',
    specimen('plain', { color: 'red' }, { managedFields: [{ manager: 'x' }] }),
  );
  await apply('apply of another name', specimen('other', { color: 'red' }));
  await apply('apply without a kind', { apiVersion: 'parity.krate.example/v1', metadata: { name: 'plain' } });
  await apply('apply of an old revision', specimen('plain', { color: 'red' }, { resourceVersion: '1' }));
  await apply(
    'apply of a revision to what is not there',
    specimen('absent', { color: 'red' }, { resourceVersion: '1' }),
    { fieldManager: 'alice' },
    'absent',
  );
  await apply(
    'apply of a uid to what is not there',
    specimen('absent', { color: 'red' }, { uid: 'x' }),
    { fieldManager: 'alice' },
    'absent',
  );
  await apply('apply of an invalid value', specimen('plain', { color: 'red', size: 0 }));
  await apply('apply of a wrong type', specimen('plain', { color: 'red', tags: 'x' }));
  await apply('apply of an unknown field', specimen('plain', { color: 'red', colour: 'x' }));
  await apply('apply of what is no YAML', '{ a: [');
  await apply(
    'apply as YAML',
    `apiVersion: parity.krate.example/v1\nkind: Specimen\nmetadata:\n  name: plain\nspec:\n  color: red\n  note: yes it is\n`,
  );
  await teller.tell('force without apply', 'PATCH', `${SPECIMENS}/plain`, {
    contentType: MERGE,
    body: {},
    query: { force: true },
  });
  await teller.tell('a manager with a long name', 'PATCH', `${SPECIMENS}/plain`, {
    contentType: MERGE,
    body: {},
    query: { fieldManager: 'x'.repeat(129) },
  });
}

async function trying(teller: Teller): Promise<void> {
  const dry = { dryRun: 'All', fieldManager: 'dry' };
  await teller.tell('try to create', 'POST', SPECIMENS, {
    query: dry,
    body: specimen('tried', { color: 'red' }),
  });
  await teller.get('get what was tried', 'tried');
  await teller.merge('try to patch', 'plain', 'dry', { spec: { size: 7 } }, dry);
  await teller.apply('try to apply', 'plain', 'dry', { note: 'x' }, dry);
  await teller.apply('try to apply what is not there', 'tried', 'dry', { color: 'red' }, dry);
  await teller.delete('try to delete', 'plain', undefined, { dryRun: 'All' });
  await teller.get('get what was only tried', 'plain');
  await teller.tell('try in an unknown way', 'POST', SPECIMENS, {
    query: { dryRun: 'Some' },
    body: specimen('tried', { color: 'red' }),
  });
}
