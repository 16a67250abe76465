import {
  AgentApproval,
  AgentDispatchAttempt,
  AgentDispatchRun,
  KrateArtifact,
} from '@krate/plugin-agents-common';

/** What a run consists of, as far as it is known. */
export interface RunParts {
  run: AgentDispatchRun;
  /** The latest attempt. */
  attempt?: AgentDispatchAttempt;
  approvals?: readonly AgentApproval[];
  artifacts?: readonly KrateArtifact[];
}

export type StepState = 'done' | 'active' | 'waiting' | 'failed' | 'skipped' | 'ahead';
export type StepName =
  'review' | 'approval' | 'workspace' | 'launch' | 'agent' | 'artifact' | 'write-back' | 'pull-request';

export interface Step {
  name: StepName;
  title: string;
  state: StepState;
  /** One sentence, for people. */
  detail?: string;
  /** When it came to this state. */
  at?: string;
}

type Outcome = Pick<Step, 'state' | 'detail' | 'at'>;

const AHEAD: Outcome = { state: 'ahead' };

/** The life of a run as steps, from its conditions and children: what was, what is, what comes. */
export function timelineOf(parts: RunParts): Step[] {
  const steps: Step[] = [
    { name: 'review', title: 'Permission review', ...reviewed(parts) },
    { name: 'approval', title: 'Approval to start', ...approved(parts) },
    { name: 'workspace', title: 'Workspace', ...workspace(parts) },
    { name: 'launch', title: 'Launch', ...launched(parts) },
    { name: 'agent', title: 'Agent at work', ...worked(parts) },
    { name: 'artifact', title: 'Artifacts', ...artifacts(parts) },
    { name: 'write-back', title: 'Write-back', ...writtenBack(parts) },
    { name: 'pull-request', title: 'Pull request', ...proposed(parts) },
  ];
  return hasEnded(parts.run) ? steps.map(closed) : withOneActive(steps);
}

export function hasEnded(run: AgentDispatchRun): boolean {
  return ['Completed', 'Failed', 'Cancelled'].includes(run.status?.phase ?? '');
}

/** The approval of a kind that the run waits on now. */
export function pendingApprovals(approvals: readonly AgentApproval[] = []): AgentApproval[] {
  return approvals.filter(({ spec, status }) => !spec.decision && (status?.phase ?? 'Pending') === 'Pending');
}

/** A run that has ended takes no further step. */
function closed(step: Step): Step {
  const open = step.state === 'ahead' || step.state === 'active' || step.state === 'waiting';
  return open ? { ...step, state: 'skipped', detail: 'Not reached', at: undefined } : step;
}

/** Before the first condition is reported, the first step that is not done is the one under way. */
function withOneActive(steps: Step[]): Step[] {
  if (steps.some(({ state }) => state === 'active' || state === 'waiting' || state === 'failed'))
    return steps;
  const next = steps.findIndex(({ state }) => state === 'ahead');
  return steps.map((step, index) => (index === next ? { ...step, state: 'active' } : step));
}

function conditionOf(run: AgentDispatchRun, type: string) {
  const condition = run.status?.conditions?.find(candidate => candidate.type === type);
  return (
    condition && {
      ...condition,
      outcome: { detail: condition.message || undefined, at: condition.lastTransitionTime },
    }
  );
}

/** The state each reason of a condition stands for; a reason that is not named follows the condition's status. */
function byReason(run: AgentDispatchRun, type: string, states: Record<string, StepState>): Outcome {
  const condition = conditionOf(run, type);
  if (!condition) return AHEAD;
  const fallback: StepState = condition.status === 'True' ? 'done' : 'active';
  return { state: states[condition.reason] ?? fallback, ...condition.outcome };
}

function reviewed({ run }: RunParts): Outcome {
  return byReason(run, 'PermissionReviewed', {
    Allowed: 'done',
    RequiresApproval: 'done',
    Denied: 'failed',
    StackMissing: 'failed',
    RepositoryMissing: 'failed',
  });
}

