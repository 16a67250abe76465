import {
  EmptyState,
  organizationPath,
  PageFrame,
  RepositoryProvider,
  RouteTabs,
  StatusChip,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { useParams } from 'react-router-dom';
import { repositoryPath } from '../api/links';
import { DispatchButton } from './DispatchButton';
import { RepositoryNotices } from './RepositoryNotices';
import { useNamedRepository } from './useNamedRepository';

export interface MountedTab {
  path: string;
  title: string;
  /** Not in the row of tabs. */
  hidden: boolean;
  element: JSX.Element;
}

const ORDER = ['overview', 'code', 'pull-requests', 'issues', 'runs', 'agents', 'hooks'];
const rank = ({ path }: MountedTab) => {
  const known = ORDER.indexOf(path);
  if (path === 'settings') return ORDER.length + 1;
  if (path === 'resource') return ORDER.length + 2;
  return known < 0 ? ORDER.length : known;
};

/** A repository: the tabs that the areas bring, in the order of the questions people ask. */
export function RepositoryPage({ tabs }: { tabs: readonly MountedTab[] }) {
  const { organization, namespace } = useOrganization();
  const { name: asked = '', '*': rest = '' } = useParams();
  const { repository, name } = useNamedRepository(namespace, asked);
  const title = repository?.spec.renamedTo ?? name;
  const sorted = [...tabs].sort((a, b) => rank(a) - rank(b));
  const [segment = ''] = rest.split('/');
  const current = sorted.find(({ path }) => path === (segment || 'overview'));
  const pathOf = (tab: MountedTab) =>
    repositoryPath(organization, name, tab.path === 'overview' ? undefined : tab.path);
  return (
    <PageFrame
      title={title}
      organization={organization}
      crumbs={[{ label: 'Repositories', to: organizationPath(organization, 'repositories') }]}
      heading={
        <Box
          component="span"
          sx={{ display: 'inline-flex', gap: 1.5, alignItems: 'center', flexWrap: 'wrap' }}
        >
          {title}
          <StatusChip status={repository?.spec.archived ? 'Archived' : repository?.status?.phase} />
        </Box>
      }
      lede={repository?.spec.description}
      action={
        <DispatchButton source={{ repository: name }} organization={organization} namespace={namespace} />
      }
      tabs={
        <RouteTabs
          label={`Parts of ${title}`}
          value={current ? pathOf(current) : ''}
          tabs={sorted.filter(({ hidden }) => !hidden).map(tab => ({ label: tab.title, to: pathOf(tab) }))}
        />
      }
    >
      <RepositoryProvider organization={organization} repository={name}>
        {repository && <RepositoryNotices repository={repository} />}
        {current ? current.element : <EmptyState title="A repository has no such part" />}
      </RepositoryProvider>
    </PageFrame>
  );
}
