import { createHash } from 'node:crypto';
import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { RefPolicy, Repository } from '@krate/plugin-forge-common';

/** Says whether a policy binds something; pushes and merges read the object itself. */
export const refPolicyReconciler = defineReconciler({
  for: RefPolicy,
  owns: ['Compiled', 'Ready'],
  reads: { repository: reads.ref(Repository, 'spec.repository') },
  reconcile({ repository, now }, { spec, status }): Result<typeof RefPolicy> {
    const digest = `sha256:${createHash('sha256').update(JSON.stringify(spec)).digest('hex')}`;
    const known = status?.bundleDigest === digest ? status.compiledAt : undefined;
    const gate = spec.hookGates[0];
    const missing = spec.repository !== undefined && !repository;
    return {
      status: {
        phase: missing ? 'Pending' : 'Active',
        bundleDigest: digest,
        compiledAt: known ?? now.toISOString(),
      },
      conditions: [
        gate
          ? {
              type: 'Compiled',
              status: 'False',
              reason: 'ModuleMissing',
              message: `No gate is run by this installation; ${gate.mode === 'enforce' ? 'pushes are refused' : 'nothing is recorded'} for ${gate.name}`,
            }
          : { type: 'Compiled', status: 'True', reason: 'Compiled', message: 'Every rule can be applied' },
        missing
          ? {
              type: 'Ready',
              status: 'False',
              reason: 'RepositoryMissing',
              message: 'The repository does not exist',
            }
          : {
              type: 'Ready',
              status: 'True',
              reason: 'Enforced',
              message: `Binds ${spec.repository ?? 'every repository'}`,
            },
      ],
    };
  },
});
