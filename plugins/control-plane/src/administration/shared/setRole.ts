import { AgentRoleBinding, ORGANIZATION_SCOPES } from '@krate/plugin-control-plane-common';
import { KrateApi } from '@krate/plugin-control-plane-react';
import { Role } from '@krate/resource-model';

export interface Subject {
  kind: 'User' | 'Team';
  name: string;
}

/** The bindings that give a subject itself a role in the organization. */
export function bindingsOf(subject: Subject, bindings: readonly AgentRoleBinding[]): AgentRoleBinding[] {
  return bindings.filter(
    ({ spec }) =>
      spec.subject.kind === subject.kind &&
      spec.subject.name === subject.name &&
      ORGANIZATION_SCOPES.includes(spec.scope.kind),
  );
}

/**
 * Gives a subject exactly this role of its own, or none. A present binding is changed in place, in one write, so that a
 * refusal (of the last admin, of an escalation) leaves everything as it was; only then are superfluous ones removed.
 */
export async function setRole(
  api: KrateApi,
  namespace: string,
  { subject, bindings, role }: { subject: Subject; bindings: readonly AgentRoleBinding[]; role?: Role },
): Promise<void> {
  const [first, ...others] = bindingsOf(subject, bindings);
  const superfluous = role ? others : bindingsOf(subject, bindings);
  if (role && first) {
    await api.patch(AgentRoleBinding, namespace, first.metadata.name, { spec: { roleRef: { name: role } } });
  } else if (role) {
    const metadata = { name: `${subject.kind.toLowerCase()}-${subject.name}`, namespace };
    const spec = { subject, scope: { kind: 'organization' }, roleRef: { name: role } };
    await api.create(AgentRoleBinding, namespace, { metadata, spec });
  }
  for (const { metadata } of superfluous) await api.delete(AgentRoleBinding, namespace, metadata.name);
}
