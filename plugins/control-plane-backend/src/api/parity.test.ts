import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  CHAPTERS,
  judge,
  KubeClient,
  prepareNamespace,
  readGolden,
  Specimen,
  Stage,
  tellChapter,
} from '@krate/kube-parity';
import { mockServices } from '@backstage/backend-test-utils';
import { namespacesHoldTheirContents } from '../admission/namespaces';
import { GarbageCollector } from '../collector/GarbageCollector';
import { createResourceClient } from '../resources';
import { system } from '../resources/__testUtils__/startService';
import { startApi, TestApi } from './__testUtils__/startApi';

// The story waits for streams to end.
jest.setTimeout(120_000);

describe('beside a recorded kube-apiserver', () => {
  let test: TestApi;
  let server: Server;
  let collector: GarbageCollector;
  let stage: Stage;

  beforeAll(async () => {
    test = await startApi({ bookmarkInterval: 1000 }, [Specimen]);
    test.rule(namespacesHoldTheirContents);
    server = createServer(test.app);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const client = new KubeClient({ url: `http://127.0.0.1:${port}`, token: 'alice' });
    stage = { client, forget: async () => test.store.compact(await test.store.revision()) };
    await prepareNamespace(client);
    collector = new GarbageCollector({
      ...test,
      client: createResourceClient(test.service, system),
      logger: mockServices.logger.mock(),
    });
    await collector.start();
  });
  afterAll(async () => {
    test.api.closeWatches();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    await collector.stop();
    await test.stop();
  });

  it.each(Object.keys(CHAPTERS))('tells of %s the same, but for what is explained', async chapter => {
    const told = await tellChapter(stage, chapter);
    expect(judge(readGolden(chapter), told)).toEqual({ unexplained: [], surprising: [], outdated: [] });
  });
});
