import { ConditionUpdate, defineReconciler, EffectState, reads, Result } from '@krate/controller-runtime';
import {
  AgentRoleBinding,
  BACKSTAGE_PROVIDER,
  IdentityMapping,
  Invite,
  Team,
  User,
} from '@krate/plugin-control-plane-common';
import { Kind } from '@krate/resource-model';
import { InvitationState, Acceptance } from './InvitationLinks';
import { expiryOf, invitePhase } from './invitePhase';

type Outcome = Result<typeof Invite>;
type Update = ConditionUpdate<typeof Invite>;

/** The observer of what happened to an invitation's link, and the effect that sends one. */
export const INVITATION_OBSERVER = 'invitation';
export const INVITATION_MAIL = 'invitation-mail';

/** What {@link INVITATION_OBSERVER} answers. */
export interface ObservedInvitation extends InvitationState {
  /** Whether links can be sent by mail here. */
  mails: boolean;
}

/**
 * Follows an invitation to its end, and makes the member when it was accepted: once, so that nobody who was removed
 * later comes back by it.
 */
export const inviteReconciler = defineReconciler({
  for: Invite,
  reads: {
    teams: reads.refs(Team, 'spec.teams'),
    users: reads.all(User),
    mappings: reads.all(IdentityMapping),
    observed: reads.observed(INVITATION_OBSERVER),
  },

  reconcile({ teams, users, mappings, observed, now, effects }, invite): Outcome {
    const { acceptance, mails, mailedAt } = observed as ObservedInvitation;
    const phase = invitePhase(invite, { accepted: acceptance !== undefined, now });
    const expiresAt = `${expiryOf(invite).toISOString().slice(0, 19)}Z`;
    const status = { phase, expiresAt };
    const resolved = teamsResolved(teams.missing);
    if (phase === 'Accepted' && acceptance) {
      const { user, login, at } = acceptance;
      const made =
        invite.status?.phase === 'Accepted'
          ? []
          : memberOf(invite, acceptance, { teams: teams.items, users, mappings });
      return {
        apply: made,
        status: { ...status, user, acceptedBy: login, acceptedAt: at },
        conditions: [
          resolved,
          answer('True', 'Accepted', `${login} accepted it`),
          ready('False', 'Accepted', 'It was accepted'),
        ],
      };
    }
    if (phase !== 'Pending') {
      const words = phase === 'Revoked' ? 'It was taken back' : 'Nobody accepted it in time';
      const reason = phase as 'Revoked' | 'Expired';
      return {
        status,
        conditions: [resolved, answer('False', reason, words), ready('False', reason, words)],
      };
    }
    const missing = resolved.status === 'False';
    return {
      status,
      conditions: [
        resolved,
        answer('False', 'AwaitingAnswer', waiting(mailedAt, effects[`${INVITATION_MAIL}/first`])),
        missing
          ? ready('False', 'TeamMissing', resolved.message)
          : ready('True', 'Open', 'It can be accepted'),
      ],
      effects: mails && !missing ? [{ name: INVITATION_MAIL, key: 'first' }] : [],
      requeueAfter: Math.max(1, Math.ceil((expiryOf(invite).getTime() - now.getTime()) / 1000)),
    };
  },
});

function waiting(mailedAt: string | undefined, mail: EffectState | undefined): string {
  if (mailedAt) return 'A link was sent by mail';
  if (mail?.state === 'Failed')
    return `The mail was refused: ${mail.error?.message}. Hand over a link instead`;
  return 'Nobody has accepted it yet';
}

function memberOf(
  { metadata: { name, namespace }, spec }: Invite,
  { user, login, displayName }: Acceptance,
  known: { teams: readonly Team[]; users: readonly User[]; mappings: readonly IdentityMapping[] },
): NonNullable<Outcome['apply']> {
  const object = (kind: Kind, metadataName: string, objectSpec: object) => ({
    kind,
    object: {
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      metadata: { name: metadataName, namespace },
      spec: objectSpec,
    },
    owned: false as const,
  });
  const isUser = known.users.some(({ metadata }) => metadata.name === user);
  const isMapped = known.mappings.some(
    ({ spec: { provider, subject } }) => provider === BACKSTAGE_PROVIDER && subject === login,
  );
  return [
    ...(isUser ? [] : [object(User, user, { displayName, email: spec.email })]),
    ...(isMapped
      ? []
      : [object(IdentityMapping, user, { user, provider: BACKSTAGE_PROVIDER, subject: login })]),
    object(AgentRoleBinding, `invite-${name}`.slice(0, 63), {
      subject: { kind: 'User', name: user },
      scope: { kind: 'organization' },
      roleRef: { kind: 'Role', name: spec.role },
    }),
    ...known.teams
      .filter(team => ![...team.spec.members, ...team.spec.maintainers].includes(user))
      .map(team => object(Team, team.metadata.name, { members: [...team.spec.members, user] })),
  ];
}

function teamsResolved(missing: readonly string[]): Update {
  return missing.length === 0
    ? { type: 'TeamsResolved', status: 'True', reason: 'TeamsFound', message: 'Every team exists' }
    : {
        type: 'TeamsResolved',
        status: 'False',
        reason: 'TeamMissing',
        message: `No team is called ${missing.join(', ')}`,
      };
}

function answer(
  status: 'True' | 'False',
  reason: 'Accepted' | 'AwaitingAnswer' | 'Expired' | 'Revoked',
  message: string,
): Update {
  return { type: 'Accepted', status, reason, message };
}

function ready(
  status: 'True' | 'False',
  reason: 'Open' | 'Accepted' | 'Expired' | 'Revoked' | 'TeamMissing',
  message: string,
): Update {
  return { type: 'Ready', status, reason, message };
}
