import { facadeRoute, FacadeRoute } from '@krate/plugin-control-plane-node';
import {
  createRepository,
  deleteRepository,
  getRepository,
  listRepositories,
  Repository,
} from '@krate/plugin-forge-common';

/** Repositories, in the words that people of other forges know. */
export const repositoryRoutes: readonly FacadeRoute[] = [
  facadeRoute(listRepositories, async (context, { query }) => ({
    status: 200,
    body: await context.list(Repository, query),
  })),

  facadeRoute(createRepository, async ({ client, namespace }, { body: { name, ...spec } }) => {
    const { apiVersion, kind } = Repository;
    const repository = await client.create(Repository, {
      ...{ apiVersion, kind, spec },
      metadata: { name, namespace },
    });
    return { status: 201, body: { repository } };
  }),

  facadeRoute(getRepository, async (context, { params }) => ({
    status: 200,
    body: await context.read(Repository, params.name),
  })),

  facadeRoute(deleteRepository, async (context, { params }) => ({
    status: 200,
    body: await context.remove(Repository, params.name),
  })),
];
