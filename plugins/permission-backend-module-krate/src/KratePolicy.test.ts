import { permissionRules } from '@backstage/plugin-catalog-backend/alpha';
import {
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogLocationCreatePermission,
  catalogLocationDeletePermission,
  catalogLocationReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import { AuthorizeResult, createPermission, Permission } from '@backstage/plugin-permission-common';
import { createConditionAuthorizer, PolicyQueryUser } from '@backstage/plugin-permission-node';
import { platformKinds } from '@krate/plugin-control-plane-common';
import { ControlPlane, Membership, Principal } from '@krate/plugin-control-plane-node';
import { KratePolicy } from './KratePolicy';

const membership = (organization: string): Membership => ({
  organization,
  displayName: organization,
  namespace: `krate-org-${organization}`,
  user: 'ada',
  role: 'viewer',
  teams: [],
});
const nameOf = (principal: Principal) => ('name' in principal ? principal.name : '');

/** The part of the control plane the policy asks; Ada is in acme, Root is a platform administrator. */
const controlPlane = {
  kinds: { all: () => platformKinds },
  isPlatformAdministrator: async (principal: Principal) => nameOf(principal) === 'root',
  organizationsOf: async (principal: Principal) => (nameOf(principal) === 'ada' ? [membership('acme')] : []),
  authorize: async (principal: Principal) => ({ allowed: nameOf(principal) === 'root', reason: '' }),
} as unknown as ControlPlane;

const policy = new KratePolicy(async () => controlPlane);
const as = (userEntityRef: string) =>
  ({ credentials: { principal: { type: 'user', userEntityRef } } }) as unknown as PolicyQueryUser;
const ada = as('user:default/ada');
const root = as('user:default/root');
const named = (name: string, action: 'create' | 'read' = 'create') =>
  createPermission({ name, attributes: { action } });
const task = createPermission({
  name: 'scaffolder.task.read',
  attributes: { action: 'read' },
  resourceType: 'scaffolder-task',
});
const { ALLOW, DENY, CONDITIONAL } = AuthorizeResult;

describe('KratePolicy', () => {
  it.each<{
    reason: string;
    who: PolicyQueryUser | undefined;
    permission: Permission;
    want: AuthorizeResult;
  }>([
    {
      reason: 'nobody reads without sign-in',
      who: undefined,
      permission: catalogEntityReadPermission,
      want: DENY,
    },
    {
      reason: 'a user of another catalog namespace is nobody',
      who: as('user:development/guest'),
      permission: catalogEntityReadPermission,
      want: DENY,
    },
    {
      reason: 'a member reads their part of the catalog',
      who: ada,
      permission: catalogEntityReadPermission,
      want: CONDITIONAL,
    },
    {
      reason: 'a member refreshes what they read',
      who: ada,
      permission: catalogEntityRefreshPermission,
      want: CONDITIONAL,
    },
    {
      reason: 'a member does not delete entities',
      who: ada,
      permission: catalogEntityDeletePermission,
      want: DENY,
    },
    {
      reason: 'a member does not create entities',
      who: ada,
      permission: catalogEntityCreatePermission,
      want: DENY,
    },
    {
      reason: 'a member registers no location',
      who: ada,
      permission: catalogLocationCreatePermission,
      want: DENY,
    },
    {
      reason:
        'a member does not ask where an entity is from: that is told of entities they may not read, too',
      who: ada,
      permission: catalogLocationReadPermission,
      want: DENY,
    },
    { reason: 'a member runs templates', who: ada, permission: named('scaffolder.task.create'), want: ALLOW },
    { reason: 'a member sees their own tasks', who: ada, permission: task, want: CONDITIONAL },
    {
      reason: 'a member does not manage templates',
      who: ada,
      permission: named('scaffolder.template.management'),
      want: DENY,
    },
    {
      reason: 'a write nobody thought of needs an administrator',
      who: ada,
      permission: named('other.thing.write'),
      want: DENY,
    },
    {
      reason: 'a read nobody thought of is for everybody',
      who: ada,
      permission: named('other.thing.read', 'read'),
      want: ALLOW,
    },
    {
      reason: 'an administrator reads all of the catalog',
      who: root,
      permission: catalogEntityReadPermission,
      want: ALLOW,
    },
    {
      reason: 'an administrator removes locations',
      who: root,
      permission: catalogLocationDeletePermission,
      want: ALLOW,
    },
    {
      reason: 'Krate’s own permissions are the authorizer’s',
      who: ada,
      permission: named('krate.organizations.create'),
      want: DENY,
    },
    {
      reason: 'and it allows who may',
      who: root,
      permission: named('krate.organizations.create'),
      want: ALLOW,
    },
    { reason: 'and knows no other kinds', who: root, permission: named('krate.nothings.create'), want: DENY },
  ])('$reason', async ({ who, permission, want }) => {
    expect((await policy.handle({ permission }, who)).result).toBe(want);
  });

  describe('the catalog as a member sees it', () => {
    const entity = (
      kind: string,
      name: string,
      annotations: Record<string, string> = {},
      spec: object = {},
    ) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { name, annotations },
      spec,
    });
    const org = (value: string) => ({ 'krate.a5c.ai/org': value });

    it.each([
      {
        reason: 'a repository of the own organization',
        given: entity('Component', 'web', org('acme')),
        want: true,
      },
      {
        reason: 'a repository of another organization',
        given: entity('Component', 'web', org('globex')),
        want: false,
      },
      { reason: 'another organization itself', given: entity('Group', 'globex', org('globex')), want: false },
      { reason: 'a template', given: entity('Template', 'service'), want: true },
      { reason: 'oneself', given: entity('User', 'ada'), want: true },
      {
        reason: 'a colleague',
        given: entity('User', 'grace', {}, { memberOf: ['group:default/acme'] }),
        want: true,
      },
      {
        reason: 'somebody else’s colleague',
        given: entity('User', 'eve', {}, { memberOf: ['group:default/globex'] }),
        want: false,
      },
    ])('$reason: $want', async ({ given, want }) => {
      const decision = await policy.handle({ permission: catalogEntityReadPermission }, ada);
      const isAllowed = createConditionAuthorizer(Object.values(permissionRules) as never[]);
      expect(isAllowed(decision, given)).toBe(want);
    });
  });
});
