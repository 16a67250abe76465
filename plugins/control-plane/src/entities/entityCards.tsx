import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { mirrors, ResourceOfEntity } from '@krate/plugin-control-plane-react';

/** What the catalog's pages of organizations and teams show of them. */
export const entityCards = [
  EntityCardBlueprint.make({
    name: 'people',
    params: {
      type: 'content',
      filter: mirrors('organizations'),
      loader: () =>
        import('./PeopleCard').then(module => (
          <ResourceOfEntity>
            <module.PeopleCard />
          </ResourceOfEntity>
        )),
    },
  }),
  EntityCardBlueprint.make({
    name: 'team',
    params: {
      type: 'content',
      filter: mirrors('teams'),
      loader: () =>
        import('./TeamCard').then(module => (
          <ResourceOfEntity>
            <module.TeamCard />
          </ResourceOfEntity>
        )),
    },
  }),
];
