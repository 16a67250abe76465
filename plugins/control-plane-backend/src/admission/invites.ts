import { Invite } from '@krate/plugin-control-plane-common';
import { AdmissionRequest } from '@krate/plugin-control-plane-node';
import { Directory } from '../identity/Directory';
import { includes } from '../identity/roles';
import { ownRole } from './ownRole';
import { refuse } from './refuse';

const LONGEST_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Nobody invites to more than they have, for ever, or changes what somebody has accepted already. */
export function invitesDoNotEscalate(
  directory: Directory,
  now: () => Date,
): (request: AdmissionRequest) => void {
  return request => {
    const { kind, operation, namespace, principal } = request;
    if (kind.kind !== Invite.kind || operation === 'delete') return;
    const { spec } = request.object as unknown as Invite;
    const before = request.oldObject as unknown as Invite | undefined;
    const changed = before?.spec.role !== spec.role;
    if (changed && !includes(ownRole(directory, principal, namespace ?? ''), spec.role)) {
      throw refuse(request, 'Forbidden', {
        reason: 'ROLE_ESCALATION_DENIED',
        field: 'spec.role',
        message: `you cannot invite to the role ${spec.role}, which is greater than your own`,
      });
    }
    if (before?.status?.phase === 'Accepted' && (changed || before.spec.teams.join() !== spec.teams.join())) {
      throw refuse(request, 'Invalid', {
        reason: 'ALREADY_ACCEPTED',
        field: 'spec',
        message: 'it was accepted already; change the member instead',
      });
    }
    const limit = now().getTime() + LONGEST_DAYS * DAY_MS;
    if (spec.expiresAt !== before?.spec.expiresAt && spec.expiresAt && Date.parse(spec.expiresAt) > limit) {
      throw refuse(request, 'Invalid', {
        reason: 'FieldValueInvalid',
        field: 'spec.expiresAt',
        message: `an invitation stands for ${LONGEST_DAYS} days at most`,
      });
    }
  };
}
