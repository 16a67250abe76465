import { Kind, Resource } from '@krate/resource-model';
import {
  AgentRoleBinding,
  IdentityMapping,
  Namespace,
  Organization,
  OrgNamespaceBinding,
  Team,
  User,
} from '@krate/plugin-control-plane-common';
import { agentRoleBindingReconciler } from './agentRoleBindingReconciler';
import { identityMappingReconciler } from './identityMappingReconciler';
import { organizationReconciler } from './organizationReconciler';
import { orgNamespaceBindingReconciler } from './orgNamespaceBindingReconciler';
import { teamReconciler } from './teamReconciler';
import { userReconciler } from './userReconciler';
import { userNameOf } from './userNameOf';

function an(kind: Kind, name: string, spec: object, metadata: object = {}, status?: object): any {
  const meta = {
    name,
    namespace: 'krate-org-acme',
    uid: name,
    creationTimestamp: '2026-11-20T00:00:00Z',
    ...metadata,
  };
  return { apiVersion: kind.apiVersion, kind: kind.kind, metadata: meta, spec, status };
}
const base = { now: new Date(0), effects: {} };
const conditionsOf = (result: { conditions?: { type: string; status: string; reason: string }[] }) =>
  Object.fromEntries(
    (result.conditions ?? []).map(({ type, status, reason }) => [type, `${status} ${reason}`]),
  );
const appliedBy = (result: { apply?: { object: any }[] }) =>
  (result.apply ?? []).map(
    ({ object }) => `${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`,
  );

describe('organizationReconciler', () => {
  const anOrganization = (phase?: string, creator = 'Ada_L', status: object = {}) =>
    an(
      Organization,
      'acme',
      { displayName: 'Acme' },
      { namespace: 'krate-system', annotations: { 'krate.a5c.ai/created-by': creator } },
      { phase, ...status },
    );
  const namespace = an(Namespace, 'krate-org-acme', {}, { labels: { 'krate.a5c.ai/org': 'acme' } });
  const binding = an(OrgNamespaceBinding, 'acme', {});
  const creatorBinding = an(AgentRoleBinding, 'ada-l-admin', {});
  const place = ['Namespace /krate-org-acme', 'OrgNamespaceBinding krate-system/acme'];
  const members = [
    'User krate-org-acme/ada-l',
    'IdentityMapping krate-org-acme/ada-l',
    'AgentRoleBinding krate-org-acme/ada-l-admin',
  ];

  it.each([
    {
      reason: 'nothing is there: makes the namespace first',
      given: {},
      object: anOrganization(),
      applies: place,
      ready: 'False Provisioning',
    },
    {
      reason: 'the namespace is there: makes the creator its admin',
      given: { namespace, binding },
      object: anOrganization(),
      applies: [...place, ...members],
      ready: 'False Provisioning',
    },
    {
      reason: 'everything is there',
      given: { namespace, binding, creatorBinding },
      object: anOrganization('Provisioning'),
      applies: [...place],
      ready: 'True Provisioned',
    },
    {
      reason: 'it was ready: does not make the creator admin again',
      given: { namespace, binding },
      object: anOrganization('Ready'),
      applies: place,
      ready: 'True Provisioned',
    },
    {
      reason: 'it lost its binding after the creator lost their role: makes the binding and no admin',
      given: { namespace },
      object: anOrganization('Provisioning', 'Ada_L', { creatorAdmitted: true }),
      applies: place,
      ready: 'False Provisioning',
    },
    {
      reason: 'it came back from such a fault: makes no admin either',
      given: { namespace, binding },
      object: anOrganization('Provisioning', 'Ada_L', { creatorAdmitted: true }),
      applies: place,
      ready: 'True Provisioned',
    },
    {
      reason: 'a component created it: nobody becomes admin',
      given: { namespace, binding },
      object: anOrganization(undefined, 'system:krate:x'),
      applies: place,
      ready: 'True Provisioned',
    },
    {
      reason: 'the namespace is another’s',
      given: { namespace: an(Namespace, 'krate-org-acme', {}) },
      object: anOrganization(),
      applies: [],
      ready: 'False NamespaceConflict',
    },
    {
      reason: 'the namespace is going',
      given: {
        namespace: an(
          Namespace,
          'krate-org-acme',
          {},
          { labels: { 'krate.a5c.ai/org': 'acme' }, deletionTimestamp: 'now' },
        ),
      },
      object: anOrganization(),
      applies: [],
      ready: 'False NamespaceConflict',
    },
  ])('$reason', ({ given, object, applies, ready }) => {
    const reads = { namespace: undefined, binding: undefined, creatorBinding: undefined, ...given };
    const result = organizationReconciler.reconcile({ ...base, ...reads } as any, object);
    expect(appliedBy(result)).toEqual(applies);
    expect(conditionsOf(result).Ready).toBe(ready);
  });

  it.each([
    {
      reason: 'the role is there',
      given: { namespace, binding, creatorBinding },
      phase: 'Provisioning',
      want: true,
    },
    {
      reason: 'the role is there, the binding not yet',
      given: { namespace, creatorBinding },
      phase: 'Provisioning',
      want: true,
    },
    { reason: 'it was ready before this was written down', given: { namespace }, phase: 'Ready', want: true },
    {
      reason: 'the role is not there yet',
      given: { namespace, binding },
      phase: 'Provisioning',
      want: undefined,
    },
  ])('writes down that the creator is admin when $reason: $want', ({ given, phase, want }) => {
    const reads = {
      namespace: undefined,
      binding: undefined,
      creatorBinding: undefined,
      ...(given as object),
    };
    const { status } = organizationReconciler.reconcile(
      { ...base, ...reads } as any,
      anOrganization(phase),
    ) as any;
    expect(status.creatorAdmitted).toBe(want);
  });

  it('is done deleting when its namespace is gone', () => {
    const leaving = organizationReconciler.finalize!({ ...base, namespace } as any, anOrganization('Ready'));
    expect(leaving).toMatchObject({ done: false, remove: [{ kind: Namespace, name: 'krate-org-acme' }] });
    expect(
      organizationReconciler.finalize!({ ...base, namespace: undefined } as any, anOrganization('Ready')),
    ).toMatchObject({ done: true, remove: [] });
  });

  it.each([
    ['ada', 'ada'],
    ['Ada_Lovelace', 'ada-lovelace'],
    ['a.b', 'a-b'],
    ['__', 'user'],
  ])('names the user of the login %s %s', (login, name) => {
    expect(userNameOf(login)).toBe(name);
  });
});

