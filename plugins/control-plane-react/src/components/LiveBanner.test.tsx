import { TestApiProvider } from '@backstage/frontend-test-utils';
import { Team } from '@krate/plugin-control-plane-common';
import { render, screen, waitFor } from '@testing-library/react';
import { KrateApi, krateApiRef } from '../api/KrateApi';
import { LiveConnection } from '../api/LiveConnection';
import { useResourceList } from '../hooks/useResourceList';
import { aTeam } from '../testing/aTeam';
import { ScriptedServer } from '../testing/ScriptedServer';
import { LiveBanner } from './LiveBanner';

function Teams() {
  const { items } = useResourceList(Team, { namespace: 'krate-org-acme' });
  return (
    <>
      <LiveBanner />
      <ul>
        {items.map(({ metadata }) => (
          <li key={metadata.name}>{metadata.name}</li>
        ))}
      </ul>
    </>
  );
}

const shown = () => screen.queryAllByRole('listitem').map(item => item.textContent);

describe('LiveBanner', () => {
  it('says politely that the connection is lost, keeps the page, and goes when it has caught up', async () => {
    const server = new ScriptedServer();
    const api = { live: new LiveConnection(async () => 'http://krate', server.fetch) } as KrateApi;
    render(
      <TestApiProvider apis={[[krateApiRef, api]]}>
        <Teams />
      </TestApiProvider>,
    );
    await waitFor(() => expect(server.requests).toHaveLength(1));
    const { id } = server.requests[0].subscribe[0];
    server.last.send({ id, type: 'ADDED', object: aTeam('a') });
    server.last.send({ id, type: 'SYNCED' });
    await waitFor(() => expect(shown()).toEqual(['a']));
    expect(screen.queryByText(/connection was lost/)).not.toBeInTheDocument();

    server.refuseConnections = 1;
    server.last.drop();
    const banner = await screen.findByText(/connection was lost/);
    expect(banner.closest('[aria-live="polite"]')).not.toBeNull();
    expect(shown()).toEqual(['a']);

    await waitFor(() => expect(server.requests).toHaveLength(2), { timeout: 5000 });
    server.last.send({ id, type: 'ADDED', object: aTeam('b') });
    server.last.send({ id, type: 'SYNCED' });
    await waitFor(() => expect(shown()).toEqual(['b']));
    await waitFor(() => expect(screen.queryByText(/connection was lost/)).not.toBeInTheDocument());
  });
});
