import { Observer } from '@krate/controller-runtime';
import { AuthProvider, Invite } from '@krate/plugin-control-plane-common';
import { ControlPlaneConfig } from '../config';
import { InvitationLinks } from '../invites/InvitationLinks';
import { agentRoleBindingReconciler } from './agentRoleBindingReconciler';
import {
  AUTH_PROVIDER_OBSERVER,
  authProviderReconciler,
  ObservedAuthProvider,
  providerIdOf,
} from './authProviderReconciler';
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
  authProviderReconciler,
];

/** What the platform's reconcilers read beside objects. */
export function platformObservers(
  { invitations }: { invitations: InvitationLinks },
  { signInProviders, baseUrl }: Pick<ControlPlaneConfig, 'signInProviders' | 'baseUrl'>,
): Observer[] {
  const invitation: Observer<typeof Invite, ObservedInvitation> = {
    name: INVITATION_OBSERVER,
    observe: async invite => ({ ...(await invitations.stateOf(invite)), mails: false }),
  };
  const authProvider: Observer<typeof AuthProvider, ObservedAuthProvider> = {
    name: AUTH_PROVIDER_OBSERVER,
    observe: async provider => {
      const id = providerIdOf(provider);
      const found = signInProviders.find(candidate => candidate.id === id);
      return {
        configured: found !== undefined,
        complete: found?.complete ?? false,
        describesItself: found?.metadataUrl !== undefined,
        callbackUrl: `${baseUrl}/api/auth/${id}/handler/frame`,
      };
    },
  };
  return [invitation, authProvider];
}
