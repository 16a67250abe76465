import { anObject } from '@krate/controller-runtime/testkit';
import {
  AgentAdapter,
  AgentDispatchRun,
  AgentProviderConfig,
  AgentSecretGrant,
  AgentServiceAccount,
  AgentStack,
  AgentToolProfile,
  KrateWorkspacePolicy,
} from '@krate/plugin-agents-common';
import { AgentRoleBinding } from '@krate/plugin-control-plane-common';
import { Repository, RunnerPool } from '@krate/plugin-forge-common';
import { PermissionReviewInput } from '../permissionReview';

export const named = (name: string) => ({ metadata: { name } });

export const run = (spec = {}) =>
  anObject(AgentDispatchRun, {
    ...named('fix-1'),
    spec: { repository: 'web', agentStack: 'fixer', ...spec },
  });
export const stack = (spec = {}) =>
  anObject(AgentStack, {
    ...named('fixer'),
    spec: {
      baseAgent: 'opencode',
      adapter: 'opencode',
      runtimeIdentity: { serviceAccountRef: 'fixer' },
      ...spec,
    },
  });
export const account = (spec = {}) =>
  anObject(AgentServiceAccount, {
    ...named('fixer'),
    spec: { serviceAccountName: 'fixer', allowedRepositories: ['web'], ...spec },
  });
export const pool = (trustTier: 'trusted' | 'untrusted') =>
  anObject(RunnerPool, { ...named('local'), spec: { warmReplicas: 0, maxReplicas: 1, trustTier } });
export const binding = (spec: any = {}) =>
  anObject(AgentRoleBinding, {
    ...named('b'),
    spec: {
      subject: { kind: 'AgentServiceAccount', name: 'fixer' },
      scope: { kind: 'repository', name: 'web' },
      ...spec,
      roleRef: { kind: 'Role', name: spec.role ?? 'krate-agent-repository-repair' },
    },
  });
export const provider = anObject(AgentProviderConfig, {
  ...named('models'),
  spec: {
    provider: 'openai',
    authType: 'bearer',
    apiBase: 'https://models.example/v1',
    secretRef: { name: 'model-key', key: 'apiKey' },
  },
});
export const grant = (spec = {}) =>
  anObject(AgentSecretGrant, {
    ...named('fixer-model'),
    spec: {
      subject: { kind: 'agent-stack', name: 'fixer' },
      secretRef: { name: 'model-key', keys: ['apiKey'] },
      purpose: 'model-provider-token',
      ...spec,
    },
  });
export const profile = (spec = {}) =>
  anObject(AgentToolProfile, {
    ...named('careful'),
    spec: { filesystemPolicy: 'workspace-write', approvalPolicyByTool: {}, ...spec },
  });
export const policy = (spec = {}) =>
  anObject(KrateWorkspacePolicy, {
    ...named('strict'),
    spec: { mode: 'on-demand', retentionPolicy: { maxAgeHours: 1 }, ...spec },
  });

/** A run that nothing is to be said against. */
export const fine: PermissionReviewInput = {
  run: run(),
  stack: stack(),
  repository: anObject(Repository, named('web')),
  adapter: anObject(AgentAdapter, {
    ...named('opencode'),
    spec: { adapterType: 'subprocess', transport: 'stdio', command: ['opencode'] },
  }),
  serviceAccount: account(),
  bindings: [binding()],
  grants: [],
};
export const withKey: PermissionReviewInput = {
  ...fine,
  stack: stack({ provider: 'models' }),
  provider,
  grants: [grant()],
};
/** A pull request's ref, where everything about it is as it must be. */
export const PULL = 'refs/pull/42/head';
export const stranger: Partial<PermissionReviewInput> = {
  run: run({ ref: PULL }),
  runnerPool: pool('untrusted'),
  bindings: [binding({ role: 'krate-agent-readonly' })],
};
