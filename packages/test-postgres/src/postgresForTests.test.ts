import { connect } from 'node:net';
import { once } from 'node:events';
import { describeOnOwnPostgres, findPostgres, startPostgres } from './postgresForTests';

jest.setTimeout(120_000);

describe('findPostgres', () => {
  const before = process.env.KRATE_TEST_DATABASE_URL;
  afterEach(() => {
    if (before === undefined) delete process.env.KRATE_TEST_DATABASE_URL;
    else process.env.KRATE_TEST_DATABASE_URL = before;
  });

  it('prefers the server that is named', () => {
    process.env.KRATE_TEST_DATABASE_URL = 'postgresql://elsewhere/test';
    expect(findPostgres()).toEqual({ type: 'server', url: 'postgresql://elsewhere/test' });
  });
});

describeOnOwnPostgres('a server of one’s own', () => {
  it('can be crashed and started again on the same port, and leaves nothing behind', async () => {
    const server = await startPostgres();
    const { url } = server;
    await reach(url);
    await server.stop('immediate');
    await expect(reach(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await server.start();
    expect(server.url).toBe(url);
    await reach(url);
    await server.dispose();
    await expect(reach(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

async function reach(url: string): Promise<void> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}
