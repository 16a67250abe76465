import { MERGE, SPECIMENS, specimen, Teller } from './Teller';

const JSON_TYPE = 'application/json';

/** Methods, addresses and media types that fit, and those that do not. */
export async function speaking(teller: Teller): Promise<void> {
  await teller.create('create to be spoken of', 'spoken', { color: 'red' });
  await methods(teller);
  await addresses(teller);
  await mediaTypes(teller);
  await options(teller);
  await teller.clear();
}

async function methods(teller: Teller): Promise<void> {
  const call = (step: string, method: string, path: string, body?: unknown) =>
    teller.tell(step, method, path, { body });
  await call('head of an object', 'HEAD', `${SPECIMENS}/spoken`);
  await call('options of an object', 'OPTIONS', `${SPECIMENS}/spoken`);
  await call('post to an object', 'POST', `${SPECIMENS}/spoken`, specimen('spoken', { color: 'red' }));
  await call('put to a collection', 'PUT', SPECIMENS, specimen('spoken', { color: 'red' }));
  await teller.tell('patch a collection', 'PATCH', SPECIMENS, { contentType: MERGE, body: {} });
  await call('delete a status', 'DELETE', `${SPECIMENS}/spoken/status`);
}

async function addresses(teller: Teller): Promise<void> {
  const get = (step: string, path: string) => teller.tell(step, 'GET', path);
  await get('get an unknown subresource', `${SPECIMENS}/spoken/scale`);
  await get('get an unknown resource', '/apis/parity.krate.example/v1/namespaces/parity/nothings');
  await get('get an unknown version', '/apis/parity.krate.example/v9/namespaces/parity/specimens');
  await get('get an unknown group', '/apis/nothing.example/v1/things');
  await get('list in all namespaces', '/apis/parity.krate.example/v1/specimens');
  await get('list in a namespace that is not there', '/apis/parity.krate.example/v1/namespaces/x/specimens');
}

async function mediaTypes(teller: Teller): Promise<void> {
  const accept = (step: string, type: string, path = `${SPECIMENS}/spoken`) =>
    teller.tell(step, 'GET', path, { accept: type });
  await accept('get anything', '*/*');
  await accept('get any application', 'application/*');
  await accept('get the second choice', 'application/xml,application/json;q=0.5');
  await accept('get what nobody makes', 'application/xml');
  await accept('get a table of nobody’s', 'application/json;as=Table;v=v1;g=nobody.example');
  await accept('get a table or else', 'application/json;as=Table;v=v9;g=meta.k8s.io,application/json');
  await accept('get one as a table', 'application/json;as=Table;v=v1;g=meta.k8s.io');
  await accept('get one as metadata', 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io');
  await accept(
    'get a list as one’s metadata',
    'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
    SPECIMENS,
  );
  const post = (step: string, contentType: string, body: unknown) =>
    teller.tell(step, 'POST', SPECIMENS, { contentType, body, query: { dryRun: 'All' } });
  await post('create with a charset', `${JSON_TYPE}; charset=utf-8`, specimen('a', { color: 'red' }));
  await post(
    'create from YAML',
    'application/yaml',
    'apiVersion: parity.krate.example/v1\nkind: Specimen\nmetadata:\n  name: y\nspec:\n  color: red\n',
  );
  await post('create from a form', 'application/x-www-form-urlencoded', 'color=red');
  await post('create from nothing', JSON_TYPE, undefined);
}

async function options(teller: Teller): Promise<void> {
  await teller.merge(
    'try a patch in two ways',
    'spoken',
    'p',
    { spec: { size: 9 } },
    { dryRun: 'All', force: false },
  );
  await teller.delete('delete with a query', 'spoken', undefined, {
    dryRun: 'All',
    propagationPolicy: 'Foreground',
  });
  await teller.delete('delete with both ways to orphan', 'spoken', {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    orphanDependents: true,
    propagationPolicy: 'Orphan',
  });
  await teller.delete('delete with options of another kind', 'spoken', {
    kind: 'Specimen',
    apiVersion: 'v1',
  });
  await teller.tell('try to delete the collection', 'DELETE', SPECIMENS, { query: { dryRun: 'All' } });
  await teller.get('get what was only to be deleted', 'spoken');
}
