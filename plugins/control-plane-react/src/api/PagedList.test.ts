import { waitFor } from '@testing-library/dom';
import { ApiError, Resource } from '@krate/resource-model';
import { Team } from '@krate/plugin-control-plane-common';
import { aTeam } from '../testing/aTeam';
import { ScriptedServer } from '../testing/ScriptedServer';
import { KrateApi } from './KrateApi';
import { LiveConnection } from './LiveConnection';
import { PagedList, PagedListState } from './PagedList';

/** A server with two pages; the second is sent when the test says so. */
function setUp() {
  const server = new ScriptedServer();
  const asked: string[] = [];
  let release: (answer: { items: Resource[] } | Error) => void = () => {};
  const second = new Promise<{ items: Resource[] } | Error>(resolve => (release = resolve));
  const api = {
    live: new LiveConnection(async () => 'http://krate', server.fetch),
    request: async (path: string) => {
      asked.push(path);
      const first = {
        metadata: { resourceVersion: '10', continue: 'more', remainingItemCount: 2 },
        items: [aTeam('a'), aTeam('b')],
      };
      const rest = path.includes('continue=more') ? await second : undefined;
      if (rest instanceof Error) throw rest;
      const page = rest ? { metadata: { resourceVersion: '10' }, items: rest.items } : first;
      return { json: async () => page } as Response;
    },
  } as unknown as KrateApi;
  let state: PagedListState = { items: [], loading: true, complete: false };
  const list = new PagedList(api, { type: Team, namespace: 'krate-org-acme' }, next => (state = next));
  return {
    server,
    asked,
    release,
    list,
    state: () => state,
    names: () => state.items.map(({ metadata }) => metadata.name),
  };
}

const newer = (name: string, displayName: string) => {
  const team = aTeam(name, displayName);
  return { ...team, metadata: { ...team.metadata, resourceVersion: '12' } };
};
const idOf = async (server: ScriptedServer, request = 0) => {
  await waitFor(() => expect(server.requests.length).toBeGreaterThan(request), { timeout: 3000 });
  return server.requests[request].subscribe[0].id as string;
};

describe('PagedList', () => {
  it('shows the first page before it has the second, and says how many are on their way', async () => {
    const { names, state, release, asked, list } = setUp();
    await waitFor(() => expect(names()).toEqual(['a', 'b']));
    expect(state()).toMatchObject({ loading: false, complete: false, total: 4 });
    release({ items: [aTeam('c'), aTeam('d')] });
    await waitFor(() => expect(state().complete).toBe(true));
    expect(names()).toEqual(['a', 'b', 'c', 'd']);
    expect(asked[0]).toMatch(/namespaces\/krate-org-acme\/teams\?limit=\d+$/);
    list.close();
  });

  it('follows from the version of its first page; what the watch says wins over later pages', async () => {
    const { server, release, state, names, list } = setUp();
    const id = await idOf(server);
    expect(server.requests[0].subscribe[0].resourceVersion).toBe('10');
    server.last.send({ id, type: 'SYNCED' });
    server.last.send({ id, type: 'MODIFIED', object: newer('c', 'changed') });
    server.last.send({ id, type: 'DELETED', object: newer('d', '') });
    await waitFor(() => expect(names()).toContain('c'));
    release({ items: [aTeam('c'), aTeam('d')] });
    await waitFor(() => expect(state().complete).toBe(true));
    expect(names()).toEqual(['a', 'b', 'c']);
    expect((state().items[2].spec as Team['spec']).displayName).toBe('changed');
    list.close();
  });

  it('goes on from the last change after a lost connection', async () => {
    const { server, release, names, list } = setUp();
    const id = await idOf(server);
    release({ items: [] });
    server.last.send({ id, type: 'SYNCED' });
    server.last.send({ id, type: 'ADDED', object: newer('x', '') });
    await waitFor(() => expect(names()).toEqual(['a', 'b', 'x']));
    server.last.drop();
    await idOf(server, 1);
    expect(server.requests[1].subscribe[0].resourceVersion).toBe('12');
    expect(names()).toEqual(['a', 'b', 'x']);
    list.close();
  });

  it.each([
    { reason: 'the version is gone', how: 'watch' },
    { reason: 'the snapshot is gone before its next page', how: 'page' },
  ])('begins anew when $reason', async ({ how }) => {
    const { server, release, names, state, list } = setUp();
    const id = await idOf(server);
    if (how === 'watch') server.last.send({ id, type: 'ERROR', status: { code: 410 } });
    else release(new ApiError('Expired', 'too old'));
    await idOf(server, 1);
    const { subscribe } = server.requests[1];
    expect(subscribe[0].resourceVersion).toBeUndefined();
    server.last.send({ id: subscribe[0].id, type: 'ADDED', object: aTeam('z') });
    expect(names()).toEqual(['a', 'b']);
    server.last.send({ id: subscribe[0].id, type: 'SYNCED' });
    await waitFor(() => expect(names()).toEqual(['z']));
    expect(state().complete).toBe(true);
    list.close();
  });
});
