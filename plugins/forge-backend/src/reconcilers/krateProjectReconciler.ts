import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { Team } from '@krate/plugin-control-plane-common';
import { Issue, KrateProject, Repository } from '@krate/plugin-forge-common';

type Reason = 'Active' | 'Archived' | 'RepositoryMissing' | 'OwnerMissing';

/** Counts a board's issues, and says what it names that does not exist. */
export const krateProjectReconciler = defineReconciler({
  for: KrateProject,
  reads: {
    repositories: reads.refs(Repository, 'spec.repositoryRefs'),
    owner: reads.ref(Team, 'spec.owner'),
    issues: reads.referring(Issue, 'spec.projectRefs'),
  },

  reconcile({ repositories, owner, issues }, { spec }): Result<typeof KrateProject> {
    const { missing } = repositories;
    const open = issues.filter(issue => issue.spec.state === 'open').length;
    const message = `There is no repository ${missing.join(', ')}`;
    const ready = judge(spec, missing, owner);
    return {
      status: { phase: phaseOf(ready.reason), openIssues: open, closedIssues: issues.length - open },
      conditions: [
        missing.length > 0
          ? { type: 'RepositoriesResolved', status: 'False', reason: 'RepositoryMissing', message }
          : {
              type: 'RepositoriesResolved',
              status: 'True',
              reason: 'Resolved',
              message: 'Its repositories exist',
            },
        { type: 'Ready', ...ready },
      ],
    };
  },
});

function judge(spec: KrateProject['spec'], missing: string[], owner: Team | undefined) {
  const no = (reason: Reason, message: string) => ({ status: 'False', reason, message }) as const;
  if (spec.boardState === 'archived') return no('Archived', 'Its board is archived');
  if (missing.length > 0) return no('RepositoryMissing', `There is no repository ${missing.join(', ')}`);
  if (spec.owner && !owner) return no('OwnerMissing', `There is no team ${spec.owner}`);
  return { status: 'True', reason: 'Active', message: 'It can be worked on' } as const;
}

function phaseOf(reason: Reason) {
  if (reason === 'Archived') return 'Archived';
  return reason === 'Active' ? 'Ready' : 'Blocked';
}
