import {
  ConditionUpdate,
  defineReconciler,
  EffectIntent,
  EffectState,
  reads,
  Result,
} from '@krate/controller-runtime';
import { Organization, organizationOf, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { BranchProtection, Pipeline, PullRequest, Repository, Review } from '@krate/plugin-forge-common';
import type { MergeInput, MergeResult } from '../effects/mergePullRequest';
import { Assessment, assessPullRequest } from '../pulls/assessPullRequest';
import { GitFacts } from '../pulls/GitFacts';
import { isSettled } from '../pulls/isSettled';

type Condition = ConditionUpdate<typeof PullRequest>;
type Outcome = Result<typeof PullRequest>;

/** Seconds until an open pull request is looked at again though nobody said it changed: heals hints that were lost. */
const LOOK_AGAIN = 300;

/** Follows a pull request: head, gates, checks, and the merge it is asked for. Its table test is the specification. */
export const pullRequestReconciler = defineReconciler({
  for: PullRequest,
  owns: ['Mergeable', 'ChecksPassed', 'Merged'],
  reads: {
    organization: reads.named(
      Organization,
      ({ metadata }: PullRequest) => organizationOf(metadata.namespace),
      () => PLATFORM_NAMESPACE,
    ),
    repository: reads.ref(Repository, 'spec.repository'),
    reviews: reads.referring(Review, 'spec.pullRequest'),
    pipelines: reads.referring(Pipeline, 'spec.pullRequest'),
    protections: reads.all(BranchProtection),
    git: reads.observed('pull-request-git'),
  },

  reconcile(ctx, pullRequest): Outcome {
    const { status } = pullRequest;
    if (isSettled(pullRequest)) return {};
    const git = ctx.git as GitFacts;
    const assessment = assessPullRequest({ ...ctx, git, pullRequest });
    const seen = describe(pullRequest, git, assessment);

    const merge = mergeOf(pullRequest, ctx.effects);
    const effect = merge && ctx.effects[`${merge.name}/${merge.key}`];
    if (effect?.state === 'Succeeded') return merged(seen, effect.result as MergeResult);
    if (git.state === 'ready' && git.recordedHeadMerged && (status?.commits ?? 0) > 0 && !merge) {
      return merged(seen, { mergeCommit: git.targetSha!, mergedAt: ctx.now.toISOString() });
    }
    if (pullRequest.spec.state === 'closed') return closed(seen);
    const next = merge ? merging(pullRequest, merge, effect) : idle(pullRequest);
    return {
      ...seen,
      status: { ...seen.status, phase: pullRequest.spec.draft ? 'Draft' : 'Open', ...next.status },
      conditions: [...seen.conditions!, ...next.conditions!],
      effects: [...keepHead(pullRequest, git, ctx.effects), ...(next.effects ?? [])],
      events: next.events,
      requeueAfter: LOOK_AGAIN,
    };
  },
});

function describe(
  { status }: PullRequest,
  git: GitFacts,
  { gates, mergeable, tally, checks }: Assessment,
): Outcome {
  const facts = git.state === 'ready' ? git : undefined;
  const unmet = gates.filter(({ met }) => !met);
  return {
    status: {
      headSha: facts?.headSha ?? status?.headSha,
      baseSha: facts?.targetSha ?? null,
      mergeBaseSha: facts?.mergeBaseSha ?? null,
      commits: facts?.commits ?? null,
      changedFiles: facts?.changedFiles ?? null,
      additions: facts?.additions ?? null,
      deletions: facts?.deletions ?? null,
      conflictingFiles: facts?.conflictingFiles ?? null,
      approvals: tally.approvedBy.length,
      reviewDecision: tally.decision,
      checks,
      gates,
      mergeable,
    },
    conditions: [
      mergeableCondition(git, mergeable, unmet.map(({ message }) => message).join('; ')),
      checksCondition(checks),
    ],
  };
}

function mergeableCondition(git: GitFacts, mergeable: boolean, message: string): Condition {
  if (git.state === 'no-repository') {
    return {
      type: 'Mergeable',
      status: 'Unknown',
      reason: 'Computing',
      message: 'The repository is not there yet',
    };
  }
  if (git.state === 'no-source')
    return {
      type: 'Mergeable',
      status: 'False',
      reason: 'SourceMissing',
      message: 'The source branch does not exist',
    };
  if (mergeable)
    return { type: 'Mergeable', status: 'True', reason: 'GatesMet', message: 'It can be merged' };
  return { type: 'Mergeable', status: 'False', reason: 'GatesUnmet', message };
}

function checksCondition(checks: Assessment['checks']): Condition {
  const named = (states: string[]) =>
    checks.filter(({ state }) => states.includes(state)).map(({ context }) => context);
  const failed = named(['Failed', 'Cancelled']);
  const running = named(['Pending', 'Running']);
  if (checks.length === 0)
    return {
      type: 'ChecksPassed',
      status: 'True',
      reason: 'NoChecks',
      message: 'No check runs for this commit',
    };
  if (failed.length > 0)
    return {
      type: 'ChecksPassed',
      status: 'False',
      reason: 'Failed',
      message: `Failed: ${failed.join(', ')}`,
    };
  if (running.length > 0)
    return {
      type: 'ChecksPassed',
      status: 'Unknown',
      reason: 'Running',
      message: `Not done: ${running.join(', ')}`,
    };
  return { type: 'ChecksPassed', status: 'True', reason: 'Succeeded', message: 'All checks succeeded' };
}

type Effects = Readonly<Record<string, EffectState | undefined>>;

/** The merge that is asked for: one effect per request. */
function mergeOf(
  { metadata, spec }: PullRequest,
  effects: Effects,
): (EffectIntent & { input: MergeInput }) | undefined {
  if (!spec.merge) return undefined;
  const { method, expectedHeadSha, message, requestedBy, requestedAt } = spec.merge;
  // Requests are stamped in whole seconds: one that was withdrawn may be followed by its like within the same second.
  const key = firstUnused(
    `${expectedHeadSha.slice(0, 12)}.${requestedAt ?? 'now'}`,
    effects,
    'withdraw-merge',
  );
  return {
    name: 'merge-pull-request',
    key,
    input: {
      namespace: metadata.namespace!,
      name: metadata.name,
      uid: metadata.uid,
      method,
      expectedHeadSha,
      message,
      requestedBy,
      requestedAt,
    },
  };
}

/** The key, or with a number behind it when the effect was done under it already and is needed once more. */
function firstUnused(key: string, effects: Effects, effect: string): string {
  let unused = key;
  for (let turn = 2; effects[`${effect}/${unused}`]?.state === 'Succeeded'; turn++) unused = `${key}~${turn}`;
  return unused;
}

function merging({ status }: PullRequest, merge: EffectIntent, effect: EffectState | undefined): Outcome {
  if (effect?.state !== 'Failed' && effect?.state !== 'Cancelled') {
    return {
      status: { mergeRefused: null },
      conditions: [
        { type: 'Merged', status: 'Unknown', reason: 'Merging', message: 'The merge is under way' },
      ],
      effects: [merge],
    };
  }
  const refused = {
    code: effect.error?.code ?? 'cancelled',
    message: effect.error?.message ?? 'The merge was cancelled',
  };
  return {
    status: { mergeRefused: refused },
    conditions: [refusedCondition(refused)],
    // A request that was refused is withdrawn, so that the same can be asked for again.
    effects: [merge, { name: 'withdraw-merge', key: merge.key, input: merge.input }],
    events: status?.mergeRefused
      ? []
      : [{ type: 'Warning', reason: 'MergeRefused', message: refused.message.slice(0, 1000) }],
  };
}

function idle({ status }: PullRequest): Outcome {
  const condition: Condition = status?.mergeRefused
    ? refusedCondition(status.mergeRefused)
    : { type: 'Merged', status: 'False', reason: 'NotRequested', message: 'Nobody asked for the merge' };
  return { conditions: [condition] };
}

function refusedCondition({ code, message }: { code: string; message: string }): Condition {
  return { type: 'Merged', status: 'False', reason: 'Refused', message: `${code}: ${message}` };
}

function merged(seen: Outcome, { mergeCommit, mergedAt, mergedBy }: MergeResult): Outcome {
  const gates = seen.status!.gates?.map(gate =>
    gate.name === 'open' ? { ...gate, met: false, message: 'It is merged' } : gate,
  );
  return {
    status: {
      phase: 'Merged',
      headSha: seen.status!.headSha,
      approvals: seen.status!.approvals,
      reviewDecision: seen.status!.reviewDecision,
      checks: seen.status!.checks,
      conflictingFiles: [],
      gates,
      mergeable: false,
      mergeRefused: null,
      mergeCommit,
      mergedAt,
      mergedBy: mergedBy ?? null,
    },
    conditions: [
      { type: 'Mergeable', status: 'False', reason: 'GatesUnmet', message: 'It is merged' },
      ...seen.conditions!.filter(({ type }) => type === 'ChecksPassed'),
      { type: 'Merged', status: 'True', reason: 'Merged', message: `Merged as ${mergeCommit.slice(0, 12)}` },
    ],
    events: [{ type: 'Normal', reason: 'Merged', message: `Merged as ${mergeCommit.slice(0, 12)}` }],
  };
}

function closed(seen: Outcome): Outcome {
  return {
    ...seen,
    status: { ...seen.status, phase: 'Closed' },
    conditions: [
      ...seen.conditions!,
      { type: 'Merged', status: 'False', reason: 'Closed', message: 'It was closed without a merge' },
    ],
  };
}

/** Keeps the head's commits under `refs/pull/<number>/head`, so that the source branch can be deleted. */
function keepHead({ metadata, spec }: PullRequest, git: GitFacts, effects: Effects): EffectIntent[] {
  if (git.state !== 'ready' || !git.sourceExists || git.keptSha === git.headSha || !spec.number) return [];
  const input = {
    namespace: metadata.namespace!,
    repository: spec.repository,
    number: spec.number,
    sha: git.headSha,
  };
  // A branch may come back to a commit it had before: then the same has to be done once more, under another key.
  return [{ name: 'keep-pull-head', key: firstUnused(git.headSha, effects, 'keep-pull-head'), input }];
}
