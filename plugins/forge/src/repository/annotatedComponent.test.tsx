import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import {
  hasRepository,
  KrateApi,
  krateApiRef,
  LiveEvent,
  RepositoryOfEntity,
} from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { RepositoryCard } from './RepositoryCard';
import { OverviewTab } from './OverviewTab';

/** As a team writes it in a catalog-info.yaml of its own: nothing of it was made by Krate. */
const component = (annotation?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'shop',
    annotations: {
      'backstage.io/managed-by-location': 'url:https://example.com/catalog-info.yaml',
      ...(annotation ? { 'krate.a5c.ai/repository': annotation } : {}),
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'guests' },
});

const web = {
  apiVersion: 'krate.a5c.ai/v1alpha1',
  kind: 'Repository',
  metadata: { name: 'web', namespace: 'krate-org-acme', uid: 'web' },
  spec: { description: 'The front', visibility: 'private', defaultBranch: 'main', topics: [] },
  status: { phase: 'Ready', cloneUrl: 'http://krate/git/acme/web.git' },
} as unknown as Resource;

/** The server: whoever may read gets the object, everybody else what an object that does not exist gets. */
function Portal({
  entity,
  answer,
  children,
}: {
  entity: Entity;
  answer: LiveEvent[];
  children: JSX.Element;
}) {
  const api = {
    live: {
      state: 'live',
      onState: () => () => {},
      subscribe: ({ request, receive }: any) => {
        queueMicrotask(() => {
          if (request().resource === 'repositories') answer.forEach(receive);
          receive({ type: 'SYNCED' });
        });
        return () => {};
      },
    },
    can: async () => ({ allowed: false, reason: '' }),
    request: async () => Response.json({ items: [], entries: [] }),
  } as unknown as KrateApi;
  return (
    <TestApiProvider apis={[[krateApiRef, api]]}>
      <MemoryRouter future={{ v7_startTransition: true, v7_relativeSplatPath: true }}>
        <EntityProvider entity={entity}>
          <RepositoryOfEntity>{children}</RepositoryOfEntity>
        </EntityProvider>
      </MemoryRouter>
    </TestApiProvider>
  );
}

describe('a component of a plain catalog-info file', () => {
  it.each([
    { reason: 'names a repository', annotation: 'acme/web', want: true },
    { reason: 'names none', annotation: undefined, want: false },
    { reason: 'names something else', annotation: 'web', want: false },
    { reason: 'names too much', annotation: 'acme/web/code', want: false },
  ])('$reason: the tabs are there: $want', ({ annotation, want }) => {
    expect(hasRepository(component(annotation))).toBe(want);
  });

  it('shows the repository to whoever may read it', async () => {
    render(
      <Portal entity={component('acme/web')} answer={[{ type: 'ADDED', object: web }]}>
        <RepositoryCard />
      </Portal>,
    );
    expect(await screen.findByText('main')).toBeInTheDocument();
    expect(screen.getByText(/http:\/\/krate\/git\/acme\/web\.git/)).toBeInTheDocument();
  });

  it.each([
    { reason: 'nothing', answer: [] },
    {
      reason: 'a refusal',
      answer: [{ type: 'ERROR' as const, status: { message: 'You may not list repositories' } }],
    },
  ])('shows nothing of it to whom the server answers $reason', async ({ answer }) => {
    render(
      <Portal entity={component('acme/web')} answer={answer}>
        <>
          <OverviewTab />
          <RepositoryCard />
        </>
      </Portal>,
    );
    expect((await screen.findAllByText(/may not/)).length).toBeGreaterThan(1);
    expect(screen.queryByText(/The front|web\.git|main/)).not.toBeInTheDocument();
  });
});
