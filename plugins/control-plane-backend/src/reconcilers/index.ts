import { agentRoleBindingReconciler } from './agentRoleBindingReconciler';
import { identityMappingReconciler } from './identityMappingReconciler';
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
];
