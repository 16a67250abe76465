import { mkdir } from 'node:fs/promises';
import { ControlPlane, Installation } from '@krate/plugin-control-plane-node';
import { forgeKinds } from '@krate/plugin-forge-common';
import { GitRepositories } from '@krate/plugin-forge-node';
import { repositoryAdmission } from './admission/repositoryAdmission';
import { repositoryAuthorization } from './authorization/repositoryAuthorization';
import { initRepositoryEffect, removeRepositoryEffect, setDefaultBranchEffect } from './effects/repositoryEffects';
import { createGitRouter } from './http/createGitRouter';
import { repositoryGitObserver } from './observers/repositoryGitObserver';
import { repositoryReconciler } from './reconcilers/repositoryReconciler';
import { ForgeRefJudge } from './refs/ForgeRefJudge';

/** Everything the forge brings, as a table of contents. */
export function forgeInstallation({ repositories }: { repositories: GitRepositories; dataDirectory: string }): Installation {
  let running: ControlPlane | undefined;
  return {
    area: 'forge',
    kinds: forgeKinds,
    admission: [repositoryAdmission],
    authorization: [repositoryAuthorization],
    reconcilers: [repositoryReconciler({ baseUrl: () => running?.baseUrl ?? '' })],
    async start(controlPlane) {
      running = controlPlane;
      await mkdir(repositories.root, { recursive: true, mode: 0o700 });
      await repositories.hooksDirectory();
      const judge = new ForgeRefJudge(controlPlane);
      repositories.useJudge(judge);
      return {
        effects: [
          initRepositoryEffect(repositories),
          setDefaultBranchEffect(repositories),
          removeRepositoryEffect(repositories),
        ],
        observers: [repositoryGitObserver(repositories)],
        routes: [
          {
            path: '/git',
            handler: createGitRouter({
              controlPlane,
              repositories,
              moved: (key, principal, updates) => judge.moved({ ...key, principal, origin: 'push', updates }),
            }),
          },
        ],
      };
    },
  };
}