function approved({ run, attempt, approvals }: RunParts): Outcome {
  const beforeLaunch = approvals?.find(({ spec }) => !spec.attempt && spec.action !== 'write-back');
  if (beforeLaunch?.spec.decision === 'approve') {
    return {
      state: 'done',
      detail: `Approved by ${beforeLaunch.spec.decidedBy ?? 'a person'}`,
      at: beforeLaunch.spec.decidedAt,
    };
  }
  if (beforeLaunch?.spec.decision === 'deny') {
    return {
      state: 'failed',
      detail: `Denied by ${beforeLaunch.spec.decidedBy ?? 'a person'}`,
      at: beforeLaunch.spec.decidedAt,
    };
  }
  // The condition also speaks of questions asked later; once the agent was launched those are the agent's.
  if (attempt?.status?.startedAt) return { state: 'skipped', detail: 'Not required' };
  return byReason(run, 'ApprovalSatisfied', {
    NotRequired: 'skipped',
    Approved: 'done',
    Waiting: 'waiting',
    Denied: 'failed',
    Expired: 'failed',
  });
}

function workspace({ run, attempt }: RunParts): Outcome {
  const outcome = byReason(run, 'WorkspaceResolved', {
    Ready: 'done',
    Preparing: 'active',
    Failed: 'failed',
  });
  return outcome.state === 'ahead' && attempt?.status?.startedAt ? { state: 'done' } : outcome;
}

function launched({ run, attempt }: RunParts): Outcome {
  const condition = attempt?.status?.conditions?.find(({ type }) => type === 'Launched');
  if (condition && ['LaunchFailed', 'IsolationRefused'].includes(condition.reason)) {
    return { state: 'failed', detail: condition.message, at: condition.lastTransitionTime };
  }
  if (attempt?.status?.startedAt)
    return { state: 'done', at: attempt.status.startedAt, detail: isolationWords(run) };
  if (run.status?.phase === 'Queued') {
    const position = run.status.queuePosition;
    return {
      state: 'waiting',
      detail: position === undefined ? 'Waits for a place in the pool' : `Number ${position} in the queue`,
      at: run.status.queuedAt,
    };
  }
  return attempt ? { state: 'active', detail: 'Starting the agent' } : AHEAD;
}

function isolationWords(run: AgentDispatchRun): string | undefined {
  const isolation = run.status?.isolation;
  if (!isolation) return undefined;
  return isolation.notEnforced.length === 0
    ? 'Isolated'
    : `Not enforced: ${isolation.notEnforced.join(', ')}`;
}

function worked({ attempt, approvals }: RunParts): Outcome {
  const status = attempt?.status;
  const questions = (approvals ?? []).filter(
    ({ spec }) => spec.attempt === attempt?.metadata.name && spec.action !== 'write-back',
  );
  const asked =
    questions.length === 0
      ? undefined
      : `${questions.length} ${questions.length === 1 ? 'question' : 'questions'} asked`;
  switch (status?.phase) {
    case 'Running':
      return { state: 'active', detail: asked, at: status.startedAt };
    case 'Parked': {
      const [question] = pendingApprovals(questions);
      return {
        state: 'waiting',
        detail: question ? `Parked: ${question.spec.actionDetail.summary}` : 'Parked',
        at: question?.metadata.creationTimestamp,
      };
    }
    case 'Succeeded':
      return { state: 'done', detail: asked, at: status.completedAt };
    case 'Failed':
      return { state: 'failed', detail: status.exitMessage ?? status.exitReason, at: status.completedAt };
    case 'Cancelled':
      return { state: 'skipped', detail: 'Cancelled', at: status.completedAt };
    default:
      return AHEAD;
  }
}

function artifacts({ run, artifacts: made }: RunParts): Outcome {
  const outcome = byReason(run, 'ArtifactsIndexed', {
    Indexed: 'done',
    NoChanges: 'done',
    Pending: 'ahead',
    Failed: 'failed',
  });
  if (outcome.state !== 'done' || !made?.length) return outcome;
  return { ...outcome, detail: made.map(({ spec }) => spec.kind).join(', ') };
}

function writtenBack({ run }: RunParts): Outcome {
  return byReason(run, 'WrittenBack', {
    PullRequestOpened: 'done',
    NothingToWrite: 'skipped',
    Waiting: 'waiting',
    Denied: 'failed',
    Failed: 'failed',
    Pending: 'ahead',
  });
}

function proposed({ run }: RunParts): Outcome {
  if (run.status?.pullRequest)
    return {
      state: 'done',
      detail: run.status.pullRequest,
      at: conditionOf(run, 'WrittenBack')?.lastTransitionTime,
    };
  const { state } = writtenBack({ run });
  return state === 'skipped' || state === 'failed' ? { state: 'skipped', detail: 'None' } : AHEAD;
}
