import { Kind } from '@krate/resource-model';
import { AgentRoleBinding } from './agentRoleBinding.kind';
import { AuthProvider } from './authProvider.kind';
import { ConfigMap, Event, Namespace, Secret } from './core.kinds';
import { IdentityMapping } from './identityMapping.kind';
import { Invite } from './invite.kind';
import { Organization } from './organization.kind';
import { OrgNamespaceBinding } from './orgNamespaceBinding.kind';
import { Selector } from './selector.kind';
import { Team } from './team.kind';
import { User } from './user.kind';
import { View } from './view.kind';

export {
  AgentRoleBinding,
  AuthProvider,
  ConfigMap,
  Event,
  IdentityMapping,
  Invite,
  Namespace,
  Organization,
  OrgNamespaceBinding,
  Secret,
  Selector,
  Team,
  User,
  View,
};

/** The kinds of the platform itself; areas add their own. */
export const platformKinds: readonly Kind[] = [
  Organization,
  OrgNamespaceBinding,
  User,
  Team,
  Invite,
  IdentityMapping,
  AuthProvider,
  AgentRoleBinding,
  View,
  Selector,
  Namespace,
  ConfigMap,
  Secret,
  Event,
];
