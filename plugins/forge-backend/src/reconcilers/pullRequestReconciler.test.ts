import { BranchProtection, Pipeline, PullRequest, Repository, Review } from '@krate/plugin-forge-common';
import { expectReconcilerLaws } from '@krate/controller-runtime/testkit';
import { Kind } from '@krate/resource-model';
import { GitFacts, ObservedGit } from '../pulls/GitFacts';
import { pullRequestReconciler } from './pullRequestReconciler';

const HEAD = 'a'.repeat(40);
const OLD = 'b'.repeat(40);
const BASE = 'c'.repeat(40);
const NOW = new Date('2026-01-01T00:00:00Z');

const make = (kind: Kind, name: string, spec: object, rest: object = {}): any => ({
  apiVersion: kind.apiVersion,
  kind: kind.kind,
  metadata: {
    name,
    namespace: 'krate-org-acme',
    uid: `uid-${name}`,
    generation: 1,
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  spec: kind.spec.parse(spec),
  ...rest,
});
const pull = (spec = {}, status?: object) =>
  make(
    PullRequest,
    'web-1',
    {
      repository: 'web',
      number: 1,
      title: 'Fix',
      sourceRef: 'refs/heads/fix',
      targetRef: 'refs/heads/main',
      author: 'ada',
      ...spec,
    },
    { status },
  );
const review = (reviewer: string, decision: string, rest = {}) =>
  make(Review, `web-1-${reviewer}-${decision}`, {
    pullRequest: 'web-1',
    decision,
    reviewer,
    headSha: HEAD,
    ...rest,
  });
const protection = (spec = {}) => make(BranchProtection, 'main', { refs: ['main'], ...spec });
const pipeline = (phase: string, rest = {}) =>
  make(
    Pipeline,
    'web-test-1',
    {
      repository: 'web',
      ref: 'refs/heads/fix',
      sha: HEAD,
      workflow: 'test',
      pullRequest: 'web-1',
      jobs: [{ name: 'unit', steps: [{ name: 'x', run: 'true' }] }],
      ...rest,
    },
    {
      status: { phase, jobs: [{ name: 'unit', job: 'web-test-1-unit', phase }] },
    },
  );
const git = (facts: object = {}): GitFacts =>
  ({
    state: 'ready',
    sourceExists: true,
    headSha: HEAD,
    targetSha: BASE,
    mergeBaseSha: BASE,
    keptSha: HEAD,
    commits: 1,
    changedFiles: 1,
    additions: 2,
    deletions: 3,
    conflictingFiles: [],
    recordedHeadMerged: false,
    ...facts,
  }) as GitFacts;
const merge = {
  method: 'merge',
  expectedHeadSha: HEAD,
  requestedBy: 'mia',
  requestedAt: '2026-01-01T00:00:00Z',
};
const mergeEffect = `merge-pull-request/${HEAD.slice(0, 12)}.2026-01-01T00:00:00Z`;

interface Given {
  pullRequest?: any;
  repository?: any;
  git?: ObservedGit;
  reviews?: any[];
  pipelines?: any[];
  protections?: any[];
  effects?: any;
}

function reconcile(given: Given) {
  const ctx = {
    now: NOW,
    organization: undefined,
    repository: 'repository' in given ? given.repository : make(Repository, 'web', {}),
    git: given.git ?? git(),
    reviews: given.reviews ?? [],
    pipelines: given.pipelines ?? [],
    protections: given.protections ?? [],
    effects: given.effects ?? {},
  };
  const result = pullRequestReconciler.reconcile(ctx, given.pullRequest ?? pull());
  return {
    phase: result.status?.phase,
    unmet: result.status?.gates?.filter(({ met }) => !met).map(({ name }) => name),
    mergeable: result.status?.mergeable,
    decision: result.status?.reviewDecision,
    approvals: result.status?.approvals,
    checks: result.status?.checks?.map(
      ({ context, state, required }) => `${context} ${state}${required ? ' required' : ''}`,
    ),
    conditions: result.conditions?.map(({ type, status, reason }) => `${type}=${status}/${reason}`),
    effects: result.effects?.map(({ name, key }) => `${name}/${key}`),
    status: result.status,
  };
}

describe('pullRequestReconciler', () => {
  it.each<{ reason: string; given: Given; want: object }>([
    {
      reason: 'nothing stands in the way',
      given: {},
      want: {
        phase: 'Open',
        unmet: [],
        mergeable: true,
        conditions: ['Mergeable=True/GatesMet', 'ChecksPassed=True/NoChecks', 'Merged=False/NotRequested'],
        effects: [],
      },
    },
    {
      reason: 'a draft waits',
      given: { pullRequest: pull({ draft: true }) },
      want: { phase: 'Draft', unmet: ['not-draft'], mergeable: false },
    },
    {
      reason: 'a closed one is closed',
      given: { pullRequest: pull({ state: 'closed' }) },
      want: {
        phase: 'Closed',
        unmet: ['open'],
        conditions: ['Mergeable=False/GatesUnmet', 'ChecksPassed=True/NoChecks', 'Merged=False/Closed'],
      },
    },
    {
      reason: 'there is nothing to merge',
      given: { git: git({ commits: 0 }) },
      want: { phase: 'Open', unmet: ['open'] },
    },
    {
      reason: 'it conflicts',
      given: { git: git({ conflictingFiles: ['a.txt'] }) },
      want: { unmet: ['no-conflicts'] },
    },
    {
      reason: 'the target is missing',
      given: { git: git({ targetSha: undefined }) },
      want: { unmet: ['no-conflicts'] },
    },
    {
      reason: 'the source is missing',
      given: { git: { state: 'no-source' } },
      want: {
        unmet: ['no-conflicts'],
        conditions: [
          'Mergeable=False/SourceMissing',
          'ChecksPassed=True/NoChecks',
          'Merged=False/NotRequested',
        ],
      },
    },
    {
      reason: 'the repository is being made',
      given: { git: { state: 'no-repository' } },
      want: {
        conditions: [
          'Mergeable=Unknown/Computing',
          'ChecksPassed=True/NoChecks',
          'Merged=False/NotRequested',
        ],
      },
    },
    {
      reason: 'the repository is archived',
      given: { repository: make(Repository, 'web', { archived: true }) },
      want: { unmet: ['not-archived'] },
    },
    { reason: 'the repository is gone', given: { repository: undefined }, want: { unmet: ['not-archived'] } },

    {
      reason: 'an approval is missing',
      given: { protections: [protection({ requiredApprovals: 1 })] },
      want: { unmet: ['approvals'], decision: 'none' },
    },
    {
      reason: 'an approval is there',
      given: { protections: [protection({ requiredApprovals: 1 })], reviews: [review('mia', 'approved')] },
      want: { unmet: [], decision: 'approved', approvals: 1 },
    },
    {
      reason: 'two approvals of one person are one',
      given: {
        protections: [protection({ requiredApprovals: 2 })],
        reviews: [review('mia', 'approved'), { ...review('mia', 'approved'), metadata: { name: 'z' } }],
      },
      want: { unmet: ['approvals'], approvals: 1 },
    },
    {
      reason: 'the author’s own approval does not count',
      given: { protections: [protection({ requiredApprovals: 1 })], reviews: [review('ada', 'approved')] },
      want: { unmet: ['approvals'], approvals: 0 },
    },
    {
      reason: 'an agent’s approval does not count',
      given: {
        protections: [protection({ requiredApprovals: 1 })],
        reviews: [review('run:krate-org-acme/r1', 'approved')],
      },
      want: { unmet: ['approvals'], approvals: 0 },
    },
    {
      reason: 'an approval of an older head is void',
      given: {
        protections: [protection({ requiredApprovals: 1 })],
        reviews: [review('mia', 'approved', { headSha: OLD })],
      },
      want: { unmet: ['approvals'], approvals: 0 },
    },
    {
      reason: 'unless the protection keeps it',
      given: {
        protections: [protection({ requiredApprovals: 1, dismissStaleReviews: false })],
        reviews: [review('mia', 'approved', { headSha: OLD })],
      },
      want: { unmet: [], approvals: 1 },
    },
    {
      reason: 'requested changes block without any protection',
      given: { reviews: [review('mia', 'changes_requested', { headSha: OLD })] },
      want: { unmet: ['no-changes-requested'], decision: 'changes-requested' },
    },
    {
      reason: 'a comment takes no approval back',
      given: { reviews: [review('mia', 'approved'), review('mia', 'commented')] },
      want: { decision: 'approved' },
    },
    {
      reason: 'a later approval lifts the request',
      given: {
        reviews: [
          review('mia', 'changes_requested'),
          {
            ...review('mia', 'approved'),
            metadata: { name: 'z', creationTimestamp: '2026-01-02T00:00:00Z' },
          },
        ],
      },
      want: { unmet: [], decision: 'approved' },
    },
    {
      reason: 'the greatest demand of several protections counts',
      given: {
        protections: [protection(), protection({ refs: ['m*'], requiredApprovals: 2 })],
        reviews: [review('mia', 'approved')],
      },
      want: { unmet: ['approvals'] },
    },
    {
      reason: 'protections of other branches do not bind',
      given: { protections: [protection({ refs: ['release/*'], requiredApprovals: 2 })] },
      want: { unmet: [] },
    },

    {
      reason: 'a required check has not reported',
      given: { protections: [protection({ requiredChecks: ['test'] })] },
      want: {
        unmet: ['checks'],
        checks: ['test Pending required'],
        conditions: [
          'Mergeable=False/GatesUnmet',
          'ChecksPassed=Unknown/Running',
          'Merged=False/NotRequested',
        ],
      },
    },
    {
      reason: 'a required check runs',
      given: { protections: [protection({ requiredChecks: ['test'] })], pipelines: [pipeline('Running')] },
      want: { unmet: ['checks'], checks: ['test/unit Running required'] },
    },
    {
      reason: 'a required check succeeded',
      given: {
        protections: [protection({ requiredChecks: ['test/unit'] })],
        pipelines: [pipeline('Succeeded')],
      },
      want: {
        unmet: [],
        checks: ['test/unit Succeeded required'],
        conditions: ['Mergeable=True/GatesMet', 'ChecksPassed=True/Succeeded', 'Merged=False/NotRequested'],
      },
    },
    {
      reason: 'a required check of an older head is none',
      given: {
        protections: [protection({ requiredChecks: ['test'] })],
        pipelines: [pipeline('Succeeded', { sha: OLD })],
      },
      want: { unmet: ['checks'] },
    },
    {
      reason: 'another failing check informs',
      given: { pipelines: [pipeline('Failed')] },
      want: {
        unmet: [],
        checks: ['test/unit Failed'],
        conditions: ['Mergeable=True/GatesMet', 'ChecksPassed=False/Failed', 'Merged=False/NotRequested'],
      },
    },
    {
      reason: 'a rerun replaces what it repeats',
      given: {
        protections: [protection({ requiredChecks: ['test'] })],
        pipelines: [
          pipeline('Failed'),
          {
            ...pipeline('Succeeded'),
            metadata: { name: 'web-test-2', creationTimestamp: '2026-01-02T00:00:00Z' },
          },
        ],
      },
      want: { unmet: [] },
    },

    {
      reason: 'a merge is asked for',
      given: { pullRequest: pull({ merge }) },
      want: {
        phase: 'Open',
        conditions: ['Mergeable=True/GatesMet', 'ChecksPassed=True/NoChecks', 'Merged=Unknown/Merging'],
        effects: [mergeEffect],
      },
    },
    {
      reason: 'a merge is refused, and withdrawn',
      given: {
        pullRequest: pull({ merge }),
        effects: {
          [mergeEffect]: {
            state: 'Failed',
            attempts: 1,
            error: { code: 'stale-head', message: 'moved', retryable: false },
          },
        },
      },
      want: {
        phase: 'Open',
        conditions: ['Mergeable=True/GatesMet', 'ChecksPassed=True/NoChecks', 'Merged=False/Refused'],
        effects: [mergeEffect, mergeEffect.replace('merge-pull-request', 'withdraw-merge')],
      },
    },
    {
      reason: 'a refusal is remembered once withdrawn',
      given: { pullRequest: pull({}, { mergeRefused: { code: 'stale-head', message: 'moved' } }) },
      want: { conditions: ['Mergeable=True/GatesMet', 'ChecksPassed=True/NoChecks', 'Merged=False/Refused'] },
    },
    {
      reason: 'the same is asked for again within the second',
      given: {
        pullRequest: pull({ merge }),
        effects: {
          [mergeEffect]: {
            state: 'Failed',
            attempts: 1,
            error: { code: 'gates-unmet', message: 'x', retryable: false },
          },
          [mergeEffect.replace('merge-pull-request', 'withdraw-merge')]: { state: 'Succeeded', attempts: 1 },
        },
      },
      want: {
        conditions: ['Mergeable=True/GatesMet', 'ChecksPassed=True/NoChecks', 'Merged=Unknown/Merging'],
        effects: [`${mergeEffect}~2`],
      },
    },
    {
      reason: 'a merge is done',
      given: {
        pullRequest: pull({ merge }),
        effects: {
          [mergeEffect]: {
            state: 'Succeeded',
            attempts: 1,
            result: { mergeCommit: BASE, mergedAt: 'then', mergedBy: 'mia' },
          },
        },
      },
      want: {
        phase: 'Merged',
        mergeable: false,
        conditions: ['Mergeable=False/GatesUnmet', 'ChecksPassed=True/NoChecks', 'Merged=True/Merged'],
      },
    },
    {
      reason: 'a merge that was done stays done though it was closed since',
      given: {
        pullRequest: pull({ merge, state: 'closed' }),
        effects: {
          [mergeEffect]: { state: 'Succeeded', attempts: 1, result: { mergeCommit: BASE, mergedAt: 'then' } },
        },
      },
      want: { phase: 'Merged' },
    },
    {
      reason: 'a merge that ends after it was closed still counts',
      given: {
        pullRequest: pull({ merge, state: 'closed' }, { phase: 'Closed' }),
        effects: {
          [mergeEffect]: { state: 'Succeeded', attempts: 1, result: { mergeCommit: BASE, mergedAt: 'then' } },
        },
      },
      want: { phase: 'Merged' },
    },
    {
      reason: 'closed, and known to be: nobody looks, and nothing changes',
      given: { pullRequest: pull({ state: 'closed' }, { phase: 'Closed' }), git: { state: 'settled' } },
      want: { phase: undefined, conditions: undefined },
    },
    {
      reason: 'its head came to the target by push',
      given: {
        pullRequest: pull({}, { commits: 1, headSha: HEAD }),
        git: git({ commits: 0, recordedHeadMerged: true }),
      },
      want: { phase: 'Merged' },
    },
    {
      reason: 'a branch that never had commits is not merged',
      given: {
        pullRequest: pull({}, { commits: 0, headSha: HEAD }),
        git: git({ commits: 0, recordedHeadMerged: true }),
      },
      want: { phase: 'Open' },
    },
    {
      reason: 'a source that was reset is not merged',
      given: {
        pullRequest: pull({}, { commits: 1, headSha: OLD }),
        git: git({ commits: 0, headSha: BASE, keptSha: BASE, recordedHeadMerged: false }),
      },
      want: { phase: 'Open' },
    },
    {
      reason: 'a merged one rests',
      given: { pullRequest: pull({}, { phase: 'Merged' }), git: git({ commits: 3 }) },
      want: { status: undefined },
    },

    {
      reason: 'a new head is kept',
      given: { git: git({ keptSha: OLD }) },
      want: { effects: [`keep-pull-head/${HEAD}`] },
    },
    {
      reason: 'a head that came back is kept again',
      given: {
        git: git({ keptSha: OLD }),
        effects: { [`keep-pull-head/${HEAD}`]: { state: 'Succeeded', attempts: 1 } },
      },
      want: { effects: [`keep-pull-head/${HEAD}~2`] },
    },
    {
      reason: 'the kept head of a deleted branch can be merged',
      given: { git: git({ sourceExists: false }) },
      want: { mergeable: true, effects: [] },
    },
  ])('$reason', ({ given, want }) => {
    expect(reconcile(given)).toMatchObject(want);
    const { pullRequest = pull(), effects = {}, ...reads } = given;
    const defaults = {
      repository: make(Repository, 'web', {}),
      git: git(),
      reviews: [],
      pipelines: [],
      protections: [],
    };
    expectReconcilerLaws(pullRequestReconciler, {
      object: pullRequest,
      effects,
      reads: { ...defaults, ...reads },
      now: NOW,
    });
  });
});
