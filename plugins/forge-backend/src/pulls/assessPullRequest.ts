import { Organization } from '@krate/plugin-control-plane-common';
import { BranchProtection, Pipeline, PullRequest, Repository, Review } from '@krate/plugin-forge-common';
import { protectionsOf } from '../refs/bindingRules';
import { barredDispatcher } from './barredDispatcher';
import { Check, checksOf } from './checksOf';
import { GitFacts } from './GitFacts';
import { ReviewTally, tallyReviews } from './reviewTally';

export type Gate = NonNullable<NonNullable<PullRequest['status']>['gates']>[number];

/** All that decides whether a pull request may be merged. */
export interface PullRequestFacts {
  pullRequest: PullRequest;
  repository: Repository | undefined;
  /** That it belongs to; it says whether approving takes a second person. */
  organization?: Organization;
  git: GitFacts;
  reviews: readonly Review[];
  pipelines: readonly Pipeline[];
  /** Those of the namespace. */
  protections: readonly BranchProtection[];
}

export interface Assessment {
  gates: Gate[];
  mergeable: boolean;
  tally: ReviewTally;
  checks: Check[];
}

/** What must hold before the merge, and whether it does. The same for the screen and for the moment of the merge. Pure. */
export function assessPullRequest(facts: PullRequestFacts): Assessment {
  const { pullRequest, git } = facts;
  const protections = protectionsOf(
    pullRequest.spec.targetRef,
    pullRequest.spec.repository,
    facts.protections,
  );
  const headSha = git.state === 'ready' ? git.headSha : undefined;
  const tally = tallyReviews(facts.reviews, {
    author: pullRequest.spec.author,
    dispatcher: barredDispatcher(pullRequest, facts.organization),
    headSha,
    dismissStale: protections.some(({ spec }) => spec.dismissStaleReviews),
  });
  const required = [...new Set(protections.flatMap(({ spec }) => spec.requiredChecks))];
  const checks = checksOf(headSha, facts.pipelines, required);
  const approvalsNeeded = Math.max(0, ...protections.map(({ spec }) => spec.requiredApprovals));
  const gates = [
    openGate(facts),
    gate('not-draft', !pullRequest.spec.draft, 'It is a draft'),
    archivedGate(facts),
    conflictGate(git),
    approvalsGate(tally, approvalsNeeded),
    gate(
      'no-changes-requested',
      tally.changesRequestedBy.length === 0,
      `Changes are requested by ${tally.changesRequestedBy.join(', ')}`,
    ),
    checksGate(checks),
  ];
  return { gates, mergeable: gates.every(({ met }) => met), tally, checks };
}

function gate(name: Gate['name'], met: boolean, otherwise: string, when = ''): Gate {
  return { name, met, message: met ? when : otherwise };
}

function openGate({ pullRequest, git }: PullRequestFacts): Gate {
  if (pullRequest.status?.phase === 'Merged') return gate('open', false, 'It is merged');
  if (pullRequest.spec.state === 'closed') return gate('open', false, 'It is closed');
  const nothing = git.state === 'ready' && git.targetSha !== undefined && git.commits === 0;
  return gate('open', !nothing, 'The source branch has no commit that the target branch lacks');
}

function archivedGate({ repository }: PullRequestFacts): Gate {
  if (!repository) return gate('not-archived', false, 'The repository does not exist');
  return gate('not-archived', !repository.spec.archived, 'The repository is archived');
}

function conflictGate(git: GitFacts): Gate {
  if (git.state === 'no-repository')
    return gate('no-conflicts', false, 'The git repository is not there yet');
  if (git.state === 'no-source') return gate('no-conflicts', false, 'The source branch does not exist');
  if (!git.targetSha) return gate('no-conflicts', false, 'The target branch does not exist');
  const files = git.conflictingFiles;
  const shown = files.slice(0, 5).join(', ') + (files.length > 5 ? ` and ${files.length - 5} more` : '');
  return gate('no-conflicts', files.length === 0, `It conflicts with the target branch in ${shown}`);
}

function approvalsGate({ approvedBy }: ReviewTally, needed: number): Gate {
  const missing = needed - approvedBy.length;
  return gate(
    'approvals',
    missing <= 0,
    `${missing} of ${needed} approvals missing`,
    approvedBy.length > 0 ? `Approved by ${approvedBy.join(', ')}` : '',
  );
}

function checksGate(checks: readonly Check[]): Gate {
  const unmet = checks.filter(({ required, state }) => required && state !== 'Succeeded');
  return gate(
    'checks',
    unmet.length === 0,
    unmet.map(({ context, state }) => `${context} is ${state.toLowerCase()}`).join(', '),
  );
}
