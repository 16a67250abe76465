import { createFrontendPlugin, PageBlueprint } from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint, EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { repositoryOf } from './repository/repositoryOf';

const runsPage = PageBlueprint.make({
  name: 'runs',
  params: {
    path: '/orgs/:org/runs',
    noHeader: true,
    loader: () => import('./runs/RunsPage').then(module => <module.RunsPage />),
  },
});

const runPage = PageBlueprint.make({
  name: 'run',
  params: {
    path: '/orgs/:org/runs/:name',
    noHeader: true,
    loader: () => import('./run/RunPage').then(module => <module.RunPage />),
  },
});

const approvalsPage = PageBlueprint.make({
  name: 'approvals',
  params: {
    path: '/orgs/:org/approvals',
    noHeader: true,
    loader: () => import('./approvals/ApprovalsPage').then(module => <module.ApprovalsPage />),
  },
});

const stacksPage = PageBlueprint.make({
  name: 'stacks',
  params: {
    path: '/orgs/:org/stacks',
    noHeader: true,
    loader: () => import('./stacks/StacksPage').then(module => <module.StacksPage />),
  },
});

const stackPage = PageBlueprint.make({
  name: 'stack',
  params: {
    path: '/orgs/:org/stacks/:name',
    noHeader: true,
    loader: () => import('./stacks/StackPage').then(module => <module.StackPage />),
  },
});

const dispatchPage = PageBlueprint.make({
  name: 'dispatch',
  params: {
    path: '/orgs/:org/dispatch',
    noHeader: true,
    loader: () => import('./dispatch/DispatchPage').then(module => <module.DispatchPage />),
  },
});

const repositoryAgentsPage = PageBlueprint.make({
  name: 'repository-agents',
  params: {
    path: '/orgs/:org/repositories/:name/agents',
    noHeader: true,
    loader: () => import('./repository/RepositoryAgentsPage').then(module => <module.RepositoryAgentsPage />),
  },
});

const agentsContent = EntityContentBlueprint.make({
  name: 'agents',
  params: {
    path: '/agents',
    title: 'Agents',
    filter: entity => Boolean(repositoryOf(entity)),
    loader: () => import('./repository/AgentsEntityContent').then(module => <module.AgentsEntityContent />),
  },
});

const agentsCard = EntityCardBlueprint.make({
  name: 'agents',
  params: {
    type: 'content',
    filter: entity => Boolean(repositoryOf(entity)),
    loader: () => import('./repository/AgentsCard').then(module => <module.AgentsCard />),
  },
});

/** What agents do, ask and are: pages of an organization, and a tab on every repository. */
export const agentsPlugin = createFrontendPlugin({
  pluginId: 'agents',
  extensions: [
    runsPage,
    runPage,
    approvalsPage,
    stacksPage,
    stackPage,
    dispatchPage,
    repositoryAgentsPage,
    agentsContent,
    agentsCard,
  ],
});
