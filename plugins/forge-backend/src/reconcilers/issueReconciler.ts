import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { User } from '@krate/plugin-control-plane-common';
import { Issue, KrateProject, Repository } from '@krate/plugin-forge-common';
import { issueNotices } from '../issues/issueNotices';

type Missing = 'RepositoryMissing' | 'ProjectMissing' | 'AssigneeMissing' | 'BlockerMissing';

/** Says whether an issue is open, blocked or closed, and tells those whom it concerns. */
export const issueReconciler = defineReconciler({
  for: Issue,
  reads: {
    repositories: reads.refs(Repository, 'spec.repositoryRefs'),
    projects: reads.refs(KrateProject, 'spec.projectRefs'),
    assignees: reads.refs(User, 'spec.assignees'),
    blockers: reads.refs(Issue, 'spec.blockedBy'),
  },

  reconcile({ repositories, projects, assignees, blockers, now }, issue): Result<typeof Issue> {
    const { spec } = issue;
    const blocking = blockers.items.filter(({ spec: other }) => other.state === 'open');
    const open = blocking.length > 0 ? 'Blocked' : 'Open';
    const phase = spec.state === 'closed' ? 'Closed' : open;
    const gaps: [Missing, string[]][] = [
      ['RepositoryMissing', repositories.missing],
      ['ProjectMissing', projects.missing],
      ['AssigneeMissing', assignees.missing],
      ['BlockerMissing', blockers.missing],
    ];
    const gap = gaps.find(([, names]) => names.length > 0);
    return {
      status: {
        phase,
        closedAt: spec.closed?.at ?? null,
        closedBy: spec.closed?.by ?? null,
        pullRequests: spec.closed?.pullRequest ? [spec.closed.pullRequest] : null,
        commentCount: spec.comments.length,
      },
      conditions: [
        gap
          ? {
              type: 'ReferencesResolved',
              status: 'False',
              reason: gap[0],
              message: `There is no ${gap[1].join(', ')}`,
            }
          : {
              type: 'ReferencesResolved',
              status: 'True',
              reason: 'Resolved',
              message: 'Everything it names exists',
            },
        { type: 'Ready', ...readyFrom(phase, blocking) },
      ],
      effects: issueNotices(issue, now),
    };
  },
});

function readyFrom(phase: 'Open' | 'Blocked' | 'Closed', blocking: Issue[]) {
  if (phase === 'Blocked') {
    const names = blocking.map(({ metadata }) => metadata.name).join(', ');
    return { status: 'False', reason: 'Blocked', message: `${names} must be closed first` } as const;
  }
  return phase === 'Closed'
    ? ({ status: 'True', reason: 'Closed', message: 'It is closed' } as const)
    : ({ status: 'True', reason: 'Open', message: 'It can be worked on' } as const);
}
