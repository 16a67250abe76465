import { anObject, expectReconcilerLaws, reconcileOnce } from '@krate/controller-runtime/testkit';
import {
  AgentAdapter,
  AgentProviderConfig,
  AgentSecretGrant,
  AgentServiceAccount,
  AgentStack,
  AgentToolProfile,
  KrateWorkspacePolicy,
} from '@krate/plugin-agents-common';
import { Secret } from '@krate/plugin-control-plane-common';
import { agentAdapterReconciler } from './agentAdapterReconciler';
import { agentProviderConfigReconciler } from './agentProviderConfigReconciler';
import { agentSecretGrantReconciler } from './agentSecretGrantReconciler';
import { agentServiceAccountReconciler } from './agentServiceAccountReconciler';
import { agentToolProfileReconciler } from './agentToolProfileReconciler';
import { krateWorkspacePolicyReconciler } from './krateWorkspacePolicyReconciler';

const subprocess = {
  adapterType: 'subprocess' as const,
  transport: 'stdio' as const,
  command: ['opencode', 'acp'],
};
const adapter = (spec = {}) => anObject(AgentAdapter, { spec: { ...subprocess, ...spec } });
const keyed = { provider: 'openai', authType: 'bearer', apiBase: 'https://models.example/v1' } as const;
const provider = (spec = {}) =>
  anObject(AgentProviderConfig, { spec: { ...keyed, secretRef: { name: 'key', key: 'apiKey' }, ...spec } });
const secret = (...keys: string[]) =>
  anObject(Secret, {
    metadata: { name: 'key' },
    spec: { data: Object.fromEntries(keys.map(key => [key, ''])) } as any,
  });
const grant = (spec = {}) =>
  anObject(AgentSecretGrant, {
    spec: {
      subject: { kind: 'agent-stack', name: 'fixer' },
      secretRef: { name: 'key', keys: ['apiKey'] },
      purpose: 'tool',
      ...spec,
    },
  });
const account = anObject(AgentServiceAccount, {
  spec: { serviceAccountName: 'a', allowedRepositories: ['web'] },
});
const profile = anObject(AgentToolProfile, {
  spec: { filesystemPolicy: 'no-fs', approvalPolicyByTool: {}, requiredSecretRefs: ['key'] },
});
const policy = anObject(KrateWorkspacePolicy, {
  spec: { mode: 'on-demand', retentionPolicy: { maxAgeHours: 2 } },
});
const stack = anObject(AgentStack, { metadata: { name: 'fixer' } });

const cases: {
  reason: string;
  reconciler: any;
  given: any;
  want: [status: string, reason: string, message?: RegExp];
}[] = [
  {
    reason: 'the program is there',
    reconciler: agentAdapterReconciler,
    given: { object: adapter(), reads: { command: { found: true, path: '/usr/bin/opencode' } } },
    want: ['True', 'CommandFound'],
  },
  {
    reason: 'the program is missing',
    reconciler: agentAdapterReconciler,
    given: { object: adapter(), reads: { command: { found: false } } },
    want: ['False', 'CommandMissing', /install it/],
  },
  {
    reason: 'no command',
    reconciler: agentAdapterReconciler,
    given: { object: adapter({ command: undefined }), reads: { command: { found: false } } },
    want: ['False', 'Unsupported'],
  },
  {
    reason: 'a remote adapter',
    reconciler: agentAdapterReconciler,
    given: { object: adapter({ adapterType: 'remote' }), reads: { command: { found: false } } },
    want: ['False', 'Unsupported', /remote/],
  },
  {
    reason: 'a protocol without a driver',
    reconciler: agentAdapterReconciler,
    given: { object: adapter({ protocol: 'codex-json' }), reads: { command: { found: true } } },
    want: ['False', 'Unsupported'],
  },

  {
    reason: 'no key needed',
    reconciler: agentProviderConfigReconciler,
    given: { object: provider({ authType: 'none', secretRef: undefined }) },
    want: ['True', 'Configured'],
  },
  {
    reason: 'the key exists',
    reconciler: agentProviderConfigReconciler,
    given: { object: provider(), reads: { secret: secret('apiKey') } },
    want: ['True', 'Configured'],
  },
  {
    reason: 'no secret named',
    reconciler: agentProviderConfigReconciler,
    given: { object: provider({ secretRef: undefined }) },
    want: ['False', 'SecretMissing', /spec.secretRef/],
  },
  {
    reason: 'the secret is missing',
    reconciler: agentProviderConfigReconciler,
    given: { object: provider() },
    want: ['False', 'SecretMissing', /create it/],
  },
  {
    reason: 'the key is missing',
    reconciler: agentProviderConfigReconciler,
    given: { object: provider(), reads: { secret: secret('other') } },
    want: ['False', 'KeyMissing', /apiKey/],
  },

  {
    reason: 'the repositories exist',
    reconciler: agentServiceAccountReconciler,
    given: { object: account, reads: { repositories: { items: [], missing: [] } } },
    want: ['True', 'Usable'],
  },
  {
    reason: 'a repository is missing',
    reconciler: agentServiceAccountReconciler,
    given: { object: account },
    want: ['False', 'RepositoryMissing', /web/],
  },

  {
    reason: 'secret, keys and subject exist',
    reconciler: agentSecretGrantReconciler,
    given: { object: grant(), reads: { secret: secret('apiKey'), stack } },
    want: ['True', 'Active'],
  },
  {
    reason: 'revoked',
    reconciler: agentSecretGrantReconciler,
    given: { object: grant({ revoked: true }), reads: { secret: secret('apiKey'), stack } },
    want: ['False', 'Revoked'],
  },
  {
    reason: 'the secret is missing',
    reconciler: agentSecretGrantReconciler,
    given: { object: grant(), reads: { stack } },
    want: ['False', 'SecretMissing'],
  },
  {
    reason: 'the key was deleted',
    reconciler: agentSecretGrantReconciler,
    given: { object: grant(), reads: { secret: secret(), stack } },
    want: ['False', 'KeyMissing', /apiKey/],
  },
  {
    reason: 'the subject is missing',
    reconciler: agentSecretGrantReconciler,
    given: { object: grant(), reads: { secret: secret('apiKey') } },
    want: ['False', 'SubjectMissing'],
  },

  {
    reason: 'its secrets exist',
    reconciler: agentToolProfileReconciler,
    given: { object: profile, reads: { secrets: { items: [], missing: [] } } },
    want: ['True', 'Valid'],
  },
  {
    reason: 'a secret is missing',
    reconciler: agentToolProfileReconciler,
    given: { object: profile },
    want: ['False', 'SecretMissing', /key/],
  },
  {
    reason: 'a policy is valid',
    reconciler: krateWorkspacePolicyReconciler,
    given: { object: policy },
    want: ['True', 'Valid', /2 h/],
  },
];

describe('what configuration says of itself', () => {
  it.each(cases)(
    '$reconciler.for.kind is $want when $reason',
    ({ reconciler, given, want: [status, reason, message = /./] }) => {
      const { conditions } = reconcileOnce(reconciler, given);
      expect(conditions).toContainEqual({
        type: 'Ready',
        status,
        reason,
        message: expect.stringMatching(message),
      });
      expect(conditions!.map(({ type }) => type).sort()).toEqual(
        Object.keys(reconciler.for.conditions).sort(),
      );
      expectReconcilerLaws(reconciler, given);
    },
  );
});
