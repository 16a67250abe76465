import type { PermissionReach } from '@krate/plugin-agents-common';
import { judgeToolCall } from '../agent/judgeToolCall';
import { agentRolesOf } from './agentRoles';
import { findGrants, grantSeekerOf, needsApproval } from './findGrant';
import { Launch, LaunchParts } from './launchDescription';
import { isUntrustedRef } from './refGlob';
import { SecretNeed, secretNeeds } from './secretNeeds';

/** The kinds of tools that ACP knows; an agent announces each call as one of them. */
const TOOL_KINDS = ['read', 'search', 'edit', 'delete', 'move', 'execute', 'fetch', 'think', 'other'];
const WORKSPACE = '/workspace';

/** What a run could touch, read from what it would be launched with: the same description that its sandbox is made from. */
export function reachOf(parts: LaunchParts, launch: Launch): PermissionReach {
  const { run, stack, provider, bindings } = parts;
  const { repository, ref } = run.spec;
  const serviceAccount = stack.spec.runtimeIdentity.serviceAccountRef;
  return {
    identity: {
      serviceAccount,
      roles: [...new Set(agentRolesOf({ serviceAccount, stack: stack.metadata.name, repository }, bindings))],
    },
    repository: { name: repository, ref, untrusted: isUntrustedRef(ref) },
    files: filesOf(launch),
    tools: TOOL_KINDS.map(kind => ({ kind, ...verdictOf(launch, kind) })),
    commands: { allowed: launch.tools.allowedCommands, denied: launch.tools.deniedCommands },
    network: {
      hosts: launch.allowHosts,
      ...(provider && { model: { provider: provider.metadata.name, apiBase: provider.spec.apiBase } }),
    },
    secrets: secretNeeds(parts).map(need => secretOf(need, parts)),
    writeBack: {
      allowed: launch.writeBack.allowed,
      requireApproval: launch.writeBack.requireApproval,
      targets: launch.writeBack.allowed ? stack.spec.writeBackPolicy.allowedTargets : [],
    },
    limits: { maxDurationSeconds: launch.maxDurationSeconds, ...launch.budget },
  };
}

function filesOf({ tools: { filesystemPolicy } }: Launch): PermissionReach['files'] {
  if (filesystemPolicy === 'no-fs') return 'none';
  return filesystemPolicy === 'read-only' ? 'read' : 'workspace';
}

/** As it would be judged while it runs, for a call that stays in the workspace. */
function verdictOf(
  launch: Launch,
  kind: string,
): Pick<PermissionReach['tools'][number], 'decision' | 'reason'> {
  const { decision, reasons } = judgeToolCall(launch, { kind, paths: [`${WORKSPACE}/file`] }, WORKSPACE);
  return { decision, reason: reasons.join('; ') };
}

/** A model's key stays with Krate, which adds it to the calls; only a tool's secret can be put before the agent. */
function secretOf(need: SecretNeed, parts: LaunchParts): PermissionReach['secrets'][number] {
  const { purpose, secret, neededBy } = need;
  const found = findGrants(need, grantSeekerOf(parts), parts.grants);
  const grant = (purpose === 'tool' && found.find(({ spec }) => spec.mountPolicy === 'file')) || found[0];
  const known = { secret, purpose, neededBy };
  if (!grant) return { ...known, keys: need.key ? [need.key] : [], delivery: 'not-granted' };
  return {
    ...known,
    keys: need.key ? [need.key] : grant.spec.secretRef.keys,
    grant: grant.metadata.name,
    delivery: purpose === 'tool' && grant.spec.mountPolicy === 'file' ? 'file' : 'by-reference',
    asksFirst: needsApproval(grant, parts.run.spec.ref),
  };
}
