import { Invite } from '@krate/plugin-control-plane-common';

/** How long an invitation stands that says nothing about it. */
export const INVITE_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/** When an invitation ends. */
export function expiryOf({ metadata, spec }: Invite): Date {
  if (spec.expiresAt) return new Date(spec.expiresAt);
  return new Date(Date.parse(metadata.creationTimestamp) + INVITE_DAYS * DAY_MS);
}

/** Where an invitation stands at a time. One that was accepted, or has expired, stays so. */
export function invitePhase(
  invite: Invite,
  { accepted, now }: { accepted: boolean; now: Date },
): 'Pending' | 'Accepted' | 'Expired' | 'Revoked' {
  if (accepted || invite.status?.phase === 'Accepted') return 'Accepted';
  if (invite.spec.revoked) return 'Revoked';
  if (invite.status?.phase === 'Expired' || expiryOf(invite) <= now) return 'Expired';
  return 'Pending';
}
