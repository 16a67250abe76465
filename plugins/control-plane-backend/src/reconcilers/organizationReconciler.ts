import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import {
  AgentRoleBinding,
  CREATED_BY_ANNOTATION,
  IdentityMapping,
  Namespace,
  namespaceOf,
  Organization,
  ORGANIZATION_LABEL,
  OrgNamespaceBinding,
  User,
} from '@krate/plugin-control-plane-common';
import { userNameOf } from './userNameOf';

type Outcome = Result<typeof Organization>;

/** Makes an organization's namespace, the binding to it and its first admin; deletes all of it with the organization. */
export const organizationReconciler = defineReconciler({
  for: Organization,
  reads: {
    namespace: reads.named(Namespace, (organization: Organization) =>
      namespaceOf(organization.metadata.name),
    ),
    binding: reads.named(OrgNamespaceBinding, (organization: Organization) => organization.metadata.name),
    creatorBinding: reads.named(
      AgentRoleBinding,
      (organization: Organization) => creatorOf(organization)?.binding,
      (organization: Organization) => namespaceOf(organization.metadata.name),
    ),
  },

  reconcile({ namespace, creatorBinding, binding }, organization): Outcome {
    const { name } = organization.metadata;
    const apply = [namespaceFor(organization), bindingFor(organization)];
    if (!namespace) return provisioning(name, apply, 'Creating', 'Its namespace is being created');
    if (namespace.metadata.labels?.[ORGANIZATION_LABEL] !== name || namespace.metadata.deletionTimestamp)
      return conflict(name);

    // Once only: whoever takes the creator's rights away later must not find them back.
    const first = creatorBinding || wasAdmitted(organization) ? [] : firstMember(organization);
    const creatorAdmitted = first.length === 0;
    if (!creatorAdmitted || !binding) {
      const next = provisioning(name, [...apply, ...first], 'Created', 'Its first admin is being made');
      return creatorAdmitted ? { ...next, status: { ...next.status, creatorAdmitted } } : next;
    }
    return {
      apply,
      status: { phase: 'Ready', namespace: namespaceOf(name), creatorAdmitted },
      conditions: [
        {
          type: 'NamespaceReady',
          status: 'True',
          reason: 'Created',
          message: `The namespace is ${namespaceOf(name)}`,
        },
        { type: 'Ready', status: 'True', reason: 'Provisioned', message: 'The organization can be used' },
      ],
    };
  },

  finalize({ namespace }, organization): Outcome & { done: boolean } {
    const name = namespaceOf(organization.metadata.name);
    return {
      done: !namespace,
      status: { phase: 'Terminating' },
      remove: namespace ? [{ kind: Namespace, name }] : [],
    };
  },
});

function namespaceFor({ metadata: { name } }: Organization) {
  const labels = { [ORGANIZATION_LABEL]: name };
  const object = {
    apiVersion: Namespace.apiVersion,
    kind: Namespace.kind,
    metadata: { name: namespaceOf(name), labels },
    spec: {},
  };
  // A cluster-scoped object cannot be owned by a namespaced one: `finalize` removes it.
  return { kind: Namespace, object, owned: false as const };
}

function bindingFor({ metadata: { name, namespace } }: Organization) {
  const spec = { organizationRef: name, namespace: namespaceOf(name) };
  const { apiVersion, kind } = OrgNamespaceBinding;
  return { kind: OrgNamespaceBinding, object: { apiVersion, kind, metadata: { name, namespace }, spec } };
}

/** Whether the creator had their role before; organizations that were ready before this was written down had, too. */
function wasAdmitted({ status }: Organization): boolean {
  return status?.creatorAdmitted === true || status?.phase === 'Ready';
}

/** The User, login and admin role of whoever created the organization; of nobody when the system did. */
function firstMember(organization: Organization) {
  const creator = creatorOf(organization);
  if (!creator) return [];
  const namespace = namespaceOf(organization.metadata.name);
  const { user, login, binding } = creator;
  const objects = [
    { kind: User, name: user, spec: { displayName: login } },
    { kind: IdentityMapping, name: user, spec: { user, provider: 'backstage', subject: login } },
    {
      kind: AgentRoleBinding,
      name: binding,
      spec: {
        subject: { kind: 'User', name: user },
        scope: { kind: 'organization' },
        roleRef: { kind: 'Role', name: 'admin' },
      },
    },
  ];
  return objects.map(({ kind, name, spec }) => ({
    kind,
    object: { apiVersion: kind.apiVersion, kind: kind.kind, metadata: { name, namespace }, spec },
    owned: false as const,
  }));
}

function creatorOf(organization: Organization): { login: string; user: string; binding: string } | undefined {
  const login = organization.metadata.annotations?.[CREATED_BY_ANNOTATION];
  // Components and runs are recorded with a colon, which no Backstage user name has.
  if (!login || login.includes(':')) return undefined;
  const user = userNameOf(login);
  return { login, user, binding: `${user}-admin` };
}

function provisioning(
  name: string,
  apply: NonNullable<Outcome['apply']>,
  reason: 'Created' | 'Creating',
  message: string,
): Outcome {
  return {
    apply,
    status: { phase: 'Provisioning', namespace: namespaceOf(name) },
    conditions: [
      { type: 'NamespaceReady', status: reason === 'Created' ? 'True' : 'False', reason, message },
      { type: 'Ready', status: 'False', reason: 'Provisioning', message },
    ],
  };
}

function conflict(name: string): Outcome {
  const message = `The namespace ${namespaceOf(name)} is not this organization’s, or is still being emptied`;
  return {
    status: { phase: 'Provisioning' },
    conditions: [
      { type: 'NamespaceReady', status: 'False', reason: 'Conflict', message },
      { type: 'Ready', status: 'False', reason: 'NamespaceConflict', message },
    ],
  };
}
