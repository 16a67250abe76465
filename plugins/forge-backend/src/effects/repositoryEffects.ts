import { ApiError } from '@krate/resource-model';
import { defineEffect, ResourceClient } from '@krate/controller-runtime';
import { Repository } from '@krate/plugin-forge-common';
import { GitRepositories, RepositoryKey } from '@krate/plugin-forge-node';
import {
  createRepository,
  CreateRepositoryRequest,
  moveToTrash,
  ownerOf,
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
      await moveToTrash(repositories, input);
      return {};
    },
  });
}

/** Deletes the Repository object whose days of grace are over, unless it was restored at the last moment. */
export function deleteAfterGraceEffect(client: ResourceClient) {
  type Input = { namespace: string; name: string; uid: string; at: string };
  const doomed = async ({ namespace, name, uid, at }: Input) => {
    const found = await client.get(Repository, { namespace, name });
    return found?.metadata.uid === uid && found.spec.deletion?.at === at && !found.metadata.deletionTimestamp;
  };
  return defineEffect<Input, Record<string, never>>({
    name: 'delete-after-grace',
    observe: async (_key, input) =>
      (await doomed(input)) ? { state: 'absent' } : { state: 'done', result: {} },
    async perform(_key, { namespace, name, uid }) {
      try {
        await client.delete(Repository, { namespace, name }, { uid });
      } catch (error) {
        if (!(error instanceof ApiError && error.reason === 'NotFound')) throw error;
      }
      return {};
    },
  });
}
