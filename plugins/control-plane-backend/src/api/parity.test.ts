import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  CHAPTERS,
  judge,
  KubeClient,
  prepareNamespace,
  readGolden,
  Specimen,
  tellChapter,
} from '@krate/kube-parity';
import { startApi, TestApi } from './__testUtils__/startApi';

// The story waits for streams to end.
jest.setTimeout(120_000);

describe('beside a recorded kube-apiserver', () => {
  let test: TestApi;
  let server: Server;
  let client: KubeClient;

  beforeAll(async () => {
    test = await startApi({ bookmarkInterval: 1000 }, [Specimen]);
    server = createServer(test.app);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    client = new KubeClient({ url: `http://127.0.0.1:${port}`, token: 'alice' });
    await prepareNamespace(client);
  });
  afterAll(async () => {
    test.api.closeWatches();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    await test.stop();
  });

  it.each(Object.keys(CHAPTERS))('tells of %s the same, but for what is explained', async chapter => {
    const told = await tellChapter(client, chapter);
    expect(judge(readGolden(chapter), told)).toEqual({ unexplained: [], surprising: [], outdated: [] });
  });
});
