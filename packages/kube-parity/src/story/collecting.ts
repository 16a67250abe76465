import { Answer } from '../client/KubeClient';
import { NAMESPACE, part, SPECIMENS, specimen, specimensOf, Teller } from './Teller';
import { Specimen } from './specimen.kind';

const gone = ({ status }: Answer) => status === 404;
const isGoing = (answer: Answer) => part(answer, 'metadata', 'deletionTimestamp') !== undefined;
const owners = (count: number) => (answer: Answer) =>
  (part(answer, 'metadata', 'ownerReferences') ?? []).length === count;

const policy = (propagationPolicy: string) => ({
  apiVersion: 'v1',
  kind: 'DeleteOptions',
  propagationPolicy,
});

/** What controllers do: dependents go with their owners, namespaces with all that is in them. */
export async function collecting(teller: Teller): Promise<void> {
  await background(teller);
  await foreground(teller);
  await orphans(teller);
  await severalOwners(teller);
  await cycle(teller);
  await emptiedNamespace(teller);
}

function ownerReference(owner: Answer, blockOwnerDeletion?: boolean) {
  const { apiVersion, kind } = Specimen;
  const { name, uid } = part(owner, 'metadata');
  return { apiVersion, kind, name, uid, ...(blockOwnerDeletion ? { blockOwnerDeletion } : {}) };
}

const make = (teller: Teller, step: string, name: string, metadata: object = {}) =>
  teller.create(step, name, { color: 'red' }, 'creator', metadata);

async function background(teller: Teller): Promise<void> {
  const owner = await make(teller, 'create an owner', 'owner');
  const child = await make(teller, 'create what it owns', 'child', {
    ownerReferences: [ownerReference(owner)],
  });
  await make(teller, 'create what that owns', 'grandchild', { ownerReferences: [ownerReference(child)] });
  await teller.delete('delete the owner in the background', 'owner', policy('Background'));
  await teller.until(`${SPECIMENS}/grandchild`, gone);
  await teller.get('get what it owned', 'child');
  await make(teller, 'create what nobody owns', 'stray', {
    ownerReferences: [{ ...ownerReference(owner), uid: '00000000-0000-0000-0000-000000000000' }],
  });
  await teller.until(`${SPECIMENS}/stray`, gone);
}

async function foreground(teller: Teller): Promise<void> {
  const owner = await make(teller, 'create an owner for the foreground', 'front');
  const ownerReferences = [ownerReference(owner, true)];
  await make(teller, 'create what blocks it', 'blocker', {
    ownerReferences,
    finalizers: ['example.com/hold'],
  });
  await make(teller, 'create what does not block it', 'free', { ownerReferences: [ownerReference(owner)] });
  await teller.delete('delete the owner in the foreground', 'front', policy('Foreground'));
  await teller.until(`${SPECIMENS}/blocker`, isGoing);
  await teller.until(`${SPECIMENS}/free`, gone);
  await teller.get('get what blocks it', 'blocker');
  await teller.get('get the owner that waits', 'front');
  await teller.merge('let the blocker go', 'blocker', 'patcher', { metadata: { finalizers: null } });
  await teller.until(`${SPECIMENS}/front`, gone);
}

async function orphans(teller: Teller): Promise<void> {
  const owner = await make(teller, 'create an owner to be survived', 'parent');
  await make(teller, 'create what survives it', 'orphan', { ownerReferences: [ownerReference(owner, true)] });
  await teller.delete('delete the owner alone', 'parent', policy('Orphan'));
  await teller.until(`${SPECIMENS}/parent`, gone);
  await teller.get('get the orphan', 'orphan');
  const old = await make(teller, 'create an owner to be survived, the old way', 'parent');
  await make(teller, 'create what survives that', 'survivor', { ownerReferences: [ownerReference(old)] });
  await teller.delete('delete the owner alone, the old way', 'parent', {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    orphanDependents: true,
  });
  await teller.until(`${SPECIMENS}/parent`, gone);
  await teller.get('get the survivor', 'survivor');
  await teller.clear();
}

async function severalOwners(teller: Teller): Promise<void> {
  const one = await make(teller, 'create one owner', 'one');
  const two = await make(teller, 'create another owner', 'two');
  const ownerReferences = [ownerReference(one, true), ownerReference(two, true)];
  await make(teller, 'create what both own', 'shared', { ownerReferences });
  await teller.delete('delete one of them in the foreground', 'one', policy('Foreground'));
  await teller.until(`${SPECIMENS}/one`, gone);
  await teller.until(`${SPECIMENS}/shared`, owners(1));
  await teller.get('get what has one owner left', 'shared');
  await teller.delete('delete the other in the background', 'two', policy('Background'));
  await teller.until(`${SPECIMENS}/shared`, gone);
}

async function cycle(teller: Teller): Promise<void> {
  const first = await make(teller, 'create the first of a circle', 'first');
  const second = await make(teller, 'create the second of a circle', 'second', {
    ownerReferences: [ownerReference(first, true)],
  });
  await teller.merge('close the circle', 'first', 'patcher', {
    metadata: { ownerReferences: [ownerReference(second, true)] },
  });
  await teller.delete('delete one of the circle in the foreground', 'first', policy('Foreground'));
  await teller.until(`${SPECIMENS}/first`, gone);
  await teller.until(`${SPECIMENS}/second`, gone);
}

async function emptiedNamespace(teller: Teller): Promise<void> {
  const name = `${NAMESPACE}-emptied`;
  const path = `/api/v1/namespaces/${name}`;
  const inside = specimensOf(name);
  const create = (step: string, held: string, metadata: object = {}) =>
    teller.tell(step, 'POST', inside, {
      query: { fieldManager: 'creator' },
      body: specimen(held, { color: 'red' }, metadata),
    });
  await create('create in no namespace', 'early');
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
  await teller.tell('create a namespace', 'POST', '/api/v1/namespaces', {
    query: { fieldManager: 'creator' },
    body,
  });
  await create('create in it', 'plain');
  await create('create in it what is held', 'held', { finalizers: ['example.com/hold'] });
  await teller.tell('delete the namespace', 'DELETE', path);
  await create('create in what is going', 'late');
  await teller.until(`${inside}/plain`, gone);
  await teller.until(`${inside}/held`, isGoing);
  await teller.tell('delete the namespace again', 'DELETE', path, { extract: lifeOf });
  await teller.tell('get the namespace that waits', 'GET', path, { extract: lifeOf });
  await teller.tell('let what is held go', 'PATCH', `${inside}/held`, {
    contentType: 'application/merge-patch+json',
    query: { fieldManager: 'patcher' },
    body: { metadata: { finalizers: null } },
  });
  await teller.until(path, gone);
  await teller.tell('get the namespace that was', 'GET', path);
}

/** Without who wrote what, and without conditions, which come one after the other. */
function lifeOf(body: any): unknown {
  const { kind, metadata, spec, status, reason, code } = body;
  const { name, deletionTimestamp } = metadata;
  return { kind, metadata: { name, deletionTimestamp }, spec, phase: status?.phase ?? status, reason, code };
}
