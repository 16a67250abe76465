import { defineReconciler, ReconcileContext, reads, Result } from '@krate/controller-runtime';
import {
  AgentAdapter,
  AgentProviderConfig,
  AgentSecretGrant,
  AgentServiceAccount,
  AgentStack,
  AgentToolProfile,
  KrateWorkspacePolicy,
} from '@krate/plugin-agents-common';
import { AgentRoleBinding } from '@krate/plugin-control-plane-common';
import { RunnerPool } from '@krate/plugin-forge-common';
import { agentRolesOf } from '../review/agentRoles';
import { findGrants } from '../review/findGrant';
import { secretNeeds } from '../review/secretNeeds';
import { conditionOf, met, unmet } from './conditions';

const stackReads = {
  adapter: reads.ref(AgentAdapter, 'spec.adapter'),
  provider: reads.ref(AgentProviderConfig, 'spec.provider'),
  account: reads.ref(AgentServiceAccount, 'spec.runtimeIdentity.serviceAccountRef'),
  profile: reads.ref(AgentToolProfile, 'spec.toolProfileRef'),
  policy: reads.ref(KrateWorkspacePolicy, 'spec.workspacePolicyRef'),
  pool: reads.ref(RunnerPool, 'spec.runnerPool'),
  bindings: reads.all(AgentRoleBinding),
  grants: reads.all(AgentSecretGrant),
};
type Context = ReconcileContext<typeof stackReads>;

/** Says whether a stack can be dispatched; where not, exactly what is missing and how to mend it. */
export const agentStackReconciler = defineReconciler({
  for: AgentStack,
  reads: stackReads,

  reconcile(ctx, stack): Result<typeof AgentStack> {
    const findings = [
      capabilities(ctx, stack),
      tools(ctx, stack),
      identity(ctx, stack),
      roles(ctx, stack),
      secrets(ctx, stack),
    ];
    const missing = findings.filter(({ status }) => status === 'False');
    if (missing.length === 0) {
      const ready = met('Ready', 'AllRequirementsMet', 'The stack can be dispatched');
      return { status: { phase: 'Ready' }, conditions: [...findings, ready] };
    }
    const permission = missing.every(({ type }) => type === 'RolesAdmitted' || type === 'SecretsAdmitted');
    const reason = permission ? 'PermissionRequirementsBlocked' : 'MissingRefs';
    const ready = unmet('Ready', reason, missing.map(({ message }) => message).join('; '));
    return { status: { phase: 'Blocked' }, conditions: [...findings, ready] };
  },
});

function capabilities({ adapter, provider, pool, policy }: Context, { spec }: AgentStack) {
  const missing = (
    reason: 'AdapterMissing' | 'ProviderMissing' | 'PoolMissing' | 'WorkspacePolicyMissing',
    what: string,
    field: string,
  ) => unmet('CapabilitiesResolved', reason, `${what} does not exist: create it or change ${field}`);
  if (!adapter) return missing('AdapterMissing', `The AgentAdapter ${spec.adapter}`, 'spec.adapter');
  const adapterReady = conditionOf(adapter, 'Ready');
  if (adapterReady?.status === 'False') {
    return unmet(
      'CapabilitiesResolved',
      'AdapterMissing',
      `The AgentAdapter ${spec.adapter} is not ready: ${adapterReady.message}`,
    );
  }
  if (spec.provider && !provider)
    return missing('ProviderMissing', `The AgentProviderConfig ${spec.provider}`, 'spec.provider');
  const providerReady = conditionOf(provider, 'Ready');
  if (providerReady?.status === 'False') {
    return unmet(
      'CapabilitiesResolved',
      'ProviderMissing',
      `The AgentProviderConfig ${spec.provider} is not ready: ${providerReady.message}`,
    );
  }
  if (spec.runnerPool && !pool)
    return missing('PoolMissing', `The RunnerPool ${spec.runnerPool}`, 'spec.runnerPool');
  if (spec.workspacePolicyRef && !policy) {
    return missing(
      'WorkspacePolicyMissing',
      `The KrateWorkspacePolicy ${spec.workspacePolicyRef}`,
      'spec.workspacePolicyRef',
    );
  }
  return met('CapabilitiesResolved', 'Resolved', `${spec.baseAgent} through the adapter ${spec.adapter}`);
}

function tools({ profile }: Context, { spec }: AgentStack) {
  const name = spec.toolProfileRef;
  if (!name) return met('ToolsAdmitted', 'NoProfile', 'No tool profile: every tool is asked for');
  if (profile) return met('ToolsAdmitted', 'Admitted', `Tools are judged by the profile ${name}`);
  return unmet(
    'ToolsAdmitted',
    'ToolPolicyMissing',
    `The AgentToolProfile ${name} does not exist: create it or change spec.toolProfileRef`,
  );
}

function identity({ account }: Context, { spec }: AgentStack) {
  const name = spec.runtimeIdentity.serviceAccountRef;
  if (account) return met('RuntimeIdentityReady', 'ServiceAccountReady', `Runs as ${name}`);
  const message = `The AgentServiceAccount ${name} does not exist: create it or change spec.runtimeIdentity.serviceAccountRef`;
  return unmet('RuntimeIdentityReady', 'MissingServiceAccount', message);
}

function roles({ bindings }: Context, { metadata, spec }: AgentStack) {
  const serviceAccount = spec.runtimeIdentity.serviceAccountRef;
  const held = agentRolesOf({ serviceAccount, stack: metadata.name }, bindings);
  if (held.length > 0)
    return met('RolesAdmitted', 'RequiredRolesAllowed', `Holds ${[...new Set(held)].join(', ')}`);
  const message =
    `Neither the AgentServiceAccount ${serviceAccount} nor the stack holds a role: ` +
    'create an AgentRoleBinding to a role such as krate-agent-repository-repair';
  return unmet('RolesAdmitted', 'MissingRoleBindings', message);
}

function secrets({ provider, profile, grants }: Context, { metadata, spec }: AgentStack) {
  const needs = secretNeeds({ provider, toolProfile: profile });
  if (needs.length === 0) return met('SecretsAdmitted', 'NoneRequired', 'No secret is needed');
  const seeker = {
    stack: metadata.name,
    serviceAccount: spec.runtimeIdentity.serviceAccountRef,
    toolProfile: spec.toolProfileRef,
    runnerPool: spec.runnerPool,
  };
  const ungranted = needs.filter(need => findGrants(need, seeker, grants).length === 0);
  if (ungranted.length === 0) return met('SecretsAdmitted', 'Granted', 'Every secret it needs is granted');
  const [{ secret, purpose, neededBy }] = ungranted as [(typeof ungranted)[0]];
  const message =
    `The ${neededBy} needs the Secret ${secret}, which is not granted: create an AgentSecretGrant for ` +
    `agent-stack ${metadata.name} with the purpose ${purpose}`;
  return unmet('SecretsAdmitted', 'MissingSecretGrant', message);
}
