import { crdOf, Kind } from '@krate/resource-model';
import { findKubeApiserver, KubeApiserver, startKubeApiserver, suiteTitle } from '@krate/kube-parity';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readKinds } from '../generate/readKinds';
import { ROOT } from '../workspace/readWorkspace';

// A server is started, and every kind becomes known to it.
jest.setTimeout(240_000);

const programs = findKubeApiserver();
const withServer = programs ? describe : describe.skip;
const kinds = readKinds().filter(kind => kind.group !== '' && !kind.clusterScoped);
const cases = kinds.map(kind => [kind.kind, kind] as const);

withServer(suiteTitle(), () => {
  let server: KubeApiserver;
  const crdPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

  beforeAll(async () => {
    server = await startKubeApiserver(programs!);
    for (const name of ['krate-system', 'krate-org-acme']) {
      await server.client.request('POST', '/api/v1/namespaces', {
        body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      });
    }
    for (const kind of kinds) await server.client.request('POST', crdPath, { body: committedCrd(kind) });
  });
  afterAll(() => server?.stop());

  it.each(cases)('establishes %s', async (_, kind) => {
    const found = await until(async () => {
      const { body } = await server.client.request('GET', `${crdPath}/${kind.resource}`);
      const crd = body as { status?: { conditions?: Condition[] }; message?: string };
      const { conditions = [] } = crd.status ?? {};
      return conditions.some(({ type }) => type === 'Established') ? conditions : undefined;
    });
    expect(found).toContainEqual(expect.objectContaining({ type: 'Established', status: 'True' }));
    expect(found).toContainEqual(expect.objectContaining({ type: 'NamesAccepted', status: 'True' }));
    expect(found.filter(({ type }) => type === 'NonStructuralSchema')).toEqual([]);
  });

  it.each(cases)('takes the examples of %s', async (_, kind) => {
    const create = (example: Record<string, unknown>) => {
      const { namespace } = example.metadata as { namespace: string };
      const path = `/apis/${kind.apiVersion}/namespaces/${namespace}/${kind.plural}`;
      return until(async () => {
        const { status, body } = await server.client.request('POST', path, { body: example });
        return status === 404 ? undefined : { status, message: (body as { message?: string }).message };
      });
    };
    for (const example of kind.examples) {
      expect(await create(example)).toEqual({ status: 201, message: undefined });
    }
  });
});

interface Condition {
  type: string;
  status: string;
}

/** The file that is installed in a cluster, not what the model says today. */
function committedCrd(kind: Kind): object {
  return parse(readFileSync(join(ROOT, 'charts/krate/crds', `${crdOf(kind).metadata.name}.yaml`), 'utf8'));
}

/** Asks until there is an answer. */
async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 100; i++) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  throw new Error('there was no answer for 20 seconds');
}
