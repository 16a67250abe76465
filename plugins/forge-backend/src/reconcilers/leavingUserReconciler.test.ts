import { User } from '@krate/plugin-control-plane-common';
import { RepositoryPermission, SSHKey } from '@krate/plugin-forge-common';
import { Kind } from '@krate/resource-model';
import { leavingUserReconciler } from './leavingUserReconciler';

const an = (kind: Kind, name: string, spec: object): any => ({
  apiVersion: kind.apiVersion,
  kind: kind.kind,
  metadata: { name, namespace: 'krate-org-acme', uid: name },
  spec,
});
const permission = (kind: string, name: string) =>
  an(RepositoryPermission, `${kind}-${name}`, { subject: { kind, name } });

describe('a user who leaves', () => {
  const finalize = (permissions: any[], keys: any[] = []) =>
    leavingUserReconciler.finalize!(
      { now: new Date(0), effects: {}, permissions, keys },
      an(User, 'core', {}),
    );
  const others = [permission('Team', 'core'), permission('User', 'ada')];

  it('takes along permissions and keys, and nobody else’s', () => {
    const keys = [an(SSHKey, 'laptop', { owner: 'core' })];
    const { done, remove = [] } = finalize([permission('User', 'core'), ...others], keys);
    expect([done, remove.map(({ name }) => name)]).toEqual([false, ['User-core', 'laptop']]);
  });

  it('is gone when nothing of theirs is left', () => {
    expect(finalize(others)).toEqual({ done: true, remove: [] });
  });
});
