import { ConditionUpdate, defineReconciler, reads, Result } from '@krate/controller-runtime';
import { AgentRoleBinding, PLATFORM_NAMESPACE, Team, User } from '@krate/plugin-control-plane-common';
import { ROLES } from '@krate/resource-model';

type Update = ConditionUpdate<typeof AgentRoleBinding>;

/** Roles of agents are templates of the agents area; their names start alike. */
const AGENT_ROLE = /^krate-[a-z0-9-]+$/;

/** Says whether a binding gives anything: its role is known, its subject exists, its scope is allowed where it lies. */
export const agentRoleBindingReconciler = defineReconciler({
  for: AgentRoleBinding,
  reads: {
    user: reads.named(User, (binding: AgentRoleBinding) => nameIf(binding, 'User')),
    team: reads.named(Team, (binding: AgentRoleBinding) => nameIf(binding, 'Team')),
  },

  reconcile({ user, team }, binding): Result<typeof AgentRoleBinding> {
    const { subject, roleRef, scope } = binding.spec;
    const isPerson = subject.kind === 'User' || subject.kind === 'Team';
    const known =
      (ROLES as readonly string[]).includes(roleRef.name) || (!isPerson && AGENT_ROLE.test(roleRef.name));
    const found = !isPerson || Boolean(user ?? team);
    const admitted = scope.kind !== 'cluster' || binding.metadata.namespace === PLATFORM_NAMESPACE;

    const waiting = found ? 'Active' : 'Pending';
    const checks: Update[] = [
      known
        ? {
            type: 'RoleResolved',
            status: 'True',
            reason: 'RoleKnown',
            message: `The role is ${roleRef.name}`,
          }
        : {
            type: 'RoleResolved',
            status: 'False',
            reason: 'RoleUnknown',
            message: `No role is called ${roleRef.name}; use ${ROLES.join(', ')}`,
          },
      found
        ? {
            type: 'SubjectsResolved',
            status: 'True',
            reason: 'SubjectFound',
            message: `The subject is ${subject.kind} ${subject.name}`,
          }
        : {
            type: 'SubjectsResolved',
            status: 'False',
            reason: 'SubjectMissing',
            message: `No ${subject.kind} is called ${subject.name}`,
          },
      admitted
        ? {
            type: 'EscalationAdmitted',
            status: 'True',
            reason: 'NotEscalating',
            message: 'The scope is within its namespace',
          }
        : {
            type: 'EscalationAdmitted',
            status: 'False',
            reason: 'Escalating',
            message: `Scope cluster gives nothing outside ${PLATFORM_NAMESPACE}`,
          },
    ];
    return {
      status: { phase: known && admitted ? waiting : 'Denied' },
      conditions: [...checks, readyFrom(checks)],
    };
  },
});

function readyFrom(checks: readonly Update[]): Update {
  const failing = checks.find(check => check.status === 'False');
  if (!failing) return { type: 'Ready', status: 'True', reason: 'Bound', message: 'The role is given' };
  const reason = failing.reason as 'RoleUnknown' | 'SubjectMissing' | 'Escalating';
  return { type: 'Ready', status: 'False', reason, message: failing.message };
}

function nameIf({ spec: { subject } }: AgentRoleBinding, kind: string): string | undefined {
  return subject.kind === kind ? subject.name : undefined;
}
