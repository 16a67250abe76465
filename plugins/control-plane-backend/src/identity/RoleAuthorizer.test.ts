import { mockServices } from '@backstage/backend-test-utils';
import { platformKinds } from '@krate/plugin-control-plane-common';
import { AccessAttributes, AuthorizationRule, Principal } from '@krate/plugin-control-plane-node';
import { defineKind, KindRegistry, KRATE_GROUP } from '@krate/resource-model';
import { SqliteResourceStore } from '@krate/resource-store';
import { z } from 'zod';
import { seedObject } from '../testing/seedObject';
import { Directory } from './Directory';
import { RoleAuthorizer } from './RoleAuthorizer';

const spec = z.object({});
const common = { area: 'test', storage: 'config', summary: 'For tests.', spec, examples: [] } as const;
const Repository = defineKind({
  ...common,
  kind: 'Repository',
  plural: 'repositories',
  writableBy: 'developer',
});
const RunnerPool = defineKind({
  ...common,
  kind: 'RunnerPool',
  plural: 'runnerpools',
  platform: true,
  writableBy: 'admin',
});
const AgentApproval = defineKind({
  ...common,
  kind: 'AgentApproval',
  plural: 'agentapprovals',
  writableBy: 'system',
  actions: {
    approve: {
      field: 'spec.decision',
      by: 'spec.decidedBy',
      at: 'spec.decidedAt',
      with: ['spec.comment'],
      role: 'maintainer',
    },
  },
});
const kinds = new KindRegistry([...platformKinds, Repository, RunnerPool, AgentApproval]);

const user = (name: string): Principal => ({ type: 'user', name });
const run: Principal = {
  type: 'run',
  name: 'fix-1',
  namespace: 'krate-org-acme',
  kind: 'AgentDispatchRun',
  uid: 'u',
  repository: 'web',
};
const acme = 'krate-org-acme';

