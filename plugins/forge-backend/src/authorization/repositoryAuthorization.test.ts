import { KRATE_GROUP } from '@krate/resource-model';
import { AuthorizationContext, Principal } from '@krate/plugin-control-plane-node';
import { repositoryAuthorization } from './repositoryAuthorization';

const namespace = 'krate-org-acme';
const bob: Principal = { type: 'user', name: 'bob' };

/** Bob has no role, and `admin` on the repository web. */
const context: AuthorizationContext = {
  roleIn: () => undefined,
  belongs: () => true,
  membership: () => ({ user: 'bob', teams: [] }),
  objects: <T>(resource: string) =>
    ({
      repositories: [{ metadata: { name: 'web' }, spec: { visibility: 'private' } }],
      pullrequests: [{ metadata: { name: 'web-1' }, spec: { repository: 'web' } }],
      repositorypermissions: [
        {
          metadata: { name: 'bob-web' },
          spec: { repository: 'web', subject: { kind: 'User', name: 'bob' }, permission: 'admin' },
        },
      ],
    })[resource] as unknown as readonly T[],
};

describe('repositoryAuthorization', () => {
  it.each([
    {
      verb: 'update',
      resource: 'pullrequests',
      name: 'web-1',
      subresource: undefined,
      allows: true,
      reason: 'what it asks for',
    },
    {
      verb: 'get',
      resource: 'pullrequests',
      name: 'web-1',
      subresource: 'status',
      allows: true,
      reason: 'how far it is',
    },
    {
      verb: 'update',
      resource: 'pullrequests',
      name: 'web-1',
      subresource: 'status',
      allows: false,
      reason: 'a status is the controller’s',
    },
    {
      verb: 'patch',
      resource: 'pullrequests',
      name: 'web-1',
      subresource: 'status',
      allows: false,
      reason: 'a status is the controller’s',
    },
    {
      verb: 'patch',
      resource: 'repositories',
      name: 'web',
      subresource: 'status',
      allows: false,
      reason: 'a status is the controller’s',
    },
  ])(
    'a permission on the repository gives $verb of $resource/$subresource: $allows ($reason)',
    ({ allows, reason: _, ...asked }) => {
      const verdict = repositoryAuthorization.decide(
        bob,
        { group: KRATE_GROUP, namespace, ...asked },
        context,
      );
      expect(verdict?.decision).toBe(allows ? 'allow' : undefined);
    },
  );
});
