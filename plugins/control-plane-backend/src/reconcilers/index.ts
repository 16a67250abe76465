import { Effect, Observer, ResourceClient } from '@krate/controller-runtime';
import { AuthProvider, Invite } from '@krate/plugin-control-plane-common';
import { ControlPlaneConfig } from '../config';
import { InvitationLinks } from '../invites/InvitationLinks';
import { invitationMailEffect } from '../invites/invitationMailEffect';
import { Mailer } from '../invites/Mailer';
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

/** What the platform's reconcilers have done in the outside world. */
export function platformEffects(
  { invitations, client }: { invitations: InvitationLinks; client: ResourceClient },
  { mail, portalUrl }: Pick<ControlPlaneConfig, 'mail' | 'portalUrl'>,
): Effect[] {
  if (!mail) return [];
  return [invitationMailEffect({ client, links: invitations, mailer: new Mailer(mail), portalUrl })];
}

/** What the platform's reconcilers read beside objects. */
export function platformObservers(
  { invitations }: { invitations: InvitationLinks },
  { signInProviders, baseUrl, mail }: Pick<ControlPlaneConfig, 'signInProviders' | 'baseUrl' | 'mail'>,
): Observer[] {
  const invitation: Observer<typeof Invite, ObservedInvitation> = {
    name: INVITATION_OBSERVER,
    observe: async invite => ({ ...(await invitations.stateOf(invite)), mails: mail !== undefined }),
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
