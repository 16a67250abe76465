import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { Team, User } from '@krate/plugin-control-plane-common';

/** Says whether a user has rights at all, and which teams they are in. */
export const userReconciler = defineReconciler({
  for: User,
  reads: {
    memberOf: reads.referring(Team, 'spec.members'),
    maintains: reads.referring(Team, 'spec.maintainers'),
  },

  reconcile({ memberOf, maintains }, { spec }): Result<typeof User> {
    const teams = [...new Set([...memberOf, ...maintains].map(team => team.metadata.name))].sort();
    if (spec.disabled) {
      return {
        status: { phase: 'Disabled', teams },
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'Disabled',
            message: 'The user is disabled and has no rights',
          },
        ],
      };
    }
    return {
      status: { phase: 'Active', teams },
      conditions: [{ type: 'Ready', status: 'True', reason: 'Active', message: 'The user is a member' }],
    };
  },
});
