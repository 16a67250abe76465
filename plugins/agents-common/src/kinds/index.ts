import { Kind } from '@krate/resource-model';
import { AgentAdapter } from './agentAdapter.kind';
import { AgentApproval } from './agentApproval.kind';
import { AgentConfigGrant } from './agentConfigGrant.kind';
import { AgentDispatchAttempt } from './agentDispatchAttempt.kind';
import { AgentDispatchRun } from './agentDispatchRun.kind';
import { AgentProviderConfig } from './agentProviderConfig.kind';
import { AgentSecretGrant } from './agentSecretGrant.kind';
import { AgentServiceAccount } from './agentServiceAccount.kind';
import { AgentSession } from './agentSession.kind';
import { AgentStack } from './agentStack.kind';
import { AgentToolProfile } from './agentToolProfile.kind';
import { KrateArtifact } from './krateArtifact.kind';
import { KrateWorkspace } from './krateWorkspace.kind';
import { KrateWorkspacePolicy } from './krateWorkspacePolicy.kind';

export {
  AgentAdapter,
  AgentApproval,
  AgentConfigGrant,
  AgentDispatchAttempt,
  AgentDispatchRun,
  AgentProviderConfig,
  AgentSecretGrant,
  AgentServiceAccount,
  AgentSession,
  AgentStack,
  AgentToolProfile,
  KrateArtifact,
  KrateWorkspace,
  KrateWorkspacePolicy,
};
export { permissionReviewSchema } from './agentDispatchRun.kind';

export const agentKinds: readonly Kind[] = [
  AgentAdapter,
  AgentApproval,
  AgentConfigGrant,
  AgentDispatchAttempt,
  AgentDispatchRun,
  AgentProviderConfig,
  AgentSecretGrant,
  AgentServiceAccount,
  AgentSession,
  AgentStack,
  AgentToolProfile,
  KrateArtifact,
  KrateWorkspace,
  KrateWorkspacePolicy,
];
