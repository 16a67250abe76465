import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { IdentityMapping, User } from '@krate/plugin-control-plane-common';

/** Says whether a login leads to a user. Of two mappings of one login the older counts. */
export const identityMappingReconciler = defineReconciler({
  for: IdentityMapping,
  reads: { user: reads.ref(User, 'spec.user'), mappings: reads.all(IdentityMapping) },

  reconcile({ user, mappings }, mapping): Result<typeof IdentityMapping> {
    if (mappings.some(other => isSameLogin(other, mapping) && isOlder(other, mapping))) {
      const message = 'Another mapping of this login is older and counts';
      return {
        status: { phase: 'Pending' },
        conditions: [{ type: 'Ready', status: 'False', reason: 'SubjectTaken', message }],
      };
    }
    if (!user) {
      const message = `No user is called ${mapping.spec.user}`;
      return {
        status: { phase: 'Pending' },
        conditions: [{ type: 'Ready', status: 'False', reason: 'UserMissing', message }],
      };
    }
    return {
      status: { phase: 'Synced' },
      conditions: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'UserResolved',
          message: `The login is ${mapping.spec.user}`,
        },
      ],
    };
  },
});

function isSameLogin(a: IdentityMapping, b: IdentityMapping): boolean {
  return (
    a.metadata.uid !== b.metadata.uid &&
    a.spec.provider === b.spec.provider &&
    a.spec.subject === b.spec.subject
  );
}

function isOlder({ metadata: a }: IdentityMapping, { metadata: b }: IdentityMapping): boolean {
  if (a.creationTimestamp !== b.creationTimestamp) return a.creationTimestamp < b.creationTimestamp;
  return a.name < b.name;
}
