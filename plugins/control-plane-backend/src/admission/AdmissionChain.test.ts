import { mockServices } from '@backstage/backend-test-utils';
import { ResourceClient } from '@krate/controller-runtime';
import {
  AgentRoleBinding,
  IdentityMapping,
  Namespace,
  Organization,
  platformKinds,
  User,
  View,
} from '@krate/plugin-control-plane-common';
import { AdmissionRequest, Principal } from '@krate/plugin-control-plane-node';
import { defineKind, Kind, KindRegistry, ref } from '@krate/resource-model';
import { SqliteResourceStore } from '@krate/resource-store';
import { z } from 'zod';
import { Directory } from '../identity/Directory';
import { RoleAuthorizer } from '../identity/RoleAuthorizer';
import { seedObject } from '../testing/seedObject';
import { AdmissionChain } from './AdmissionChain';

const common = { area: 'test', storage: 'config', summary: 'For tests.', examples: [] } as const;
const Repository = defineKind({
  ...common,
  kind: 'Repository',
  plural: 'repositories',
  writableBy: 'developer',
  spec: z.object({}),
});
const Change = defineKind({
  ...common,
  kind: 'Change',
  plural: 'changes',
  writableBy: 'developer',
  spec: z.object({
    repository: ref('Repository').optional(),
    reviewers: z.array(z.object({ user: ref('User') })).optional(),
    title: z.string().optional(),
    proposedBy: z.string().optional(),
    secretRef: z.object({ namespace: z.string().optional(), name: z.string() }).optional(),
    merge: z
      .object({ method: z.string(), requestedBy: z.string().optional(), requestedAt: z.string().optional() })
      .optional(),
  }),
  author: 'spec.proposedBy',
  actions: {
    merge: {
      field: 'spec.merge',
      by: 'spec.merge.requestedBy',
      at: 'spec.merge.requestedAt',
      role: 'maintainer',
      repeatable: true,
    },
  },
});
const Question = defineKind({
  ...common,
  kind: 'Question',
  plural: 'questions',
  writableBy: 'system',
  spec: z.object({
    decision: z.string().optional(),
    comment: z.string().optional(),
    text: z.string().optional(),
  }),
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
const kinds = new KindRegistry([...platformKinds, Repository, Change, Question]);
const acme = 'krate-org-acme';
const dev: Principal = { type: 'user', name: 'dev' };
const mia: Principal = { type: 'user', name: 'mia' };
const ada: Principal = { type: 'user', name: 'ada' };
const system: Principal = { type: 'system', name: 'test' };
const now = new Date('2026-11-20T10:00:00.000Z');

describe('AdmissionChain', () => {
  let store: SqliteResourceStore;
  let directory: Directory;
  let chain: AdmissionChain;
  let authorizer: RoleAuthorizer;

  beforeEach(async () => {
    store = await SqliteResourceStore.open({ file: ':memory:' });
    directory = new Directory({ store, kinds, reads: [], logger: mockServices.logger.mock() });
    await directory.start();
    authorizer = new RoleAuthorizer({ directory, kinds, rules: [], organizationCreators: 'administrators' });
    chain = new AdmissionChain({ rules: [], authorizer, directory, kinds, now: () => now });
    for (const [login, role] of [
      ['dev', 'developer'],
      ['mia', 'maintainer'],
      ['ada', 'admin'],
    ]) {
      await seedObject(store, User, acme, login, { displayName: login });
      await seedObject(store, IdentityMapping, acme, login, {
        user: login,
        provider: 'backstage',
        subject: login,
      });
      const subject = { kind: 'User', name: login };
      await seedObject(store, AgentRoleBinding, acme, login, {
        subject,
        scope: { kind: 'organization' },
        roleRef: { name: role },
      });
    }
    await directory.catchUp();
  });
  afterEach(async () => {
    await directory.stop();
    await store.close();
  });

  /** Reads what the rules look up, straight from the store. */
  const client = {
    get: async (kind: Kind, key: { namespace?: string; name: string }) => {
      const found = await store.get({
        group: kind.group,
        resource: kind.plural,
        namespace: key.namespace ?? '',
        name: key.name,
      });
      return found && JSON.parse(found.json);
    },
    list: async (kind: Kind, { namespace }: { namespace?: string }) => {
      const { items } = await store.list({ group: kind.group, resource: kind.plural, namespace });
      return { items: items.map(item => JSON.parse(item.json)), resourceVersion: '1' };
    },
  } as unknown as ResourceClient;

  async function admit(
    kind: Kind,
    spec: any,
    more: Partial<AdmissionRequest> & { name?: string; old?: any; metadata?: any } = {},
  ) {
    const {
      name = 'one',
      old,
      metadata,
      namespace = acme,
      principal = dev,
      operation = old ? 'update' : 'create',
    } = more;
    const wire = (objectSpec: any, meta = {}): any => ({
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      metadata: { name, namespace, ...meta },
      spec: objectSpec,
    });
    const labels = { 'krate.a5c.ai/org': 'acme' };
    const request: AdmissionRequest = {
      operation,
      kind,
      namespace,
      object: wire(structuredClone(spec), structuredClone(metadata ?? (old ? { labels } : {}))),
      oldObject: old && wire({ organizationRef: 'acme', ...old }, { labels, annotations: {} }),
      principal,
      dryRun: false,
      client,
      expect: () => undefined,
      allows: (verb, of, named) =>
        authorizer.decide(principal, { verb, group: of.group, resource: of.plural, namespace, name: named })
          .allowed,
    };
    await chain.prepare(request);
    await chain.admit(request);
    return request.object as any;
  }
  const refusedFor = (reason: string, code: string, field?: string) =>
    expect.objectContaining({
      reason,
      details: expect.objectContaining({
        causes: [expect.objectContaining({ reason: code, ...(field ? { field } : {}) })],
      }),
    });

  it('fills in the organization, its label and the creator', async () => {
    const object = await admit(
      Repository,
      {},
      { metadata: { annotations: { 'krate.a5c.ai/created-by': 'somebody-else' } } },
    );
    expect(object).toMatchObject({
      metadata: { labels: { 'krate.a5c.ai/org': 'acme' }, annotations: { 'krate.a5c.ai/created-by': 'dev' } },
      spec: { organizationRef: 'acme' },
    });
  });

  it.each([
    { reason: 'is the caller', spec: {}, more: {}, by: 'dev' },
    { reason: 'is nobody the caller names', spec: { proposedBy: 'mia' }, more: {}, by: 'dev' },
    {
      reason: 'is whom the system names',
      spec: { proposedBy: 'mia' },
      more: { principal: system },
      by: 'mia',
    },
    { reason: 'is nobody when the system names none', spec: {}, more: { principal: system }, by: undefined },
    {
      reason: 'stays when somebody else writes',
      spec: { title: 'new' },
      more: { old: { proposedBy: 'dev' }, principal: mia },
      by: 'dev',
    },
    {
      reason: 'cannot be taken over',
      spec: { proposedBy: 'mia' },
      more: { old: { proposedBy: 'dev' }, principal: mia },
      by: 'dev',
    },
    {
      reason: 'is kept by the system as well',
      spec: { title: 'new' },
      more: { old: { proposedBy: 'dev' }, principal: system },
      by: 'dev',
    },
  ])('the author of a kind that declares one $reason', async ({ spec, more, by }) => {
    expect((await admit(Change, spec, more)).spec.proposedBy).toBe(by);
  });

  it.each([
    {
      reason: 'another organization',
      spec: { organizationRef: 'globex' },
      code: 'ORG_NAMESPACE_MISMATCH',
      status: 'Invalid',
    },
    {
      reason: 'a reference with a place',
      spec: { repository: 'globex/web' },
      code: 'CROSS_ORG_REF_DENIED',
      status: 'Forbidden',
    },
    {
      reason: 'a nested reference with a namespace',
      spec: { reviewers: [{ user: 'eve' }, { user: 'krate-org-globex/eve' }] },
      code: 'CROSS_ORG_REF_DENIED',
      status: 'Forbidden',
    },
    {
      reason: 'an object in another namespace',
      spec: { secretRef: { namespace: 'krate-org-globex', name: 'key' } },
      code: 'CROSS_ORG_REF_DENIED',
      status: 'Forbidden',
    },
    {
      reason: 'an object in the platform namespace',
      spec: { secretRef: { namespace: 'krate-system', name: 'key' } },
      code: 'CROSS_ORG_REF_DENIED',
      status: 'Forbidden',
    },
  ])('refuses $reason without repeating its name', async ({ spec, code, status }) => {
    const error = await admit(Change, spec).catch(caught => caught);
    expect(error).toEqual(refusedFor(status, code));
    expect(JSON.stringify(error.toStatus())).not.toMatch(/globex|eve/);
  });

  it('lets a reference be unresolved, and lets its own namespace be spelled', async () => {
    const spec = { repository: 'not-yet', secretRef: { namespace: acme, name: 'key' } };
    expect(await admit(Change, spec)).toMatchObject({ spec });
  });

  it.each([
    {
      reason: 'a label of another organization',
      kind: Repository,
      more: { metadata: { labels: { 'krate.a5c.ai/org': 'globex' } } },
      want: ['Invalid', 'ORG_NAMESPACE_MISMATCH'],
    },
    {
      reason: 'an organization’s kind in the platform namespace',
      kind: Repository,
      more: { namespace: 'krate-system', principal: system },
      want: ['Invalid', 'ORG_REQUIRED'],
    },
    {
      reason: 'a platform kind in an organization',
      kind: Organization,
      more: {},
      want: ['Invalid', 'ORG_NAMESPACE_MISMATCH'],
    },
    {
      reason: 'an organization’s namespace made by hand',
      kind: Namespace,
      more: { namespace: undefined, name: 'krate-org-x' },
      want: ['Forbidden', 'FieldValueForbidden'],
    },
  ] as any[])('refuses $reason', async ({ kind, more, want }) => {
    const options = kind === Namespace ? { ...more, namespace: '' } : more;
    await expect(admit(kind, {}, options)).rejects.toEqual(refusedFor(want[0], want[1]));
  });

  it('leaves labels of a wrong type to the schema', async () => {
    expect((await admit(Repository, {}, { metadata: { labels: ['a'] } })).metadata.labels).toEqual(['a']);
  });

  describe('owners', () => {
    const owner = (name: string, uid: string, kind = 'Repository') => ({
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind,
      name,
      uid,
    });
    const owned = (...ownerReferences: object[]) => ({
      labels: { 'krate.a5c.ai/org': 'acme' },
      ownerReferences,
    });

    beforeEach(async () => {
      await seedObject(store, Repository, acme, 'web', {}, { uid: 'u-web' });
      await seedObject(store, Repository, 'krate-org-globex', 'vault', {}, { uid: 'u-vault' });
    });

    it.each([
      { reason: 'in another organization', reference: owner('vault', 'u-vault') },
      { reason: 'that is not', reference: owner('nothing', 'u-nothing') },
      { reason: 'of another uid than its name', reference: owner('web', 'u-vault') },
      { reason: 'of a kind that is not', reference: owner('web', 'u-web', 'Unicorn') },
    ])('refuses one $reason, each in the same words', async ({ reference }) => {
      const error = await admit(Change, {}, { metadata: owned(owner('web', 'u-web'), reference) }).catch(
        caught => caught,
      );
      expect(error).toEqual(refusedFor('Invalid', 'OWNER_MISSING', 'metadata.ownerReferences[1]'));
      expect(error.details.causes[0].message).toBe(
        'there is no such object with this uid in the namespace; an owner lives beside what it owns',
      );
    });

    it('takes one of the namespace, and what the system says', async () => {
      expect(await admit(Change, {}, { metadata: owned(owner('web', 'u-web')) })).toBeDefined();
      expect(
        await admit(Change, {}, { metadata: owned(owner('gone', 'u-gone')), principal: system }),
      ).toBeDefined();
    });
  });

  it('holds a namespace until it is empty', async () => {
    const object = await admit(Namespace, {}, { namespace: '', name: 'krate-org-x', principal: system });
    expect(object.metadata.finalizers).toEqual(['krate.a5c.ai/contents']);
  });

  describe('actions', () => {
    it('stamps who and when, over what the caller claims', async () => {
      const spec = { merge: { method: 'squash', requestedBy: 'boss', requestedAt: '1999' } };
      const object = await admit(Change, spec, { principal: mia, old: {} });
      expect(object.spec.merge).toEqual({
        method: 'squash',
        requestedBy: 'mia',
        requestedAt: '2026-11-20T10:00:00Z',
      });
    });

    it('needs the verb, on create as well', async () => {
      const spec = { merge: { method: 'squash' } };
      await expect(admit(Change, spec, { old: {} })).rejects.toEqual(
        refusedFor('Forbidden', 'ACTION_NOT_ALLOWED', 'spec.merge'),
      );
      await expect(admit(Change, spec)).rejects.toEqual(
        refusedFor('Forbidden', 'ACTION_NOT_ALLOWED', 'spec.merge'),
      );
    });

    it('keeps the stamps of an action that the write does not take', async () => {
      const merge = { method: 'squash', requestedBy: 'mia', requestedAt: '2026-11-19T00:00:00Z' };
      const forged = { title: 'new', merge: { ...merge, requestedBy: 'dev' } };
      expect((await admit(Change, forged, { old: { merge } })).spec.merge).toEqual(merge);
    });

    it('lets a repeatable action be taken again', async () => {
      const old = { merge: { method: 'squash', requestedBy: 'ada', requestedAt: 'then' } };
      const object = await admit(Change, { merge: { method: 'rebase' } }, { old, principal: mia });
      expect(object.spec.merge).toMatchObject({ method: 'rebase', requestedBy: 'mia' });
    });

    it('forbids a second decision, also its removal', async () => {
      const old = { decision: 'approve', decidedBy: 'mia', decidedAt: 'then' };
      for (const spec of [{ decision: 'deny' }, {}]) {
        await expect(admit(Question, spec, { old, principal: mia })).rejects.toEqual(
          refusedFor('Invalid', 'ACTION_ALREADY_TAKEN'),
        );
      }
    });

    it.each([
      {
        reason: 'the decision with its comment',
        spec: { decision: 'approve', comment: 'fine' },
        refused: false,
      },
      { reason: 'the comment alone', spec: { comment: 'fine' }, refused: true },
      {
        reason: 'another field beside the decision',
        spec: { decision: 'approve', text: 'other' },
        refused: true,
      },
    ])('lets who may only act change $reason: refused $refused', async ({ spec, refused }) => {
      const metadata = { labels: { 'krate.a5c.ai/org': 'acme' }, annotations: {} };
      const outcome = await admit(Question, spec, {
        old: { text: undefined },
        principal: mia,
        metadata,
      }).catch(error => error);
      const want = expect.objectContaining({ spec: expect.objectContaining({ ...spec, decidedBy: 'mia' }) });
      expect(outcome).toEqual(refused ? refusedFor('Forbidden', 'FIELD_NOT_ALLOWED') : want);
    });
  });

  describe('identities', () => {
    const binding = (role: string, scope = 'organization') => ({
      subject: { kind: 'User', name: 'dev' },
      scope: { kind: scope },
      roleRef: { name: role },
    });

    it.each([
      { reason: 'an admin gives any role', who: ada, role: 'admin', refused: false },
      { reason: 'a maintainer gives up to their own', who: mia, role: 'maintainer', refused: false },
      { reason: 'a maintainer cannot give more', who: mia, role: 'admin', refused: true },
      {
        reason: 'an agent’s template is no greater role',
        who: ada,
        role: 'krate-agent-readonly',
        refused: false,
      },
    ])('$reason', async ({ who, role, refused }) => {
      const outcome = await admit(AgentRoleBinding, binding(role), { principal: who }).catch(error => error);
      const want = expect.objectContaining({ kind: 'AgentRoleBinding' });
      expect(outcome).toEqual(refused ? refusedFor('Forbidden', 'ROLE_ESCALATION_DENIED') : want);
    });

    it('keeps scope cluster in the platform namespace', async () => {
      await expect(admit(AgentRoleBinding, binding('admin', 'cluster'), { principal: ada })).rejects.toEqual(
        refusedFor('Invalid', 'FieldValueInvalid', 'spec.scope.kind'),
      );
    });

    it('maps a login once', async () => {
      const spec = { user: 'eve', provider: 'backstage', subject: 'mia' };
      await expect(admit(IdentityMapping, spec, { principal: ada })).rejects.toEqual(
        refusedFor('Invalid', 'FieldValueDuplicate'),
      );
      expect(await admit(IdentityMapping, { ...spec, provider: 'github' }, { principal: ada })).toBeDefined();
    });
  });

  describe('a saved list', () => {
    const list = { displayName: 'Mine', kind: 'Repository', selector: {} };

    it('is its maker’s, whatever they claim, and stays so', async () => {
      const made = await admit(View, { ...list, owner: 'mia' });
      expect(made.spec.owner).toBe('dev');
      const changed = await admit(View, { ...list, owner: 'mia', pinned: true }, { old: made.spec });
      expect(changed.spec).toMatchObject({ owner: 'dev', pinned: true });
    });

    const old = { ...list, owner: 'dev' };
    const change = (principal: Principal) => admit(View, { ...old, pinned: true }, { old, principal });
    const remove = (principal: Principal) => admit(View, old, { operation: 'delete', principal });

    it.each([
      { reason: 'its owner', principal: dev },
      { reason: 'a maintainer', principal: mia },
    ])('may be changed and deleted by $reason', async ({ principal }) => {
      await expect(change(principal)).resolves.toBeDefined();
      await expect(remove(principal)).resolves.toBeDefined();
    });

    it('may be changed and deleted by nobody else', async () => {
      const zoe: Principal = { type: 'user', name: 'zoe' };
      await expect(change(zoe)).rejects.toEqual(refusedFor('Forbidden', 'NOT_THE_OWNER'));
      await expect(remove(zoe)).rejects.toEqual(refusedFor('Forbidden', 'NOT_THE_OWNER'));
    });
  });

  it('runs the areas’ rules for their kinds and operations', async () => {
    const rule = {
      name: 'no',
      kinds: [Repository],
      operations: ['create' as const],
      admit: () => {
        throw new Error('no');
      },
    };
    chain = new AdmissionChain({ rules: [rule], authorizer, directory, kinds, now: () => now });
    await expect(admit(Repository, {})).rejects.toThrow('no');
    await expect(admit(Change, {})).resolves.toBeDefined();
    await expect(admit(Repository, {}, { old: {} })).resolves.toBeDefined();
  });
});
