import { storageApiRef } from '@backstage/core-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import {
  FirstStep,
  KrateApi,
  krateApiRef,
  menuApiRef,
  mergeMenus,
  OrganizationProvider,
} from '@krate/plugin-control-plane-react';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { FirstSteps } from './FirstSteps';

const kind = (plural: string) => ({ group: 'krate.a5c.ai', plural });
const step = (id: string, order: number, more: Partial<FirstStep> = {}): FirstStep => ({
  id,
  order,
  title: `Make a ${id}`,
  why: 'It is good to have.',
  done: { kind: kind(`${id}s`), atLeast: 1 },
  action: { label: 'Make', to: `${id}s?new`, access: { verb: 'create', kind: kind(`${id}s`) } },
  ...more,
});
const menu = mergeMenus([
  { firstSteps: [step('stack', 20, { guide: 'stacks' })] },
  { firstSteps: [step('repository', 10), step('secret', 30)] },
]);

/** A server that has some objects of some kinds, and lets nobody make secrets. */
function serverWith(existing: readonly string[]): KrateApi {
  return {
    live: {
      state: 'live',
      onState: () => () => {},
      subscribe: ({ request, receive }: any) => {
        const { resource } = request();
        queueMicrotask(() => {
          if (existing.includes(resource))
            receive({ type: 'ADDED', object: { metadata: { name: 'x', uid: resource } } });
          receive({ type: 'SYNCED' });
        });
        return () => {};
      },
    },
    can: async (_verb: string, { plural }: { plural: string }) => ({
      allowed: plural !== 'secrets',
      reason: '',
    }),
  } as unknown as KrateApi;
}

function Address() {
  const { pathname, search } = useLocation();
  return <p data-testid="address">{`${pathname}${search}`}</p>;
}

function show(existing: readonly string[], storage = mockApis.storage()) {
  return render(
    <TestApiProvider
      apis={[
        [krateApiRef, serverWith(existing)],
        [menuApiRef, menu],
        [storageApiRef, storage],
      ]}
    >
      <MemoryRouter future={{ v7_startTransition: true, v7_relativeSplatPath: true }}>
        <OrganizationProvider organization="acme">
          <FirstSteps />
        </OrganizationProvider>
        <Address />
      </MemoryRouter>
    </TestApiProvider>,
  );
}

/** The machine may be slow; nothing here is about how fast it is. */
const PATIENCE = { timeout: 15_000 };
jest.setTimeout(60_000);

describe('the first steps of an organization', () => {
  it('know from what there is how far one has come, and lead to the next step and its guide', async () => {
    show(['repositorys']);
    expect(await screen.findByText('1 of 3 done', {}, PATIENCE)).toBeInTheDocument();
    expect(screen.getAllByRole('listitem').map(item => item.textContent)).toEqual([
      expect.stringContaining('Make a repository (done)'),
      expect.stringContaining('Make a stack (to do)'),
      expect.stringContaining('Make a secret (to do)'),
    ]);
    expect(screen.getByRole('link', { name: 'Guide' })).toHaveAttribute(
      'href',
      '/documentation/guides/stacks',
    );
    const make = screen.getByRole('button', { name: 'Make: Make a stack' });
    await waitFor(() => expect(make).toBeEnabled());
    fireEvent.click(make);
    expect(screen.getByTestId('address')).toHaveTextContent('/orgs/acme/stacks?new');
    expect(screen.getByRole('button', { name: 'Make: Make a secret' })).toBeDisabled();
  });

  it('are put away by one person and can be had back', async () => {
    const storage = mockApis.storage();
    const first = show([], storage);
    fireEvent.click(await screen.findByRole('button', { name: 'Hide' }, PATIENCE));
    expect(screen.queryByText(/of 3 done/)).not.toBeInTheDocument();
    first.unmount();
    show([], storage);
    fireEvent.click(await screen.findByRole('button', { name: 'Show the first steps' }));
    expect(await screen.findByText('0 of 3 done', {}, PATIENCE)).toBeInTheDocument();
  });

  it('go when all is done', async () => {
    show(['repositorys', 'stacks', 'secrets']);
    const gone = () => expect(screen.queryByText('First steps')).not.toBeInTheDocument();
    await waitFor(gone, PATIENCE);
    await new Promise(resolve => setTimeout(resolve, 200));
    gone();
  });
});
