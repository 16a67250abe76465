import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { Team, User } from '@krate/plugin-control-plane-common';

/** Counts a team's members and names those who are no users. */
export const teamReconciler = defineReconciler({
  for: Team,
  reads: { members: reads.refs(User, 'spec.members'), maintainers: reads.refs(User, 'spec.maintainers') },

  reconcile({ members, maintainers }): Result<typeof Team> {
    const names = new Set([...members.items, ...maintainers.items].map(user => user.metadata.name));
    const missing = [...new Set([...members.missing, ...maintainers.missing])].sort();
    if (missing.length > 0) {
      const message = `No such users: ${missing.join(', ')}`;
      return {
        status: { memberCount: names.size },
        conditions: [{ type: 'Ready', status: 'False', reason: 'MemberMissing', message }],
      };
    }
    return {
      status: { memberCount: names.size },
      conditions: [
        { type: 'Ready', status: 'True', reason: 'MembersResolved', message: 'Every member is a user' },
      ],
    };
  },
});
