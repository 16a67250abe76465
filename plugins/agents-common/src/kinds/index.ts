import { Kind } from '@krate/resource-model';
import { AgentAdapter } from './agentAdapter.kind';
import { AgentApproval } from './agentApproval.kind';
import { AgentCapabilityRequirement } from './agentCapabilityRequirement.kind';
import { AgentConfigGrant } from './agentConfigGrant.kind';
import { AgentContextBundle } from './agentContextBundle.kind';
import { AgentContextLabel } from './agentContextLabel.kind';
import { AgentDispatchAttempt } from './agentDispatchAttempt.kind';
import { AgentDispatchRun } from './agentDispatchRun.kind';
import { AgentGatewayConfig } from './agentGatewayConfig.kind';
import { AgentMcpServer } from './agentMcpServer.kind';
import { AgentProviderConfig } from './agentProviderConfig.kind';
import { AgentReviewArtifact } from './agentReviewArtifact.kind';
import { AgentSecretGrant } from './agentSecretGrant.kind';
import { AgentServiceAccount } from './agentServiceAccount.kind';
import { AgentSession } from './agentSession.kind';
import { AgentSessionAttachment } from './agentSessionAttachment.kind';
import { AgentSessionTranscript } from './agentSessionTranscript.kind';
import { AgentSkill } from './agentSkill.kind';
import { AgentStack } from './agentStack.kind';
import { AgentSubagent } from './agentSubagent.kind';
import { AgentToolProfile } from './agentToolProfile.kind';
import { AgentTransportBinding } from './agentTransportBinding.kind';
import { AgentTriggerExecution } from './agentTriggerExecution.kind';
import { AgentTriggerRule } from './agentTriggerRule.kind';
import { KrateArtifact } from './krateArtifact.kind';
import { KrateWorkspace } from './krateWorkspace.kind';
import { KrateWorkspacePolicy } from './krateWorkspacePolicy.kind';
import { KrateWorkspaceRuntime } from './krateWorkspaceRuntime.kind';
import { WorkItemSessionLink } from './workItemSessionLink.kind';
import { WorkItemWorkspaceLink } from './workItemWorkspaceLink.kind';

export {
  AgentAdapter,
  AgentApproval,
  AgentCapabilityRequirement,
  AgentConfigGrant,
  AgentContextBundle,
  AgentContextLabel,
  AgentDispatchAttempt,
  AgentDispatchRun,
  AgentGatewayConfig,
  AgentMcpServer,
  AgentProviderConfig,
  AgentReviewArtifact,
  AgentSecretGrant,
  AgentServiceAccount,
  AgentSession,
  AgentSessionAttachment,
  AgentSessionTranscript,
  AgentSkill,
  AgentStack,
  AgentSubagent,
  AgentToolProfile,
  AgentTransportBinding,
  AgentTriggerExecution,
  AgentTriggerRule,
  KrateArtifact,
  KrateWorkspace,
  KrateWorkspacePolicy,
  KrateWorkspaceRuntime,
  WorkItemSessionLink,
  WorkItemWorkspaceLink,
};
export { permissionReviewSchema } from './agentDispatchRun.kind';

export const agentKinds: readonly Kind[] = [
  AgentAdapter,
  AgentApproval,
  AgentCapabilityRequirement,
  AgentConfigGrant,
  AgentContextBundle,
  AgentContextLabel,
  AgentDispatchAttempt,
  AgentDispatchRun,
  AgentGatewayConfig,
  AgentMcpServer,
  AgentProviderConfig,
  AgentReviewArtifact,
  AgentSecretGrant,
  AgentServiceAccount,
  AgentSession,
  AgentSessionAttachment,
  AgentSessionTranscript,
  AgentSkill,
  AgentStack,
  AgentSubagent,
  AgentToolProfile,
  AgentTransportBinding,
  AgentTriggerExecution,
  AgentTriggerRule,
  KrateArtifact,
  KrateWorkspace,
  KrateWorkspacePolicy,
  KrateWorkspaceRuntime,
  WorkItemSessionLink,
  WorkItemWorkspaceLink,
];
