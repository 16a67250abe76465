import { EntityCardBlueprint, EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { mirrors, ResourceOfEntity } from '@krate/plugin-control-plane-react';

const inOrganization = (element: JSX.Element) => <ResourceOfEntity>{element}</ResourceOfEntity>;

function card(name: string, plural: string, load: () => Promise<JSX.Element>) {
  return EntityCardBlueprint.make({
    name,
    params: {
      type: 'content',
      filter: mirrors(plural),
      loader: () => load().then(inOrganization),
    },
  });
}

/** What the catalog's pages of organizations, teams, projects and stacks show of agents. */
export const entityCards = [
  card('approvals-of-organization', 'organizations', () =>
    import('../home/WaitingApprovals').then(module => <module.WaitingApprovals />),
  ),
  card('runs-of-organization', 'organizations', () =>
    import('../home/ActiveRuns').then(module => <module.ActiveRuns />),
  ),
  card('runs-of-team', 'teams', () => import('./RunsOfEntity').then(module => <module.RunsOfTeam />)),
  card('runs-of-project', 'krateprojects', () =>
    import('./RunsOfEntity').then(module => <module.RunsOfProject />),
  ),
  card('stack', 'agentstacks', () => import('./StackSummary').then(module => <module.StackSummary />)),
  EntityContentBlueprint.make({
    name: 'stack',
    params: {
      path: '/stack',
      title: 'Stack',
      filter: mirrors('agentstacks'),
      loader: () => import('./StackCard').then(module => inOrganization(<module.StackCard />)),
    },
  }),
];
