import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { mirrors, ResourceOfEntity } from '@krate/plugin-control-plane-react';

/** What the catalog's pages of organizations and projects show of the forge. */
export const entityCards = [
  EntityCardBlueprint.make({
    name: 'reviews-of-organization',
    params: {
      type: 'content',
      filter: mirrors('organizations'),
      loader: () =>
        import('../home/PullRequestsToReview').then(module => (
          <ResourceOfEntity>
            <module.PullRequestsToReview />
          </ResourceOfEntity>
        )),
    },
  }),
  EntityCardBlueprint.make({
    name: 'repositories-of-organization',
    params: {
      type: 'content',
      filter: mirrors('organizations'),
      loader: () =>
        import('../home/RepositoriesSection').then(module => (
          <ResourceOfEntity>
            <module.RepositoriesSection />
          </ResourceOfEntity>
        )),
    },
  }),
  EntityCardBlueprint.make({
    name: 'project',
    params: {
      type: 'content',
      filter: mirrors('krateprojects'),
      loader: () =>
        import('./ProjectCard').then(module => (
          <ResourceOfEntity>
            <module.ProjectCard />
          </ResourceOfEntity>
        )),
    },
  }),
];
