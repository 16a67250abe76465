import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import express from 'express';
import { currentRequestId, requestIds } from './requestIds';

describe('requestIds', () => {
  let server: Server;
  let url: string;

  beforeAll(async () => {
    const app = express();
    app.use(requestIds);
    app.get('/', async (_request, response) => {
      await new Promise(resolve => setTimeout(resolve, 5));
      response.json({ id: currentRequestId() });
    });
    server = createServer(app);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => server.close());

  it.each([
    { reason: 'takes the id the caller gave', given: 'trace-1.a:b_c', want: /^trace-1\.a:b_c$/ },
    { reason: 'makes one where none was given', given: undefined, want: /^[0-9a-f-]{36}$/ },
    {
      reason: 'makes one where the given would forge a log line',
      given: 'a b{"level":"error"}',
      want: /^[0-9a-f-]{36}$/,
    },
    { reason: 'makes one where the given is too long', given: 'x'.repeat(129), want: /^[0-9a-f-]{36}$/ },
  ])('$reason', async ({ given, want }) => {
    const answer = await fetch(url, { headers: given ? { 'x-request-id': given } : {} });
    const id = answer.headers.get('x-request-id');
    expect(id).toMatch(want);
    expect(answer.headers.get('audit-id')).toBe(id);
    expect(await answer.json()).toEqual({ id });
  });

  it('keeps requests apart that are answered at the same time', async () => {
    const ids = await Promise.all(
      ['one', 'two', 'three'].map(async id => {
        const answer = await fetch(url, { headers: { 'x-request-id': id } });
        return (await answer.json()).id;
      }),
    );
    expect(ids).toEqual(['one', 'two', 'three']);
    expect(currentRequestId()).toBeUndefined();
  });
});