describe('orgNamespaceBindingReconciler', () => {
  const object = an(OrgNamespaceBinding, 'acme', { organizationRef: 'acme', namespace: 'krate-org-acme' });
  it.each([
    { reason: 'no namespace', namespace: undefined, want: 'False NamespaceMissing', phase: 'Pending' },
    {
      reason: 'another’s namespace',
      namespace: an(Namespace, 'x', {}),
      want: 'False NamespaceTaken',
      phase: 'Conflict',
    },
    {
      reason: 'its namespace',
      namespace: an(Namespace, 'x', {}, { labels: { 'krate.a5c.ai/org': 'acme' } }),
      want: 'True Bound',
      phase: 'Bound',
    },
  ])('$reason: $want', ({ namespace, want, phase }) => {
    const result = orgNamespaceBindingReconciler.reconcile({ ...base, namespace }, object);
    expect([conditionsOf(result).Ready, result.status?.phase]).toEqual([want, phase]);
  });
});

describe('userReconciler', () => {
  it.each([
    { reason: 'active', disabled: false, want: 'True Active' },
    { reason: 'disabled', disabled: true, want: 'False Disabled' },
  ])('$reason, with its teams once each', ({ disabled, want }) => {
    const core = an(Team, 'core', {});
    const ctx = { ...base, memberOf: [core, an(Team, 'web', {})], maintains: [core] };
    const result = userReconciler.reconcile(
      { ...ctx, mappings: [], bindings: [] },
      an(User, 'ada', { displayName: 'Ada', disabled }),
    );
    expect(conditionsOf(result).Ready).toBe(want);
    expect(result.status?.teams).toEqual(['core', 'web']);
  });
});