describe('RoleAuthorizer', () => {
  let store: SqliteResourceStore;
  let directory: Directory;
  const seed = (kind: string, namespace: string, name: string, objectSpec: object) =>
    seedObject(store, kinds.kind(kind)!, namespace, name, objectSpec);
  const authorizer = (
    rules: AuthorizationRule[] = [],
    organizationCreators: 'administrators' | 'everyone' = 'administrators',
  ) => new RoleAuthorizer({ directory, kinds, rules, organizationCreators });

  async function seedMember(login: string, role?: string, namespace = acme, scope = 'organization') {
    await seed('User', namespace, login, { displayName: login });
    await seed('IdentityMapping', namespace, login, { user: login, provider: 'backstage', subject: login });
    if (!role) return;
    const subject = { kind: 'User', name: login };
    await seed('AgentRoleBinding', namespace, `${login}-${role}`, {
      subject,
      scope: { kind: scope },
      roleRef: { name: role },
    });
  }

  beforeEach(async () => {
    store = await SqliteResourceStore.open({ file: ':memory:' });
    directory = new Directory({ store, kinds, reads: ['repositories'], logger: mockServices.logger.mock() });
    await directory.start();
    await seedMember('vera', 'viewer');
    await seedMember('dev', 'developer');
    await seedMember('mia', 'maintainer');
    await seedMember('ada', 'admin');
    await seedMember('norole');
    await seedMember('root', 'admin', 'krate-system', 'cluster');
    await seedMember('fake', 'admin', acme, 'cluster');
  });
  afterEach(async () => {
    await directory.stop();
    await store.close();
  });

  const on = (verb: string, resource: string, more: Partial<AccessAttributes> = {}): AccessAttributes => ({
    verb,
    group: KRATE_GROUP,
    resource,
    namespace: acme,
    ...more,
  });
  const secret = (verb: string) => on(verb, 'secrets', { group: '' });

  it.each([
    { reason: 'whoever has a role somewhere', who: user('vera'), want: true },
    { reason: 'an administrator of the platform', who: user('root'), want: true },
    { reason: 'not a member without a role', who: user('norole'), want: false },
    { reason: 'not somebody who is only signed in', who: user('stranger'), want: false },
    { reason: 'not a run', who: run, want: false },
  ])('belongs here: $reason', async ({ who, want }) => {
    const seen: boolean[] = [];
    const rule: AuthorizationRule = {
      name: 'listens',
      decide: (_principal, _attributes, context) => void seen.push(context.belongs()),
    };
    await authorizer([rule]).authorize(who, on('get', 'repositories', { name: 'web' }));
    expect(seen).toEqual([want]);
  });

  it('belongs nowhere once suspended everywhere', async () => {
    await seed('User', acme, 'vera', { displayName: 'vera', disabled: true });
    const seen: boolean[] = [];
    const rule: AuthorizationRule = {
      name: 'listens',
      decide: (_principal, _attributes, context) => void seen.push(context.belongs()),
    };
    await authorizer([rule]).authorize(user('vera'), on('get', 'repositories', { name: 'web' }));
    expect(seen).toEqual([false]);
  });

  it.each([
    { reason: 'a viewer reads', who: user('vera'), may: on('list', 'repositories') },
    {
      reason: 'a developer writes what developers write',
      who: user('dev'),
      may: on('create', 'repositories'),
    },
    {
      reason: 'a maintainer takes a maintainer’s action',
      who: user('mia'),
      may: on('approve', 'agentapprovals'),
    },
    { reason: 'an admin writes members', who: user('ada'), may: on('create', 'users') },
    {
      reason: 'an admin changes the organization',
      who: user('ada'),
      may: on('patch', 'organizations', { namespace: 'krate-system', name: 'acme' }),
    },
    {
      reason: 'a viewer reads the own organization',
      who: user('vera'),
      may: on('get', 'organizations', { namespace: 'krate-system', name: 'acme' }),
    },
    {
      reason: 'a viewer reads the own namespace',
      who: user('vera'),
      may: on('get', 'namespaces', { group: '', namespace: undefined, name: acme }),
    },
    {
      reason: 'a member reads platform objects',
      who: user('vera'),
      may: on('list', 'runnerpools', { namespace: 'krate-system' }),
    },
    {
      reason: 'a platform administrator writes anywhere',
      who: user('root'),
      may: on('create', 'repositories'),
    },
    {
      reason: 'a platform administrator lists everywhere',
      who: user('root'),
      may: on('list', 'repositories', { namespace: undefined }),
    },
    {
      reason: 'a platform administrator creates organizations',
      who: user('root'),
      may: on('create', 'organizations', { namespace: 'krate-system' }),
    },
    {
      reason: 'everybody asks about themselves',
      who: user('stranger'),
      may: on('create', 'selfsubjectaccessreviews', { group: 'authorization.k8s.io', namespace: undefined }),
    },
    { reason: 'a run reads itself', who: run, may: on('get', 'repositories', { name: 'web' }) },
    {
      reason: 'the system does everything',
      who: { type: 'system', name: 'test' } as Principal,
      may: on('patch', 'agentapprovals', { subresource: 'status' }),
    },
    { reason: 'an admin reads the audit trail', who: user('ada'), may: on('list', 'auditevents') },
    { reason: 'a platform administrator as well', who: user('root'), may: on('list', 'auditevents') },
  ])('allows: $reason', async ({ who, may }) => {
    expect(await authorizer().authorize(who, may)).toMatchObject({ allowed: true });
  });

  it.each([
    {
      reason: 'a viewer does not write',
      who: user('vera'),
      not: on('create', 'repositories'),
      says: /role developer in the organization acme, you have viewer; an admin/,
    },
    {
      reason: 'a maintainer does not read the audit trail',
      who: user('mia'),
      not: on('list', 'auditevents'),
      says: /role admin/,
    },
    {
      reason: 'nobody writes the audit trail',
      who: user('root'),
      not: on('create', 'auditevents'),
      says: /by the system only/,
    },
    { reason: 'a developer reads no Secrets', who: user('dev'), not: secret('get'), says: /role maintainer/ },
    { reason: 'a maintainer writes no Secrets', who: user('mia'), not: secret('create'), says: /role admin/ },
    {
      reason: 'nobody creates what the system writes',
      who: user('ada'),
      not: on('create', 'agentapprovals'),
      says: /by the system only/,
    },
    {
      reason: 'not even a platform administrator',
      who: user('root'),
      not: on('create', 'agentapprovals'),
      says: /by the system only/,
    },
    {
      reason: 'no person writes status',
      who: user('root'),
      not: on('patch', 'repositories', { subresource: 'status' }),
      says: /only controllers/,
    },
    {
      reason: 'a member without a role sees nothing',
      who: user('norole'),
      not: on('get', 'repositories'),
      says: /you have none/,
    },
    {
      reason: 'a stranger sees nothing',
      who: user('stranger'),
      not: on('get', 'repositories'),
      says: /you have none/,
    },
    {
      reason: 'no admin of an organization lists all namespaces',
      who: user('ada'),
      not: on('list', 'repositories', { namespace: undefined }),
      says: /one namespace/,
    },
    {
      reason: 'no admin of an organization lists all organizations',
      who: user('ada'),
      not: on('list', 'organizations', { namespace: 'krate-system' }),
      says: /platform administrator/,
    },
    {
      reason: 'no admin of an organization creates another',
      who: user('ada'),
      not: on('create', 'organizations', { namespace: 'krate-system' }),
      says: /platform administrator/,
    },
    {
      reason: 'a binding of scope cluster in an organization gives nothing',
      who: user('fake'),
      not: on('get', 'repositories'),
      says: /you have none/,
    },
    {
      reason: 'nobody without credentials',
      who: { type: 'anonymous' } as Principal,
      not: on('get', 'repositories'),
      says: /sign in/,
    },
    {
      reason: 'a run reads no other object',
      who: run,
      not: on('get', 'repositories', { name: 'other' }),
      says: /only what it runs on/,
    },
    {
      reason: 'a run reads no other namespace',
      who: run,
      not: on('get', 'repositories', { namespace: 'krate-org-globex', name: 'web' }),
      says: /own namespace/,
    },
    { reason: 'a run reads no Secrets', who: run, not: secret('get'), says: /no Secrets/ },
  ])('refuses: $reason', async ({ who, not, says }) => {
    const decision = await authorizer().authorize(who, not);
    expect(decision).toMatchObject({ allowed: false, reason: expect.stringMatching(says) });
  });

  it('lets who may only act change only the fields of the action', async () => {
    const decision = await authorizer().authorize(user('mia'), on('patch', 'agentapprovals', { name: 'a' }));
    expect(decision).toMatchObject({
      allowed: true,
      onlyFields: ['spec.decision', 'spec.decidedBy', 'spec.decidedAt', 'spec.comment'],
    });
    expect(await authorizer().authorize(user('dev'), on('patch', 'agentapprovals'))).toMatchObject({
      allowed: false,
    });
  });

  it('knows a role as soon as its binding is written, and forgets a disabled user', async () => {
    const may = () => authorizer().authorize(user('late'), on('get', 'repositories'));
    expect((await may()).allowed).toBe(false);
    await seedMember('late', 'viewer');
    expect((await may()).allowed).toBe(true);
    await seed('User', acme, 'late', { displayName: 'late', disabled: true });
    expect((await may()).allowed).toBe(false);
  });

  it('gives roles through teams, and lets a team’s maintainers change it', async () => {
    await seed('Team', acme, 'core', { displayName: 'Core', members: [], maintainers: ['norole'] });
    const subject = { kind: 'Team', name: 'core' };
    await seed('AgentRoleBinding', acme, 'core', {
      subject,
      scope: { kind: 'organization' },
      roleRef: { name: 'developer' },
    });
    expect(await authorizer().authorize(user('norole'), on('create', 'repositories'))).toMatchObject({
      allowed: true,
    });
    expect(
      await authorizer().authorize(user('norole'), on('patch', 'teams', { name: 'core' })),
    ).toMatchObject({ allowed: true });
    expect(await authorizer().authorize(user('vera'), on('patch', 'teams', { name: 'core' }))).toMatchObject({
      allowed: false,
    });
  });

  it('lets everyone create organizations when configured', async () => {
    const create = on('create', 'organizations', { namespace: 'krate-system' });
    expect(await authorizer([], 'everyone').authorize(user('stranger'), create)).toMatchObject({
      allowed: true,
    });
  });

  describe('with rules of areas', () => {
    const publicRead: AuthorizationRule = {
      name: 'public',
      reads: ['repositories'],
      decide: (_principal, { verb, namespace = '' }, context) => {
        const found = context.objects<{ metadata: { name: string } }>('repositories', namespace);
        return verb === 'get' && found.length > 0 ? { decision: 'allow', reason: 'public' } : undefined;
      },
    };
    const freeze: AuthorizationRule = {
      name: 'freeze',
      decide: () => ({ decision: 'deny', reason: 'frozen' }),
    };

    it('allows what a rule allows, from objects it reads', async () => {
      const get = on('get', 'repositories', { name: 'web' });
      expect(await authorizer([publicRead]).authorize({ type: 'anonymous' }, get)).toMatchObject({
        allowed: false,
      });
      await seed('Repository', acme, 'web', {});
      expect(await authorizer([publicRead]).authorize({ type: 'anonymous' }, get)).toMatchObject({
        allowed: true,
      });
    });

    it.each([user('dev'), user('ada'), user('root'), run])('lets no rule open a status to %j', async who => {
      const all: AuthorizationRule = { name: 'all', decide: () => ({ decision: 'allow', reason: 'all' }) };
      const write = on('patch', 'repositories', { name: 'web', subresource: 'status' });
      expect(await authorizer([all]).authorize(who, write)).toMatchObject({ allowed: false });
    });

    it('lets one deny win over every allow', async () => {
      const decision = await authorizer([publicRead, freeze]).authorize(
        user('ada'),
        on('get', 'repositories'),
      );
      expect(decision).toEqual({ allowed: false, reason: 'frozen' });
    });

    it.each(['approve', 'create'])('never lets a run %s an approval', async verb => {
      const generous: AuthorizationRule = {
        name: 'generous',
        decide: () => ({ decision: 'allow', reason: 'all' }),
      };
      const decision = await authorizer([generous]).authorize(run, on(verb, 'agentapprovals', { name: 'a' }));
      expect(decision.allowed).toBe(false);
    });
  });
});
