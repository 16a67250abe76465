import { camel, pluralOf, words } from '../names';

/** The kind whose objects a tab lists. */
export interface ListedKind {
  kind: string;
  /** As in its declaration: the last part of the addresses of its objects. */
  plural: string;
}

const title = (kind: string) => {
  const plural = pluralOf(words(kind));
  return plural.charAt(0).toUpperCase() + plural.slice(1);
};

/** The extension: where the tab stands and when its code is loaded. */
export function tabExtensionFile({ kind, plural }: ListedKind): string {
  const name = camel(kind);
  return `import { repositoryTab } from '@krate/plugin-control-plane-react';

/** On the page of every repository, and of every catalog entity that names one. */
export const ${name}Tab = repositoryTab({
  path: '${plural}',
  title: '${title(kind)}',
  loader: () => import('./${kind}Tab').then(module => <module.${kind}Tab />),
});
`;
}

/** The tab itself: objects of a kind, live. */
export function tabFile(area: string, { kind }: ListedKind): string {
  return `import {
  EmptyState,
  explorerPath,
  ResourceTable,
  useRepository,
  useResourceList,
} from '@krate/plugin-control-plane-react';
import { ${kind} } from '@krate/plugin-${area}-common';

/** The ${pluralOf(words(kind))} of the repository's organization. */
export function ${kind}Tab() {
  const { organization, namespace } = useRepository();
  const list = useResourceList(${kind}, { namespace });
  return (
    <ResourceTable
      label="${title(kind)}"
      kind={${kind}}
      list={list}
      rowPath={({ metadata }) => explorerPath(organization, ${kind}.plural, metadata.name)}
      empty={<EmptyState title={\`\${organization} has no ${pluralOf(words(kind))} yet\`} />}
    />
  );
}
`;
}

/** The test of a tab, before a server that says what exists. */
export function tabTestFile(area: string, { kind, plural }: ListedKind): string {
  return `import { TestApiProvider } from '@backstage/frontend-test-utils';
import { KrateApi, krateApiRef, RepositoryProvider } from '@krate/plugin-control-plane-react';
import { ${kind} } from '@krate/plugin-${area}-common';
import { Resource } from '@krate/resource-model';
import '@testing-library/jest-dom';
import { render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router-dom';
import { ${kind}Tab } from './${kind}Tab';

/** A server on which these objects exist, and nothing else. */
function serverWith(objects: readonly Resource[]): KrateApi {
  const live = {
    state: 'live',
    onState: () => () => {},
    subscribe({ receive }: Parameters<KrateApi['live']['subscribe']>[0]) {
      queueMicrotask(() => {
        objects.forEach(object => receive({ type: 'ADDED', object }));
        receive({ type: 'SYNCED' });
      });
      return () => {};
    },
  };
  return { live } as unknown as KrateApi;
}

function open(objects: readonly Resource[]) {
  render(
    <TestApiProvider apis={[[krateApiRef, serverWith(objects)]]}>
      <MemoryRouter future={{ v7_startTransition: true, v7_relativeSplatPath: true }}>
        <RepositoryProvider organization="acme" repository="web">
          <${kind}Tab />
        </RepositoryProvider>
      </MemoryRouter>
    </TestApiProvider>,
  );
}

describe('the tab of ${pluralOf(words(kind))}', () => {
  it('shows what the organization has', async () => {
    const example = structuredClone(${kind}.examples[0]) as unknown as Resource;
    example.metadata = { ...example.metadata, name: 'shown', uid: 'u' };
    open([example]);
    expect(await screen.findByRole('link', { name: /shown/ })).toHaveAttribute(
      'href',
      '/orgs/acme/explorer/${plural}/shown',
    );
  });

  it('says that there is nothing', async () => {
    open([]);
    expect(await screen.findByText('acme has no ${pluralOf(words(kind))} yet')).toBeInTheDocument();
  });
});
`;
}