describe('teamReconciler', () => {
  const ada = an(User, 'ada', {});
  it.each([
    {
      reason: 'all found, each counted once',
      members: { items: [ada], missing: [] },
      maintainers: { items: [ada], missing: [] },
      want: 'True MembersResolved',
      count: 1,
    },
    {
      reason: 'one is missing',
      members: { items: [ada], missing: ['eve'] },
      maintainers: { items: [], missing: [] },
      want: 'False MemberMissing',
      count: 1,
    },
  ])('$reason', ({ members, maintainers, want, count }) => {
    const result = teamReconciler.reconcile({ ...base, members, maintainers }, an(Team, 'core', {}));
    expect([conditionsOf(result).Ready, result.status?.memberCount]).toEqual([want, count]);
  });
});

describe('identityMappingReconciler', () => {
  const spec = { user: 'ada', provider: 'backstage', subject: 'ada' };
  const mapping = an(IdentityMapping, 'b', spec);
  it.each([
    { reason: 'its user exists', user: an(User, 'ada', {}), mappings: [mapping], want: 'True UserResolved' },
    { reason: 'its user does not', user: undefined, mappings: [mapping], want: 'False UserMissing' },
    {
      reason: 'an older mapping has the login',
      user: an(User, 'ada', {}),
      mappings: [mapping, an(IdentityMapping, 'a', spec)],
      want: 'False SubjectTaken',
    },
    {
      reason: 'a younger mapping does not matter',
      user: an(User, 'ada', {}),
      mappings: [mapping, an(IdentityMapping, 'c', spec)],
      want: 'True UserResolved',
    },
  ])('$reason: $want', ({ user, mappings, want }) => {
    expect(
      conditionsOf(identityMappingReconciler.reconcile({ ...base, user, mappings }, mapping)).Ready,
    ).toBe(want);
  });
});

describe('agentRoleBindingReconciler', () => {
  const aBinding = (subject: object, role: string, scope = 'organization', namespace = 'krate-org-acme') =>
    an(
      AgentRoleBinding,
      'b',
      { subject, scope: { kind: scope }, roleRef: { name: role } },
      { namespace },
    ) as Resource as any;
  const user = an(User, 'ada', {});
  const ada = { kind: 'User', name: 'ada' };
  it.each([
    {
      reason: 'a known role for a user',
      binding: aBinding(ada, 'admin'),
      user,
      want: 'True Bound',
      phase: 'Active',
    },
    {
      reason: 'an unknown role',
      binding: aBinding(ada, 'king'),
      user,
      want: 'False RoleUnknown',
      phase: 'Denied',
    },
    {
      reason: 'an agent’s role for a person',
      binding: aBinding(ada, 'krate-agent-readonly'),
      user,
      want: 'False RoleUnknown',
      phase: 'Denied',
    },
    {
      reason: 'an agent’s role for an agent',
      binding: aBinding({ kind: 'AgentStack', name: 'fixer' }, 'krate-agent-readonly'),
      user: undefined,
      want: 'True Bound',
      phase: 'Active',
    },
    {
      reason: 'nobody of that name',
      binding: aBinding(ada, 'admin'),
      user: undefined,
      want: 'False SubjectMissing',
      phase: 'Pending',
    },
    {
      reason: 'scope cluster in an organization',
      binding: aBinding(ada, 'admin', 'cluster'),
      user,
      want: 'False Escalating',
      phase: 'Denied',
    },
    {
      reason: 'scope cluster in the platform',
      binding: aBinding(ada, 'admin', 'cluster', 'krate-system'),
      user,
      want: 'True Bound',
      phase: 'Active',
    },
  ])('$reason: $want', ({ binding, user: found, want, phase }) => {
    const result = agentRoleBindingReconciler.reconcile({ ...base, user: found, team: undefined }, binding);
    expect([conditionsOf(result).Ready, result.status?.phase]).toEqual([want, phase]);
  });
});
