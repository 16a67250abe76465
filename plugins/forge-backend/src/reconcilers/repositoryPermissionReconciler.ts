import { ConditionUpdate, defineReconciler, reads, Result } from '@krate/controller-runtime';
import { Team, User } from '@krate/plugin-control-plane-common';
import { Repository, RepositoryPermission } from '@krate/plugin-forge-common';

/** Says whether a permission has effect; the authorizer reads the object itself. */
export const repositoryPermissionReconciler = defineReconciler({
  for: RepositoryPermission,
  reads: {
    repository: reads.ref(Repository, 'spec.repository'),
    user: reads.named(User, ({ spec }) => (spec.subject.kind === 'User' ? spec.subject.name : undefined)),
    team: reads.named(Team, ({ spec }) => (spec.subject.kind === 'Team' ? spec.subject.name : undefined)),
  },
  reconcile(ctx, { spec }): Result<typeof RepositoryPermission> {
    const ready = (
      reason: ConditionUpdate<typeof RepositoryPermission>['reason'],
      message: string,
      phase: 'Synced' | 'Revoked' | 'Pending',
    ) => ({
      status: { phase },
      conditions: [
        {
          type: 'Ready' as const,
          status: phase === 'Synced' ? ('True' as const) : ('False' as const),
          reason,
          message,
        },
      ],
    });
    if (spec.revoked) return ready('Revoked', 'The permission is revoked', 'Revoked');
    if (!ctx.repository) return ready('RepositoryMissing', 'The repository does not exist', 'Pending');
    if (!ctx.user && !ctx.team)
      return ready('SubjectMissing', `${spec.subject.kind} ${spec.subject.name} does not exist`, 'Pending');
    return ready('Granted', `${spec.subject.name} may ${spec.permission} ${spec.repository}`, 'Synced');
  },
});
