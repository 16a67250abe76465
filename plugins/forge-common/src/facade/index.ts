import { Route } from '@krate/resource-model';
import * as forge from './forgeRoutes';

export * from './forgeRoutes';

/** The forge's routes of the REST facade. */
export const forgeRoutes: readonly Route[] = [
  forge.listRepositories,
  forge.createRepository,
  forge.getRepository,
  forge.deleteRepository,
  forge.listPullRequests,
  forge.createPullRequest,
  forge.getPullRequest,
  forge.addReview,
  forge.completeChecks,
  forge.mergePullRequest,
];
