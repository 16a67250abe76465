import type { AgentDispatchAttempt, AgentDispatchRun, AgentStack } from '@krate/plugin-agents-common';
import { findGrants, grantSeekerOf } from './findGrant';
import { PermissionReview, PermissionReviewInput } from './permissionReview';
import { secretNeeds } from './secretNeeds';

const DEFAULT_DURATION_SECONDS = 3600;
const DEFAULT_EXPIRY_MINUTES = 1440;

export type Launch = AgentDispatchAttempt['spec']['launch'];
/** What a review looked at, once there is a stack to launch. */
export type LaunchParts = PermissionReviewInput & { stack: AgentStack };

/** Everything an agent is launched with, from the objects its review looked at. What a launch does not name, it does not get. */
export function launchDescription(parts: LaunchParts, review: PermissionReview): Launch {
  const { run, stack, adapter, provider, toolProfile, workspacePolicy, runnerPool } = parts;
  const { spec, metadata } = stack;
  const budget = narrowed(spec.budget, run.spec.budget);
  const { maxDurationSeconds = DEFAULT_DURATION_SECONDS, ...spending } = budget;
  return {
    command: adapter?.spec.command ?? [],
    protocol: adapter?.spec.protocol ?? 'acp',
    trusted: Boolean(adapter?.spec.trusted) && (runnerPool?.spec.trustTier ?? 'trusted') === 'trusted',
    prompt: [spec.prompt.system, spec.prompt.developer, run.spec.task ?? spec.prompt.task]
      .filter(Boolean)
      .join('\n\n'),
    ...((spec.model ?? provider?.spec.defaultModel) && { model: spec.model ?? provider?.spec.defaultModel }),
    ...(provider && { provider: provider.metadata.name }),
    ...(spec.environment && { environment: spec.environment }),
    approvalMode: spec.approvalMode,
    author: spec.displayName ?? metadata.name,
    ...(toolProfile && { toolProfile: toolProfile.metadata.name }),
    tools: {
      filesystemPolicy: toolProfile?.spec.filesystemPolicy ?? 'workspace-write',
      approvalPolicyByTool: toolProfile?.spec.approvalPolicyByTool ?? {},
      allowedCommands: toolProfile?.spec.allowedCommands ?? [],
      deniedCommands: toolProfile?.spec.deniedCommands ?? [],
      allowedTools: workspacePolicy?.spec.allowedTools ?? [],
      deniedTools: workspacePolicy?.spec.deniedTools ?? [],
    },
    secretFiles: grantedFiles(parts),
    allowHosts: toolProfile?.spec.networkPolicy.allowHosts ?? [],
    maxDurationSeconds,
    budget: spending,
    approvalExpiryMinutes: workspacePolicy?.spec.approvalExpiryMinutes ?? DEFAULT_EXPIRY_MINUTES,
    writeBack: {
      allowed: review.checks.some(({ rule, outcome }) => rule === 'write-back' && outcome === 'allowed'),
      requireApproval: spec.writeBackPolicy.requireApproval,
    },
  };
}

type Budget = NonNullable<AgentDispatchRun['spec']['budget']>;

/** A run may ask for less than its stack allows, never for more. */
function narrowed(stack: Budget = {}, run: Budget = {}): Budget {
  const limits = (['maxTokens', 'maxCostUsd', 'maxDurationSeconds'] as const).flatMap(limit => {
    const given = [stack[limit], run[limit]].filter(value => value !== undefined);
    return given.length > 0 ? [[limit, Math.min(...given)]] : [];
  });
  return Object.fromEntries(limits);
}

/** The tools' secrets that a grant lets the agent see as files. The model's key never is among them. */
function grantedFiles(parts: LaunchParts) {
  const seeker = grantSeekerOf(parts);
  return secretNeeds({ toolProfile: parts.toolProfile }).flatMap(need => {
    const grant = findGrants(need, seeker, parts.grants).find(({ spec }) => spec.mountPolicy === 'file');
    return grant ? [{ secret: need.secret, keys: grant.spec.secretRef.keys }] : [];
  });
}
