import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { AgentRoleBinding, IdentityMapping, Team, User } from '@krate/plugin-control-plane-common';

type Outcome = Result<typeof User>;

/** Says whether a user has rights at all, and which teams they are in; a deleted user's logins, roles and places go too. */
export const userReconciler = defineReconciler({
  for: User,
  reads: {
    memberOf: reads.referring(Team, 'spec.members'),
    maintains: reads.referring(Team, 'spec.maintainers'),
    mappings: reads.referring(IdentityMapping, 'spec.user'),
    bindings: reads.all(AgentRoleBinding),
  },

  reconcile({ memberOf, maintains }, { spec }): Outcome {
    const teams = [...new Set([...memberOf, ...maintains].map(team => team.metadata.name))].sort();
    if (spec.disabled) {
      return {
        status: { phase: 'Disabled', teams },
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'Disabled',
            message: 'The user is disabled and has no rights',
          },
        ],
      };
    }
    return {
      status: { phase: 'Active', teams },
      conditions: [{ type: 'Ready', status: 'True', reason: 'Active', message: 'The user is a member' }],
    };
  },

  /** What named the user must not wait for the next one of that name. */
  finalize(
    { memberOf, maintains, mappings, bindings },
    { metadata: { name, namespace } },
  ): Outcome & {
    done: boolean;
  } {
    const teams = [...new Map([...memberOf, ...maintains].map(team => [team.metadata.uid, team])).values()];
    const roles = bindings.filter(
      ({ spec: { subject } }) => subject.kind === 'User' && subject.name === name,
    );
    const remove = [
      ...roles.map(({ metadata }) => ({ kind: AgentRoleBinding, namespace, name: metadata.name })),
      ...mappings.map(({ metadata }) => ({ kind: IdentityMapping, namespace, name: metadata.name })),
    ];
    return {
      done: teams.length === 0 && remove.length === 0,
      remove,
      apply: teams.map(team => withoutUser(team, name)),
    };
  },
});

function withoutUser({ metadata, spec }: Team, user: string) {
  const others = (names: readonly string[] = []) => names.filter(name => name !== user);
  const object = {
    apiVersion: Team.apiVersion,
    kind: Team.kind,
    metadata: { name: metadata.name, namespace: metadata.namespace },
    spec: { members: others(spec.members), maintainers: others(spec.maintainers) },
  };
  return { kind: Team, object, owned: false as const };
}
