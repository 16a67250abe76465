import { existsSync } from 'node:fs';
import { defineEffect, EffectError, ResourceClient } from '@krate/controller-runtime';
import { RUN_LABEL, RUN_UID_ANNOTATION } from '@krate/plugin-agents-node';
import { Principal, principalName } from '@krate/plugin-control-plane-node';
import { DISPATCHED_BY_ANNOTATION, PullRequest } from '@krate/plugin-forge-common';
import { GitRepositories, RefMovedError, RefRefusedError } from '@krate/plugin-forge-node';
import { Layout } from '../agent/Layout';
import { digestOfPatch, patchOf } from '../takeback/bringWorkBack';

interface Proposal {
  namespace: string;
  repository: string;
  /** Full ref of the run's own branch. */
  branch: string;
  run: string;
  runUid: string;
  /** Of the patch that was approved. */
  digest: string;
}

interface Push extends Proposal {
  attemptUid: string;
  sha: string;
  baseSha: string;
}

interface Opening extends Proposal {
  targetRef: string;
  stack: string;
  task?: string;
  approvedBy: string;
  requestedBy?: string;
}

/** Brings the approved commit, and no other, to a branch named after the run. */
export function pushBranchEffect(repositories: GitRepositories, layout: Layout) {
  return defineEffect<Push, { sha: string }>({
    name: 'push-branch',
    async observe(_key, input) {
      const sha = await repositories.readRef(input, input.branch);
      return sha === input.sha ? { state: 'done', result: { sha } } : { state: 'absent' };
    },
    async perform(_key, input) {
      const from = layout.quarantine(input.attemptUid);
      if (!existsSync(from))
        throw new EffectError(
          'artifact-missing',
          'The work of the run is not on this host any more; its patch is kept as an artifact',
        );
      const patch = await patchOf(repositories.git, from, input.baseSha, input.sha);
      if (digestOfPatch(patch) !== input.digest)
        throw new EffectError('digest-mismatch', 'The work of the run is not what was approved');
      await push(repositories, input, from);
      return { sha: input.sha };
    },
  });
}

async function push(
  repositories: GitRepositories,
  { namespace, repository, branch, sha, run, runUid }: Push,
  from: string,
): Promise<void> {
  const principal = principalOf({ namespace, repository, branch, run, runUid });
  const expectedOld = await repositories.readRef({ namespace, repository }, branch);
  try {
    await repositories.promote({ namespace, repository, from, sha, ref: branch, expectedOld, principal });
  } catch (error) {
    if (error instanceof RefRefusedError) throw new EffectError('push-refused', error.message);
    if (error instanceof RefMovedError) throw new EffectError('branch-moved', error.message, true);
    throw error;
  }
}

function principalOf({ namespace, repository, branch, run, runUid }: Omit<Proposal, 'digest'>): Principal {
  return {
    type: 'run',
    name: run,
    namespace,
    kind: 'AgentDispatchRun',
    uid: runUid,
    repository,
    ref: branch,
  };
}

/** Opens the pull request of a run, once: found again by its label and the run's uid. */
export function openPullRequestEffect(client: ResourceClient) {
  return defineEffect<Opening, { pullRequest: string }>({
    name: 'open-pull-request',
    async observe(_key, { namespace, run, runUid, repository, branch }) {
      const { items } = await client.list(PullRequest, { namespace, labels: { [RUN_LABEL]: run } });
      // Label and annotation are anybody's to write; a person's pull request is never the run's.
      const own = items.find(
        ({ metadata, spec }) =>
          metadata.annotations?.[RUN_UID_ANNOTATION] === runUid &&
          spec.repository === repository &&
          spec.sourceRef === branch &&
          /^(run|system):/.test(spec.author ?? 'system:'),
      );
      return own ? { state: 'done', result: { pullRequest: own.metadata.name } } : { state: 'absent' };
    },
    async perform(_key, input) {
      const { namespace, run, runUid, repository, branch, targetRef } = input;
      const created = await client.create(PullRequest, {
        metadata: {
          namespace,
          labels: { [RUN_LABEL]: run },
          annotations: {
            [RUN_UID_ANNOTATION]: runUid,
            ...(input.requestedBy ? { [DISPATCHED_BY_ANNOTATION]: input.requestedBy } : {}),
          },
        },
        spec: {
          author: principalName(principalOf(input)),
          repository,
          title: titleOf(input),
          description: descriptionOf(input),
          sourceRef: branch,
          targetRef,
        },
      } as never);
      return { pullRequest: created.metadata.name };
    },
  });
}

function titleOf({ task, run }: Opening): string {
  const line = task
    ?.split('\n')
    .find(text => text.trim() !== '')
    ?.trim();
  return (line ?? `Work of the run ${run}`).slice(0, 200);
}

function descriptionOf({ run, stack, approvedBy, requestedBy, digest, task }: Opening): string {
  return [
    ...(task ? [task.slice(0, 20_000), ''] : []),
    `Proposed by the agent \`${stack}\` in the run \`${run}\`.`,
    '',
    ...(requestedBy ? [`- Dispatched by: ${requestedBy}`] : []),
    `- Write-back approved by: ${approvedBy}`,
    `- Patch: \`${digest}\``,
  ].join('\n');
}
