import { Kind } from '@krate/resource-model';
import { AgentRoleBinding } from './agentRoleBinding.kind';
import { Event, Namespace, Secret } from './core.kinds';
import { IdentityMapping } from './identityMapping.kind';
import { Organization } from './organization.kind';
import { OrgNamespaceBinding } from './orgNamespaceBinding.kind';
import { Team } from './team.kind';
import { User } from './user.kind';

export {
  AgentRoleBinding,
  Event,
  IdentityMapping,
  Namespace,
  Organization,
  OrgNamespaceBinding,
  Secret,
  Team,
  User,
};

/** The kinds of the platform itself; areas add their own. */
export const platformKinds: readonly Kind[] = [
  Organization,
  OrgNamespaceBinding,
  User,
  Team,
  IdentityMapping,
  AgentRoleBinding,
  Namespace,
  Secret,
  Event,
];
