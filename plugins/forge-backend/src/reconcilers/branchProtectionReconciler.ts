import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { BranchProtection, Repository } from '@krate/plugin-forge-common';

/** Says whether a protection binds something; pushes and merges read the object itself. */
export const branchProtectionReconciler = defineReconciler({
  for: BranchProtection,
  reads: { repository: reads.ref(Repository, 'spec.repository') },
  reconcile({ repository }, { spec }): Result<typeof BranchProtection> {
    if (spec.repository && !repository) {
      return {
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'RepositoryMissing',
            message: 'The repository does not exist',
          },
        ],
      };
    }
    const where = spec.repository ?? 'every repository';
    return {
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'Enforced',
          message: `Protects ${spec.refs.join(', ')} of ${where}`,
        },
      ],
    };
  },
});
