import { resolve } from 'node:path';
import { coreServices, createServiceFactory, createServiceRef } from '@backstage/backend-plugin-api';
import { GitRepositories } from './GitRepositories';

/**
 * The git repositories of this installation, for the forge and for areas that read them or bring commits back to them.
 * Lives below `krate.dataDirectory`.
 */
export const gitRepositoriesServiceRef = createServiceRef<GitRepositories>({
  id: 'krate.git-repositories',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory: ({ config }) =>
        new GitRepositories(resolve(config.getOptionalString('krate.dataDirectory') ?? '.krate')),
    }),
});
