import type { AgentRoleBinding } from '@krate/plugin-control-plane-common';

/** Roles of agents that look and change nothing; safe beside code of strangers. */
const READING_ROLES = ['krate-agent-readonly', 'krate-agent-ci-diagnoser'];

/** Whether a role is one for agents at all. */
export const isAgentRole = (role: string) => role.startsWith('krate-agent-');

/** Whether a role lets an agent propose changes. */
export const mayWrite = (role: string) => isAgentRole(role) && !READING_ROLES.includes(role);

/** The agent roles that an identity or its stack holds on a repository; without a repository, anywhere. */
export function agentRolesOf(
  holder: { serviceAccount?: string; stack?: string; repository?: string },
  bindings: readonly AgentRoleBinding[],
): string[] {
  const { serviceAccount, stack, repository } = holder;
  return bindings
    .filter(({ status }) => status?.phase !== 'Denied')
    .filter(({ spec: { subject } }) =>
      subject.kind === 'AgentServiceAccount'
        ? subject.name === serviceAccount
        : subject.kind === 'AgentStack' && subject.name === stack,
    )
    .filter(
      ({ spec: { scope } }) =>
        scope.kind !== 'repository' || repository === undefined || scope.name === repository,
    )
    .map(({ spec }) => spec.roleRef.name)
    .filter(isAgentRole);
}
