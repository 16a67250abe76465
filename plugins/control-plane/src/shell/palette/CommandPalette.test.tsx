import { TestApiProvider } from '@backstage/frontend-test-utils';
import { searchApiRef } from '@backstage/plugin-search-react';
import { KrateApi, krateApiRef, menuApiRef, mergeMenus } from '@krate/plugin-control-plane-react';
import { KRATE_GROUP, Resource } from '@krate/resource-model';
import HomeIcon from '@mui/icons-material/HomeOutlined';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, useLocation } from 'react-router-dom';
import { GlobalKeys } from '../GlobalKeys';
import { CommandPalette } from './CommandPalette';

const REPOSITORIES = {
  group: KRATE_GROUP,
  version: 'v1alpha1',
  plural: 'repositories',
  clusterScoped: false,
};
const menu = mergeMenus([
  {
    pages: [
      { title: 'Home', path: [], icon: HomeIcon, key: 'h', order: 1 },
      { title: 'Repositories', path: ['repositories'], icon: HomeIcon, key: 'r', keywords: ['code'] },
    ],
    actions: [
      {
        title: 'Create a repository',
        to: 'repositories?new',
        access: { verb: 'create', kind: REPOSITORIES },
      },
      { title: 'Spend money', to: 'spend', access: { verb: 'create', kind: { group: '', plural: 'money' } } },
    ],
    objects: [{ kind: REPOSITORIES, singular: 'Repository', path: 'repositories' }],
  },
]);
const till = {
  apiVersion: 'krate.a5c.ai/v1alpha1',
  kind: 'Repository',
  metadata: { name: 'till', uid: '1' },
  spec: {},
} as Resource;

/** What the palette asked the server for. */
let asked: string[] = [];
const answerTo = (path: string) =>
  path.includes('/repositories')
    ? { items: [till] }
    : { organizations: [{ organization: 'globex', displayName: 'Globex' }] };

function Portal({ query = async () => ({ results: [] }) }: { query?: () => Promise<any> }) {
  const api = {
    live: {
      state: 'live',
      onState: () => () => {},
      subscribe: () => () => {},
    },
    can: async (_verb: string, { plural }: { plural: string }) => ({
      allowed: plural !== 'money',
      reason: '',
    }),
    request: async (path: string) => {
      asked.push(path);
      return Response.json(answerTo(path));
    },
  } as unknown as KrateApi;
  return (
    <TestApiProvider
      apis={[
        [krateApiRef, api],
        [menuApiRef, menu],
        [searchApiRef, { query } as any],
      ]}
    >
      <MemoryRouter
        initialEntries={['/start']}
        future={{ v7_startTransition: true, v7_relativeSplatPath: true }}
      >
        <CommandPalette organization="acme" />
        <GlobalKeys organization="acme" />
        <Address />
      </MemoryRouter>
    </TestApiProvider>
  );
}

function Address() {
  const { pathname, search } = useLocation();
  return <p data-testid="address">{`${pathname}${search}`}</p>;
}

const open = async () => {
  fireEvent.keyDown(window, { key: 'k', ctrlKey: true });
  return screen.findByRole('combobox', { name: 'Go to or do' });
};
const options = () => screen.queryAllByRole('option').map(option => option.textContent);
const address = () => screen.getByTestId('address').textContent;

describe('the command palette', () => {
  beforeEach(() => {
    window.localStorage.clear();
    asked = [];
  });

  it('offers the pages, and the actions that the person may do', async () => {
    render(<Portal />);
    await open();
    expect(await screen.findByRole('option', { name: 'Create a repository' })).toBeInTheDocument();
    expect(within(screen.getByRole('group', { name: 'Pages' })).getAllByRole('option')[0]).toHaveTextContent(
      'Home',
    );
    expect(screen.queryByRole('option', { name: /Spend/ })).not.toBeInTheDocument();
  });

  it('is led by the keyboard alone, and tells a screen reader which one is chosen', async () => {
    render(<Portal />);
    const field = await open();
    await userEvent.type(field, 'code');
    await waitFor(() => expect(options()[0]).toMatch(/^Repositories/));
    const chosen = () => document.getElementById(field.getAttribute('aria-activedescendant')!);
    expect(chosen()).toHaveAttribute('aria-selected', 'true');
    expect(field).toHaveAttribute('aria-controls', screen.getByRole('listbox').id);
    await userEvent.keyboard('{Enter}');
    expect(address()).toBe('/orgs/acme/repositories');
  });

  it('finds things by name and by what the index knows, each once', async () => {
    const results = [
      { type: 'krate-repository', document: { title: 'till', location: '/orgs/acme/repositories/till' } },
      { type: 'krate-run', document: { title: 'till-fix-1', location: '/orgs/acme/runs/till-fix-1' } },
    ];
    render(<Portal query={async () => ({ results })} />);
    await userEvent.type(await open(), 'till');
    await waitFor(() => expect(options()).toEqual(['tillRepository', 'till-fix-1Run']));
    expect(screen.getByText('2 results')).toBeInTheDocument();
  });

  it('asks for a page of each kind when it opens, and for no more however much is typed', async () => {
    render(<Portal />);
    await userEvent.type(await open(), 'till');
    await waitFor(() => expect(options()[0]).toMatch(/^till/));
    expect(asked.filter(path => path.includes('/repositories'))).toEqual([
      'apis/krate.a5c.ai/v1alpha1/namespaces/krate-org-acme/repositories?limit=100',
    ]);
  });

  it('keeps what names find when the index does not answer', async () => {
    render(<Portal query={() => Promise.reject(new Error('down'))} />);
    await userEvent.type(await open(), 'glob');
    expect(await screen.findByText(/search index does not answer/)).toBeInTheDocument();
    expect(options()).toEqual(['GlobexOrganization']);
  });

  it('remembers what was chosen last', async () => {
    render(<Portal />);
    await userEvent.type(await open(), 'create a rep');
    await screen.findByRole('option', { name: /Create a repository/ });
    await userEvent.keyboard('{Enter}');
    expect(address()).toBe('/orgs/acme/repositories?new');
    await open();
    const recent = await screen.findByRole('group', { name: 'Recent' });
    expect(within(recent).getByRole('option')).toHaveTextContent('Create a repository');
  });

  it('closes with Escape; keys of the shell go where they say', async () => {
    render(<Portal />);
    await open();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('combobox')).not.toBeInTheDocument());
    fireEvent.keyDown(document.body, { key: 'g' });
    fireEvent.keyDown(document.body, { key: 'r' });
    expect(address()).toBe('/orgs/acme/repositories');
  });
});
