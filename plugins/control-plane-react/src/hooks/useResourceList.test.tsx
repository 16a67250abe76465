import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook, waitFor } from '@testing-library/react';
import { ReactNode } from 'react';
import { KrateApi, krateApiRef } from '../api/KrateApi';
import { LiveConnection } from '../api/LiveConnection';
import { Team } from '@krate/plugin-control-plane-common';
import { aTeam } from '../testing/aTeam';
import { ScriptedServer } from '../testing/ScriptedServer';
import { useResourceList } from './useResourceList';

function setUp() {
  const server = new ScriptedServer();
  const api = { live: new LiveConnection(async () => 'http://krate', server.fetch) } as KrateApi;
  const wrapper = ({ children }: { children: ReactNode }) => (
    <TestApiProvider apis={[[krateApiRef, api]]}>{children}</TestApiProvider>
  );
  return { server, wrapper };
}

const inAcme = { namespace: 'krate-org-acme' };
const names = (list: { items: { metadata: { name: string } }[] }) =>
  list.items.map(({ metadata }) => metadata.name);

async function subscribed(server: ScriptedServer, request = 0) {
  await waitFor(() => expect(server.requests.length).toBeGreaterThan(request));
  return server.requests[request].subscribe[0].id as string;
}

describe('useResourceList', () => {
  it('shows nothing before everything that exists has come, then all of it by name', async () => {
    const { server, wrapper } = setUp();
    const { result } = renderHook(() => useResourceList(Team, inAcme), { wrapper });
    const id = await subscribed(server);
    server.last.send({ id, type: 'ADDED', object: aTeam('b') });
    expect(result.current.loading).toBe(true);
    server.last.send({ id, type: 'ADDED', object: aTeam('a') });
    server.last.send({ id, type: 'SYNCED' });
    await waitFor(() => expect(names(result.current)).toEqual(['a', 'b']));
    expect(result.current.loading).toBe(false);
  });

  it('follows changes and deletions', async () => {
    const { server, wrapper } = setUp();
    const { result } = renderHook(() => useResourceList(Team, inAcme), { wrapper });
    const id = await subscribed(server);
    server.last.send({ id, type: 'ADDED', object: aTeam('a') });
    server.last.send({ id, type: 'ADDED', object: aTeam('b') });
    server.last.send({ id, type: 'SYNCED' });
    server.last.send({ id, type: 'MODIFIED', object: aTeam('a', 'grace') });
    server.last.send({ id, type: 'DELETED', object: aTeam('b') });
    await waitFor(() => expect(names(result.current)).toEqual(['a']));
    expect(result.current.items[0].spec.displayName).toBe('grace');
  });

  it('keeps rows while the connection is lost; what was deleted meanwhile vanishes after', async () => {
    const { server, wrapper } = setUp();
    const { result } = renderHook(() => useResourceList(Team, inAcme), { wrapper });
    const id = await subscribed(server);
    server.last.send({ id, type: 'ADDED', object: aTeam('a') });
    server.last.send({ id, type: 'ADDED', object: aTeam('b') });
    server.last.send({ id, type: 'SYNCED' });
    await waitFor(() => expect(names(result.current)).toEqual(['a', 'b']));

    server.last.drop();
    await waitFor(() => expect(server.requests).toHaveLength(2), { timeout: 3000 });
    server.last.send({ id, type: 'ADDED', object: aTeam('a') });
    expect(names(result.current)).toEqual(['a', 'b']);
    server.last.send({ id, type: 'SYNCED' });
    await waitFor(() => expect(names(result.current)).toEqual(['a']));
  });

  it('keeps rows beside an error, and drops the error when the list goes on', async () => {
    const { server, wrapper } = setUp();
    const { result } = renderHook(() => useResourceList(Team, inAcme), { wrapper });
    const id = await subscribed(server);
    server.last.send({ id, type: 'ADDED', object: aTeam('a') });
    server.last.send({ id, type: 'SYNCED' });
    await waitFor(() => expect(names(result.current)).toEqual(['a']));
    server.last.send({ id, type: 'ERROR', status: { code: 403, message: 'You may not list teams' } });
    await waitFor(() => expect(result.current.error?.message).toBe('You may not list teams'));
    expect(names(result.current)).toEqual(['a']);
    server.last.send({ id, type: 'MODIFIED', object: aTeam('a') });
    await waitFor(() => expect(result.current.error).toBeUndefined());
  });

  it('shares one subscription between views, and gives a second view what is known at once', async () => {
    const { server, wrapper } = setUp();
    const first = renderHook(() => useResourceList(Team, inAcme), { wrapper });
    const id = await subscribed(server);
    server.last.send({ id, type: 'ADDED', object: aTeam('a') });
    server.last.send({ id, type: 'SYNCED' });
    await waitFor(() => expect(names(first.result.current)).toEqual(['a']));
    act(() => first.unmount());
    const second = renderHook(() => useResourceList(Team, inAcme), { wrapper });
    expect(names(second.result.current)).toEqual(['a']);
    expect(server.requests).toHaveLength(1);
  });

  it('asks for nothing while no organization is chosen', async () => {
    const { server, wrapper } = setUp();
    const { result } = renderHook(() => useResourceList(Team, { namespace: undefined }), { wrapper });
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(result.current.loading).toBe(true);
    expect(server.connections).toHaveLength(0);
  });
});
