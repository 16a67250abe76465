import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { User } from '@krate/plugin-control-plane-common';
import { RepositoryPermission, SSHKey } from '@krate/plugin-forge-common';
import { Resource } from '@krate/resource-model';

/** Removes the permissions and keys of a user who is deleted: the next one of that name must not find them. */
export const leavingUserReconciler = defineReconciler({
  for: User,
  name: 'repository-access-of-users',
  // What is to be said of a user, the control plane says.
  owns: [],
  reads: { permissions: reads.all(RepositoryPermission), keys: reads.referring(SSHKey, 'spec.owner') },
  reconcile: () => ({}),
  finalize({ permissions, keys }, { metadata }): Result<typeof User> & { done: boolean } {
    const given = permissions.filter(
      ({ spec: { subject } }) => subject.kind === User.kind && subject.name === metadata.name,
    );
    const remove = [...given.map(placeOf(RepositoryPermission)), ...keys.map(placeOf(SSHKey))];
    return { done: remove.length === 0, remove };
  },
});

function placeOf<K>(kind: K) {
  return ({ metadata: { namespace, name } }: Resource) => ({ kind, namespace, name });
}
