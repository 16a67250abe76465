import { defineEffect, EffectError, Observation, ResourceClient } from '@krate/controller-runtime';
import { Principal } from '@krate/plugin-control-plane-node';
import { PullRequest } from '@krate/plugin-forge-common';
import { GitRepositories, RefMovedError, RefRefusedError, RepositoryKey } from '@krate/plugin-forge-node';
import { buildMerge } from '../git/buildMerge';
import { assessPullRequest } from '../pulls/assessPullRequest';
import { GitFacts } from '../pulls/GitFacts';
import { identityOf } from '../pulls/identityOf';
import { readFacts } from '../pulls/readFacts';

export interface MergeInput {
  namespace: string;
  /** Of the PullRequest. */
  name: string;
  uid: string;
  method: 'merge' | 'squash' | 'rebase';
  expectedHeadSha: string;
  message?: string;
  requestedBy?: string;
  requestedAt?: string;
}

export interface MergeResult {
  mergeCommit: string;
  mergedAt: string;
  mergedBy?: string;
}

export interface MergeOptions {
  client: ResourceClient;
  repositories: GitRepositories;
  observeGit(pullRequest: PullRequest): Promise<GitFacts>;
  /** File of the key that signs the merge; undefined where nobody asks for signatures. */
  signingKeyFor(pullRequest: PullRequest): Promise<string | undefined>;
  now?: () => Date;
}

/** How often the target branch may move under us before the attempt is given back to the queue. */
const TURNS = 5;

/**
 * Merges a pull request: exactly the head that was asked for, with every gate checked again, by one compare-and-swap of the
 * target branch. It is noted beforehand in a ref of the server's own, by which {@link findMerge} knows that it was done.
 *
 * Codes: `stale-head`, `gates-unmet`, `conflict`, `not-linear`, `refused` (the rules of the branch), `gone`.
 */
export function mergePullRequestEffect(options: MergeOptions) {
  return defineEffect<MergeInput, MergeResult>({
    name: 'merge-pull-request',
    async observe(_key, input): Promise<Observation<MergeResult>> {
      const pullRequest = await load(options.client, input);
      const found = pullRequest && (await findMerge(options.repositories, pullRequest));
      return found
        ? { state: 'done', result: { ...found, mergedBy: input.requestedBy } }
        : { state: 'absent' };
    },
    async perform(_key, input) {
      for (let turn = 0; turn < TURNS; turn++) {
        try {
          return await mergeOnce(options, input);
        } catch (error) {
          if (error instanceof RefRefusedError) throw new EffectError('refused', error.message);
          if (!(error instanceof RefMovedError)) throw error;
        }
      }
      throw new EffectError(
        'target-moved',
        'The target branch moves faster than the merge; trying again',
        true,
      );
    },
  });
}

export function trailerOf({ metadata }: PullRequest): string {
  return `Krate-Pull-Request: ${metadata.uid}`;
}

/**
 * The commit that merged this pull request: the one that was noted, once the target holds it. What commits say of themselves
 * counts for nothing, since whoever may push can write it.
 */
export async function findMerge(
  repositories: GitRepositories,
  pullRequest: PullRequest,
): Promise<{ mergeCommit: string; mergedAt: string } | undefined> {
  const key = keyOf(pullRequest);
  if (!repositories.exists(key)) return undefined;
  const noted = await repositories.notedMerge(key, pullRequest.metadata.uid);
  const target = noted && (await repositories.readRef(key, pullRequest.spec.targetRef));
  if (!target || !(await repositories.isAncestor(key, noted, target))) return undefined;
  const gitDir = repositories.directory(key);
  const date = await repositories.git.text(['log', '-1', '--format=%cI', noted], { gitDir });
  return { mergeCommit: noted, mergedAt: new Date(date).toISOString() };
}

async function mergeOnce(options: MergeOptions, input: MergeInput): Promise<MergeResult> {
  const { client, repositories } = options;
  const pullRequest = await load(client, input);
  if (!pullRequest) throw new EffectError('gone', 'The pull request does not exist any more');
  const facts = await readFacts(client, pullRequest, options.observeGit);
  const { git } = facts;
  if (git.state !== 'ready') throw new EffectError('gates-unmet', 'The source branch does not exist');
  if (git.headSha !== input.expectedHeadSha) {
    throw new EffectError(
      'stale-head',
      `The head is ${git.headSha.slice(0, 12)} by now; review it and ask again`,
    );
  }
  const { gates } = assessPullRequest(facts);
  const unmet = gates.filter(({ met }) => !met);
  if (git.conflictingFiles.length > 0) throw conflict(git.conflictingFiles);
  if (unmet.length > 0 || !git.targetSha)
    throw new EffectError('gates-unmet', unmet.map(({ name, message }) => `${name}: ${message}`).join('; '));

  const now = options.now?.() ?? new Date();
  const person = await identityOf(client, input.namespace, input.requestedBy ?? 'krate');
  const author =
    input.method === 'squash'
      ? await identityOf(client, input.namespace, pullRequest.spec.author ?? 'krate')
      : person;
  const built = await buildMerge(repositories.git, {
    gitDir: repositories.directory(keyOf(pullRequest)),
    method: input.method,
    targetSha: git.targetSha,
    headSha: git.headSha,
    message: input.message ?? defaultMessage(pullRequest, input.method),
    trailer: trailerOf(pullRequest),
    author,
    committer: person,
    signingKey: await options.signingKeyFor(pullRequest),
    now,
  });
  if (built.outcome === 'conflict') throw conflict(built.files);
  if (built.outcome === 'not-linear')
    throw new EffectError(
      'not-linear',
      'It contains merge commits, which a rebase would drop; use merge or squash',
    );
  await repositories.noteMerge(keyOf(pullRequest), pullRequest.metadata.uid, built.sha);
  await repositories.updateRef({
    ...keyOf(pullRequest),
    ref: pullRequest.spec.targetRef,
    sha: built.sha,
    expectedOld: git.targetSha,
    principal: principalOf(input),
    origin: 'merge',
    mergedHead: git.headSha,
  });
  return { mergeCommit: built.sha, mergedAt: now.toISOString(), mergedBy: input.requestedBy };
}

async function load(
  client: ResourceClient,
  { namespace, name, uid }: MergeInput,
): Promise<PullRequest | undefined> {
  const found = await client.get(PullRequest, { namespace, name });
  return found?.metadata.uid === uid && !found.metadata.deletionTimestamp ? found : undefined;
}

function keyOf({ metadata, spec }: PullRequest): RepositoryKey {
  return { namespace: metadata.namespace!, repository: spec.repository };
}

function conflict(files: readonly string[]): EffectError {
  return new EffectError(
    'conflict',
    `It conflicts with the target branch in ${files.slice(0, 20).join(', ')}`,
  );
}

function principalOf({ requestedBy }: MergeInput): Principal {
  return requestedBy ? { type: 'user', name: requestedBy } : { type: 'system', name: 'forge' };
}

function defaultMessage({ spec }: PullRequest, method: MergeInput['method']): string {
  const number = spec.number ? ` (#${spec.number})` : '';
  const title = method === 'merge' ? `Merge ${spec.title}${number}` : `${spec.title}${number}`;
  return spec.description ? `${title}\n\n${spec.description}` : title;
}
