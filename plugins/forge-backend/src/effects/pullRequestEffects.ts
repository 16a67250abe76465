import { ApiError } from '@krate/resource-model';
import { defineEffect, ResourceClient } from '@krate/controller-runtime';
import { PullRequest } from '@krate/plugin-forge-common';
import { GitRepositories, RepositoryKey } from '@krate/plugin-forge-node';
import { MergeInput } from './mergePullRequest';

type Nothing = Record<string, never>;

/** How often a pull request may change under us before the attempt is given back to the queue. */
const TURNS = 5;

/** Points `refs/pull/<number>/head` at the head, so that its commits stay when the branch goes. */
export function keepPullHeadEffect(repositories: GitRepositories) {
  return defineEffect<RepositoryKey & { number: number; sha: string }, Nothing>({
    name: 'keep-pull-head',
    async observe(_key, input) {
      const kept = await repositories.readRef(input, `refs/pull/${input.number}/head`);
      return kept === input.sha ? { state: 'done', result: {} } : { state: 'absent' };
    },
    async perform(_key, input) {
      // The branch may have moved on and the commit be gone; the next head has an effect of its own.
      if (await repositories.hasCommit(input, input.sha))
        await repositories.keepPullHead(input, input.number, input.sha);
      return {};
    },
  });
}

/** Takes a refused merge request off the pull request, so that it can be asked for again. */
export function withdrawMergeEffect(client: ResourceClient) {
  const asked = async ({ namespace, name, uid, requestedAt, expectedHeadSha }: MergeInput) => {
    const found = await client.get(PullRequest, { namespace, name });
    const merge = found?.metadata.uid === uid ? found.spec.merge : undefined;
    return merge?.requestedAt === requestedAt && merge?.expectedHeadSha === expectedHeadSha
      ? found
      : undefined;
  };
  /** With the version that was read: a new request that came meanwhile is not taken away. False: read again. */
  const withdraw = async ({ metadata }: PullRequest) => {
    const patch = { metadata: { resourceVersion: metadata.resourceVersion }, spec: { merge: null } };
    try {
      await client.patch(PullRequest, { namespace: metadata.namespace, name: metadata.name }, patch);
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.reason === 'Conflict') return false;
      throw error;
    }
  };
  return defineEffect<MergeInput, Nothing>({
    name: 'withdraw-merge',
    async observe(_key, input) {
      return (await asked(input)) ? { state: 'absent' } : { state: 'done', result: {} };
    },
    async perform(_key, input) {
      for (let turn = 0; turn < TURNS; turn++) {
        const found = await asked(input);
        if (!found || (await withdraw(found))) return {};
      }
      throw new Error('The pull request changes faster than its merge request can be withdrawn');
    },
  });
}
