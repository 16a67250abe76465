import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { AgentSecretGrant, AgentServiceAccount, AgentStack, AgentToolProfile } from '@krate/plugin-agents-common';
import { Secret, Team, User } from '@krate/plugin-control-plane-common';
import { RunnerPool } from '@krate/plugin-forge-common';
import { met, unmet } from './conditions';

type SubjectKind = AgentSecretGrant['spec']['subject']['kind'];

/** The name of the subject where the grant is for this kind of subject. */
const subjectOf = (kind: SubjectKind) => (grant: AgentSecretGrant) =>
  grant.spec.subject.kind === kind ? grant.spec.subject.name : undefined;

/** Says whether a grant is in force: its secret, the keys and the subject exist, and nobody revoked it. */
export const agentSecretGrantReconciler = defineReconciler({
  for: AgentSecretGrant,
  reads: {
    secret: reads.ref(Secret, 'spec.secretRef.name'),
    stack: reads.named(AgentStack, subjectOf('agent-stack')),
    account: reads.named(AgentServiceAccount, subjectOf('service-account')),
    profile: reads.named(AgentToolProfile, subjectOf('tool')),
    pool: reads.named(RunnerPool, subjectOf('runner-pool')),
    user: reads.named(User, subjectOf('user')),
    team: reads.named(Team, subjectOf('team')),
  },

  reconcile(ctx, { spec }): Result<typeof AgentSecretGrant> {
    const { name, keys } = spec.secretRef;
    const absent = keys.filter(key => !(key in (ctx.secret?.data ?? {})));
    const subject = ctx.stack ?? ctx.account ?? ctx.profile ?? ctx.pool ?? ctx.user ?? ctx.team;

    const secretExists = ctx.secret
      ? met('SecretExists', 'Found', `The Secret ${name} exists`)
      : unmet('SecretExists', 'SecretMissing', `The Secret ${name} does not exist: create it`);
    const keysExist = !ctx.secret
      ? unmet('KeysExist', 'SecretMissing', `The Secret ${name} does not exist`)
      : absent.length === 0
        ? met('KeysExist', 'Found', `The keys ${keys.join(', ')} exist`)
        : unmet('KeysExist', 'KeyMissing', `The Secret ${name} has no key ${absent.join(', ')}: add it`);
    const subjectFound = subject
      ? met('SubjectAuthorized', 'SubjectFound', `The ${spec.subject.kind} ${spec.subject.name} exists`)
      : unmet('SubjectAuthorized', 'SubjectMissing', `There is no ${spec.subject.kind} ${spec.subject.name}: create it or name another`);

    const problem = [secretExists, keysExist, subjectFound].find(condition => condition.status === 'False');
    const phase = spec.revoked ? 'Revoked' : problem ? 'Pending' : 'Active';
    const ready = spec.revoked
      ? unmet('Ready', 'Revoked', 'The grant was revoked')
      : problem
        ? unmet('Ready', problem.reason as 'SecretMissing' | 'KeyMissing' | 'SubjectMissing', problem.message)
        : met('Ready', 'Active', `${spec.subject.name} may use it as ${spec.purpose}`);
    return { status: { phase }, conditions: [secretExists, keysExist, subjectFound, ready] };
  },
});
