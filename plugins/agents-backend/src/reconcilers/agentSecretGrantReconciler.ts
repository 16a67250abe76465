import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import {
  AgentSecretGrant,
  AgentServiceAccount,
  AgentStack,
  AgentToolProfile,
} from '@krate/plugin-agents-common';
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
    const { name } = spec.secretRef;
    const subject = ctx.stack ?? ctx.account ?? ctx.profile ?? ctx.pool ?? ctx.user ?? ctx.team;

    const secretExists = ctx.secret
      ? met('SecretExists', 'Found', `The Secret ${name} exists`)
      : unmet('SecretExists', 'SecretMissing', `The Secret ${name} does not exist: create it`);
    const keysExist = keysOf(ctx.secret, spec.secretRef);
    const subjectFound = subject
      ? met('SubjectAuthorized', 'SubjectFound', `The ${spec.subject.kind} ${spec.subject.name} exists`)
      : unmet(
          'SubjectAuthorized',
          'SubjectMissing',
          `There is no ${spec.subject.kind} ${spec.subject.name}: create it or name another`,
        );

    const found = [secretExists, keysExist, subjectFound];
    if (spec.revoked) {
      return {
        status: { phase: 'Revoked' },
        conditions: [...found, unmet('Ready', 'Revoked', 'The grant was revoked')],
      };
    }
    const problem = found.find(condition => condition.status === 'False');
    if (problem) {
      const reason = problem.reason as 'SecretMissing' | 'KeyMissing' | 'SubjectMissing';
      return {
        status: { phase: 'Pending' },
        conditions: [...found, unmet('Ready', reason, problem.message)],
      };
    }
    const ready = met('Ready', 'Active', `${spec.subject.name} may use it as ${spec.purpose}`);
    return { status: { phase: 'Active' }, conditions: [...found, ready] };
  },
});

function keysOf(secret: Secret | undefined, { name, keys }: AgentSecretGrant['spec']['secretRef']) {
  if (!secret) return unmet('KeysExist', 'SecretMissing', `The Secret ${name} does not exist`);
  const absent = keys.filter(key => !(key in (secret.data ?? {})));
  if (absent.length === 0) return met('KeysExist', 'Found', `The keys ${keys.join(', ')} exist`);
  return unmet('KeysExist', 'KeyMissing', `The Secret ${name} has no key ${absent.join(', ')}: add it`);
}
