import { CHAPTERS } from '../story/chapters';
import { findKubeApiserver, suiteTitle } from '../server/findKubeApiserver';
import { KubeApiserver, startKubeApiserver } from '../server/startKubeApiserver';
import { prepareKind, prepareNamespace, tellChapter } from '../story/tellStory';
import { readGolden, writeGolden } from './golden';

// A server is started, and streams are waited for.
jest.setTimeout(400_000);

const programs = findKubeApiserver();
const withServer = programs ? describe : describe.skip;

withServer(suiteTitle(), () => {
  let server: KubeApiserver;
  beforeAll(async () => {
    server = await startKubeApiserver(programs!);
    await prepareNamespace(server.client);
    await prepareKind(server.client);
    server.startControllers();
  });
  afterAll(() => server?.stop());

  it.each(Object.keys(CHAPTERS))('tells of %s what is recorded', async chapter => {
    const transcript = await tellChapter(server, chapter);
    if (process.env.KRATE_PARITY_RECORD) writeGolden(chapter, transcript);
    expect(transcript).toEqual(readGolden(chapter));
  });
});
