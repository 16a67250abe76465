import { anObject, expectReconcilerLaws, reconcileOnce } from '@krate/controller-runtime/testkit';
import {
  AgentAdapter,
  AgentProviderConfig,
  AgentSecretGrant,
  AgentServiceAccount,
  AgentStack,
  AgentToolProfile,
} from '@krate/plugin-agents-common';
import { AgentRoleBinding } from '@krate/plugin-control-plane-common';
import { agentStackReconciler } from './agentStackReconciler';

const stack = (spec = {}) =>
  anObject(AgentStack, {
    metadata: { name: 'fixer' },
    spec: {
      baseAgent: 'opencode',
      adapter: 'opencode',
      runtimeIdentity: { serviceAccountRef: 'fixer' },
      toolProfileRef: 'careful',
      ...spec,
    },
  });
const ready = (reason: string, status: 'True' | 'False', message = 'm') => ({
  conditions: [
    { type: 'Ready' as const, status, reason, message, lastTransitionTime: '2026-01-01T00:00:00Z' },
  ],
});
const subprocess = { adapterType: 'subprocess' as const, transport: 'stdio' as const, command: ['opencode'] };
const provider = anObject(AgentProviderConfig, {
  metadata: { name: 'models' },
  spec: {
    provider: 'openai',
    authType: 'bearer',
    apiBase: 'https://m.example/v1',
    secretRef: { name: 'key', key: 'k' },
  },
});
const grant = anObject(AgentSecretGrant, {
  spec: {
    subject: { kind: 'agent-stack', name: 'fixer' },
    secretRef: { name: 'key', keys: ['k'] },
    purpose: 'model-provider-token',
  },
});
const binding = anObject(AgentRoleBinding, {
  spec: {
    subject: { kind: 'AgentServiceAccount', name: 'fixer' },
    scope: { kind: 'organization' },
    roleRef: { kind: 'Role', name: 'krate-agent-repository-repair' },
  },
});
const everything = {
  adapter: anObject(AgentAdapter, { metadata: { name: 'opencode' }, spec: subprocess }),
  account: anObject(AgentServiceAccount),
  profile: anObject(AgentToolProfile),
  bindings: [binding],
};

describe('agentStackReconciler', () => {
  it.each([
    {
      reason: 'everything is there',
      given: {},
      want: {
        Ready: 'AllRequirementsMet',
        CapabilitiesResolved: 'Resolved',
        ToolsAdmitted: 'Admitted',
        SecretsAdmitted: 'NoneRequired',
      },
    },
    {
      reason: 'no adapter',
      given: { reads: { adapter: undefined } },
      want: { Ready: 'MissingRefs', CapabilitiesResolved: 'AdapterMissing' },
      says: /AgentAdapter opencode does not exist: create it/,
    },
    {
      reason: 'the adapter’s program is missing',
      given: {
        reads: {
          adapter: anObject(AgentAdapter, {
            spec: subprocess,
            status: ready('CommandMissing', 'False', 'install opencode'),
          }),
        },
      },
      want: { Ready: 'MissingRefs', CapabilitiesResolved: 'AdapterMissing' },
      says: /install opencode/,
    },
    {
      reason: 'no provider',
      given: { spec: { provider: 'models' } },
      want: { CapabilitiesResolved: 'ProviderMissing' },
    },
    {
      reason: 'no pool',
      given: { spec: { runnerPool: 'local' } },
      want: { CapabilitiesResolved: 'PoolMissing' },
    },
    {
      reason: 'no workspace policy',
      given: { spec: { workspacePolicyRef: 'p' } },
      want: { CapabilitiesResolved: 'WorkspacePolicyMissing' },
    },
    {
      reason: 'no tool profile named',
      given: { spec: { toolProfileRef: undefined }, reads: { profile: undefined } },
      want: { Ready: 'AllRequirementsMet', ToolsAdmitted: 'NoProfile' },
    },
    {
      reason: 'no tool profile',
      given: { reads: { profile: undefined } },
      want: { Ready: 'MissingRefs', ToolsAdmitted: 'ToolPolicyMissing' },
    },
    {
      reason: 'no account',
      given: { reads: { account: undefined } },
      want: { Ready: 'MissingRefs', RuntimeIdentityReady: 'MissingServiceAccount' },
    },
    {
      reason: 'no role',
      given: { reads: { bindings: [] } },
      want: { Ready: 'PermissionRequirementsBlocked', RolesAdmitted: 'MissingRoleBindings' },
      says: /AgentRoleBinding/,
    },
    {
      reason: 'no grant',
      given: { spec: { provider: 'models' }, reads: { provider } },
      want: { Ready: 'PermissionRequirementsBlocked', SecretsAdmitted: 'MissingSecretGrant' },
      says: /Secret key.*AgentSecretGrant/,
    },
    {
      reason: 'the grant was added',
      given: { spec: { provider: 'models' }, reads: { provider, grants: [grant] } },
      want: { Ready: 'AllRequirementsMet', SecretsAdmitted: 'Granted' },
    },
  ] as {
    reason: string;
    given: { spec?: object; reads?: object };
    want: Record<string, string>;
    says?: RegExp;
  }[])('says $want when $reason', ({ given, want, says = /./ }) => {
    const situation: any = { object: stack(given.spec), reads: { ...everything, ...given.reads } };
    const { conditions = [], status } = reconcileOnce(agentStackReconciler, situation);
    const reasons = Object.fromEntries(conditions.map(condition => [condition.type, condition.reason]));
    expect(reasons).toMatchObject(want);
    expect(Object.keys(reasons).sort()).toEqual(Object.keys(AgentStack.conditions!).sort());
    const readyCondition = conditions.find(({ type }) => type === 'Ready')!;
    expect(readyCondition.message).toMatch(says);
    expect(status).toEqual({ phase: readyCondition.status === 'True' ? 'Ready' : 'Blocked' });
    expectReconcilerLaws(agentStackReconciler, situation);
  });
});
