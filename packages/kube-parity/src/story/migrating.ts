import { JSON_PATCH, part, SPECIMENS, specimen, Teller } from './Teller';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const CLIENT_SIDE = 'kubectl-client-side-apply';

/** From client-side to server-side apply as kubectl goes, and what may be done with managed fields by hand. */
export async function migrating(teller: Teller): Promise<void> {
  const manifest = specimen('moving', { color: 'red', settings: { a: '1', b: '2' } }, { annotations: {} });
  await teller.create('client-side apply makes it', 'moving', manifest.spec as object, CLIENT_SIDE, {
    annotations: { [LAST_APPLIED]: `${JSON.stringify(manifest)}\n` },
  });
  await teller.apply('server-side apply of the same', 'moving', 'kubectl', {
    color: 'red',
    settings: { a: '1', b: '2' },
  });
  await teller.apply('server-side apply of a change', 'moving', 'kubectl', {
    color: 'red',
    settings: { a: '2', b: '2' },
  });
  await teller.apply('server-side apply by another name', 'moving', 'helm', { color: 'blue' });
  await byHand(teller);
  await teller.delete('delete it', 'moving');
}

async function byHand(teller: Teller): Promise<void> {
  const got = await teller.get('get its managed fields', 'moving');
  const fields = part(got, 'metadata', 'managedFields') as { manager: string }[];
  const kept = fields.filter(({ manager }) => manager !== CLIENT_SIDE);
  await teller.tell('JSON patch of the managed fields', 'PATCH', `${SPECIMENS}/moving`, {
    contentType: JSON_PATCH,
    query: { fieldManager: 'kubectl' },
    body: [
      { op: 'replace', path: '/metadata/managedFields', value: kept },
      { op: 'replace', path: '/metadata/resourceVersion', value: part(got, 'metadata', 'resourceVersion') },
    ],
  });
  await teller.tell('JSON patch of an old revision', 'PATCH', `${SPECIMENS}/moving`, {
    contentType: JSON_PATCH,
    query: { fieldManager: 'kubectl' },
    body: [
      { op: 'replace', path: '/metadata/managedFields', value: kept },
      { op: 'replace', path: '/metadata/resourceVersion', value: '1' },
    ],
  });
  const unmanaged = structuredClone(part(await teller.get('get it again', 'moving'))) as any;
  delete unmanaged.metadata.managedFields;
  unmanaged.spec.note = 'x';
  await teller.put('put without managed fields', 'moving', 'putter', unmanaged);
  await teller.merge('merge patch that resets them', 'moving', 'resetter', {
    metadata: { managedFields: [{}] },
  });
  await teller.merge('merge patch after the reset', 'moving', 'patcher', { spec: { size: 5 } });
  await teller.apply('apply after the reset', 'moving', 'kubectl', { color: 'red' });
  await teller.merge('merge patch that resets and changes', 'moving', 'resetter', {
    metadata: { managedFields: [{}] },
    spec: { size: 6 },
  });
  await teller.apply('apply after that', 'moving', 'alice', { color: 'green' });
}
