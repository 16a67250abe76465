import { crdOf } from '@krate/resource-model';
import { KubeClient } from '../client/KubeClient';
import { CHAPTERS } from './chapters';
import { Specimen } from './specimen.kind';
import { Stage } from './Stage';
import { NAMESPACE, SPECIMENS, Teller } from './Teller';
import { Transcript } from './Transcript';

/** Tells one chapter of the story to a server that serves Specimens. */
export async function tellChapter(stage: Stage, chapter: string): Promise<Transcript> {
  const teller = new Teller(stage);
  await CHAPTERS[chapter](teller);
  return teller.transcript;
}

/** Makes the namespace of the story. */
export async function prepareNamespace(client: KubeClient): Promise<void> {
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } };
  await client.request('POST', '/api/v1/namespaces', { body });
}

/** Teaches a real server what a Specimen is, and waits until it serves them. */
export async function prepareKind(client: KubeClient): Promise<void> {
  const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const { status, body } = await client.request('POST', crds, { body: crdOf(Specimen) });
  if (status !== 201) throw new Error(`the server refuses the kind: ${JSON.stringify(body)}`);
  for (let i = 0; i < 100; i++) {
    if ((await client.request('GET', SPECIMENS)).status === 200) return;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  throw new Error('the server does not serve the kind after 20 seconds');
}
