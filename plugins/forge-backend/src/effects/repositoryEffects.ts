import { defineEffect } from '@krate/controller-runtime';
import { GitRepositories, RepositoryKey } from '@krate/plugin-forge-node';
import {
  createRepository,
  CreateRepositoryRequest,
  ownerOf,
  removeRepository,
} from '../repositories/createRepository';

/** Makes the repository of a Repository object, once per uid. */
export function initRepositoryEffect(repositories: GitRepositories) {
  return defineEffect<CreateRepositoryRequest, Record<string, never>>({
    name: 'init-repository',
    async observe(_key, input) {
      const owner = await ownerOf(repositories, input);
      return owner === input.uid ? { state: 'done', result: {} } : { state: 'absent' };
    },
    async perform(_key, input) {
      await createRepository(repositories, input);
      return {};
    },
  });
}

/** Points HEAD at the default branch: what a clone checks out. */
export function setDefaultBranchEffect(repositories: GitRepositories) {
  return defineEffect<RepositoryKey & { defaultBranch: string }, Record<string, never>>({
    name: 'set-default-branch',
    async observe(_key, input) {
      const gitDir = repositories.directory(input);
      const head = await repositories.git.text(['symbolic-ref', 'HEAD'], { gitDir });
      return head === `refs/heads/${input.defaultBranch}`
        ? { state: 'done', result: {} }
        : { state: 'absent' };
    },
    async perform(_key, input) {
      const gitDir = repositories.directory(input);
      await repositories.git.run(['symbolic-ref', 'HEAD', `refs/heads/${input.defaultBranch}`], { gitDir });
      return {};
    },
  });
}

/** Removes the repository of a deleted object, and only that: one made anew under the same name stays. */
export function removeRepositoryEffect(repositories: GitRepositories) {
  return defineEffect<RepositoryKey & { uid: string }, Record<string, never>>({
    name: 'remove-repository',
    async observe(_key, input) {
      const owner = await ownerOf(repositories, input);
      return owner === input.uid ? { state: 'absent' } : { state: 'done', result: {} };
    },
    async perform(_key, input) {
      await removeRepository(repositories, input);
      return {};
    },
  });
}
