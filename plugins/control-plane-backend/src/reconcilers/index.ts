import { Observer } from '@krate/controller-runtime';
import { Invite } from '@krate/plugin-control-plane-common';
import { InvitationLinks } from '../invites/InvitationLinks';
import { agentRoleBindingReconciler } from './agentRoleBindingReconciler';
import { identityMappingReconciler } from './identityMappingReconciler';
import { INVITATION_OBSERVER, inviteReconciler, ObservedInvitation } from '../invites/inviteReconciler';
import { organizationReconciler } from './organizationReconciler';
import { orgNamespaceBindingReconciler } from './orgNamespaceBindingReconciler';
import { teamReconciler } from './teamReconciler';
import { userReconciler } from './userReconciler';

/** The reconcilers of the platform's own kinds. */
export const platformReconcilers = [
  organizationReconciler,
  orgNamespaceBindingReconciler,
  userReconciler,
  teamReconciler,
  identityMappingReconciler,
  agentRoleBindingReconciler,
  inviteReconciler,
];

/** What the platform's reconcilers read beside objects. */
export function platformObservers({ invitations }: { invitations: InvitationLinks }): Observer[] {
  const invitation: Observer<typeof Invite, ObservedInvitation> = {
    name: INVITATION_OBSERVER,
    observe: async invite => ({ ...(await invitations.stateOf(invite)), mails: false }),
  };
  return [invitation];
}
