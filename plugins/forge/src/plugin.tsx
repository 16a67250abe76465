import {
  coreExtensionData,
  createExtensionInput,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import {
  hasRepository,
  hiddenTabDataRef,
  HomeSectionBlueprint,
  InboxSectionBlueprint,
  RepositoryOfEntity,
  repositoryTab,
  RepositoryTabBlueprint,
} from '@krate/plugin-control-plane-react';
import { entityCards } from './entities/entityCards';
import { forgeMenu } from './menu';

/** A page of an organization; it draws its own header. */
function page(name: string, path: string, loader: () => Promise<JSX.Element>) {
  return PageBlueprint.make({ name, params: { path: `/orgs/:org/${path}`, noHeader: true, loader } });
}

/** A repository: areas add their tabs to its `tabs`. */
const repositoryPage = PageBlueprint.makeWithOverrides({
  name: 'repository',
  inputs: {
    tabs: createExtensionInput([
      coreExtensionData.routePath,
      coreExtensionData.title,
      coreExtensionData.reactElement,
      hiddenTabDataRef,
    ]),
  },
  factory: (original, { inputs }) => {
    const tabs = inputs.tabs.map(tab => ({
      path: tab.get(coreExtensionData.routePath),
      title: tab.get(coreExtensionData.title),
      hidden: tab.get(hiddenTabDataRef),
      element: tab.get(coreExtensionData.reactElement),
    }));
    return original({
      path: '/orgs/:org/repositories/:name',
      noHeader: true,
      loader: () =>
        import('./repository/RepositoryPage').then(module => <module.RepositoryPage tabs={tabs} />),
    });
  },
});

const pages = [
  repositoryPage,
  page('repositories', 'repositories', () =>
    import('./repository/RepositoriesPage').then(module => <module.RepositoriesPage />),
  ),
  page('pull-requests', 'pull-requests', () =>
    import('./pulls/PullRequestsPage').then(module => <module.PullRequestsPage />),
  ),
  page('pull-request', 'pull-requests/:name', () =>
    import('./pulls/PullRequestPage').then(module => <module.PullRequestPage />),
  ),
  page('issues', 'issues', () => import('./issues/IssuesPage').then(module => <module.IssuesPage />)),
  page('issue', 'issues/:name', () => import('./issues/IssuePage').then(module => <module.IssuePage />)),
  page('projects', 'projects', () =>
    import('./projects/ProjectsPage').then(module => <module.ProjectsPage />),
  ),
  page('board', 'projects/:name', () => import('./projects/BoardPage').then(module => <module.BoardPage />)),
  page('pipeline', 'pipelines/:name', () =>
    import('./runs/PipelinePage').then(module => <module.PipelinePage />),
  ),
  page('keys', 'keys', () => import('./keys/KeysPage').then(module => <module.KeysPage />)),
  page('code-search', 'code-search', () =>
    import('./search/CodeSearchPage').then(module => <module.CodeSearchPage />),
  ),
  page('job', 'jobs/:name', () => import('./runs/JobPage').then(module => <module.JobPage />)),
];

const tabs = [
  ...repositoryTab({
    path: 'overview',
    title: 'Overview',
    entityTitle: 'Repository',
    loader: () => import('./repository/OverviewTab').then(module => <module.OverviewTab />),
  }),
  ...repositoryTab({
    path: 'code',
    title: 'Code',
    loader: () => import('./code/CodeTab').then(module => <module.CodeTab />),
  }),
  ...repositoryTab({
    path: 'pull-requests',
    title: 'Pull requests',
    loader: () => import('./pulls/PullRequestsTab').then(module => <module.PullRequestsTab />),
  }),
  ...repositoryTab({
    path: 'issues',
    title: 'Issues',
    loader: () => import('./issues/IssuesTab').then(module => <module.IssuesTab />),
  }),
  ...repositoryTab({
    path: 'runs',
    title: 'Runs',
    loader: () => import('./runs/RunsTab').then(module => <module.RunsTab />),
  }),
  ...repositoryTab({
    path: 'hooks',
    title: 'Hooks',
    loader: () => import('./hooks/HooksTab').then(module => <module.HooksTab />),
  }),
  ...repositoryTab({
    path: 'settings',
    title: 'Settings',
    loader: () => import('./settings/SettingsTab').then(module => <module.SettingsTab />),
  }),
  ...repositoryTab({
    path: 'resource',
    title: 'Resource',
    loader: () =>
      import('./repository/ResourceTabOfRepository').then(module => <module.ResourceTabOfRepository />),
  }),
  RepositoryTabBlueprint.make({
    name: 'new-issue',
    params: {
      path: 'new-issue',
      title: 'New issue',
      hidden: true,
      loader: () => import('./issues/NewIssueTab').then(module => <module.NewIssueTab />),
    },
  }),
  RepositoryTabBlueprint.make({
    name: 'new-pull-request',
    params: {
      path: 'new-pull-request',
      title: 'New pull request',
      hidden: true,
      loader: () => import('./pulls/NewPullRequestTab').then(module => <module.NewPullRequestTab />),
    },
  }),
];

const sections = [
  HomeSectionBlueprint.make({
    name: 'reviews',
    params: {
      order: 20,
      loader: () => import('./home/PullRequestsToReview').then(module => <module.PullRequestsToReview />),
    },
  }),
  HomeSectionBlueprint.make({
    name: 'repositories',
    params: {
      order: 40,
      loader: () => import('./home/RepositoriesSection').then(module => <module.RepositoriesSection />),
    },
  }),
  InboxSectionBlueprint.make({
    name: 'reviews',
    params: {
      order: 20,
      loader: () => import('./home/PullRequestsToReview').then(module => <module.PullRequestsToReview />),
    },
  }),
];

/** On the catalog's overview of a component: how to clone it and what is going on. */
const repositoryCard = EntityCardBlueprint.make({
  name: 'repository',
  params: {
    filter: hasRepository,
    loader: () =>
      import('./repository/RepositoryCard').then(module => (
        <RepositoryOfEntity>
          <module.RepositoryCard />
        </RepositoryOfEntity>
      )),
  },
});

/** Repositories, pull requests, pipelines and jobs on screen. */
export const forgePlugin = createFrontendPlugin({
  pluginId: 'forge',
  extensions: [forgeMenu, ...pages, ...tabs, ...sections, repositoryCard, ...entityCards],
});
