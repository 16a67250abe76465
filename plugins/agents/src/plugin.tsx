import { createFrontendPlugin, PageBlueprint } from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import {
  hasRepository,
  HomeSectionBlueprint,
  InboxSectionBlueprint,
  RepositoryOfEntity,
  repositoryTab,
} from '@krate/plugin-control-plane-react';
import { entityCards } from './entities/entityCards';
import { agentsMenu } from './menu';

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

const repositoryAgents = repositoryTab({
  path: 'agents',
  title: 'Agents',
  loader: () => import('./repository/RepositoryAgentsTab').then(module => <module.RepositoryAgentsTab />),
});

const agentsCard = EntityCardBlueprint.make({
  name: 'agents',
  params: {
    type: 'content',
    filter: hasRepository,
    loader: () =>
      import('./repository/AgentsCard').then(module => (
        <RepositoryOfEntity>
          <module.AgentsCard />
        </RepositoryOfEntity>
      )),
  },
});

const waitingAtHome = HomeSectionBlueprint.make({
  name: 'approvals',
  params: {
    order: 10,
    loader: () => import('./home/WaitingApprovals').then(module => <module.WaitingApprovals />),
  },
});

const runningAtHome = HomeSectionBlueprint.make({
  name: 'runs',
  params: {
    order: 30,
    loader: () => import('./home/ActiveRuns').then(module => <module.ActiveRuns />),
  },
});

const waitingInInbox = InboxSectionBlueprint.make({
  name: 'approvals',
  params: {
    order: 10,
    loader: () => import('./home/WaitingApprovals').then(module => <module.WaitingApprovals />),
  },
});

/** What agents do, ask and are: pages of an organization, and a tab on every repository. */
export const agentsPlugin = createFrontendPlugin({
  pluginId: 'agents',
  extensions: [
    agentsMenu,
    runsPage,
    runPage,
    approvalsPage,
    stacksPage,
    stackPage,
    dispatchPage,
    ...repositoryAgents,
    agentsCard,
    waitingAtHome,
    runningAtHome,
    waitingInInbox,
    ...entityCards,
  ],
});
