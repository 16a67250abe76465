import { AgentStack } from '@krate/plugin-agents-common';
import { Condition } from '@krate/resource-model';
import { stringify } from 'yaml';

export interface Finding {
  /** What was looked at, in product words. */
  title: string;
  state: 'met' | 'missing' | 'unknown';
  /** The controller's own sentence. */
  message?: string;
  reason?: string;
  /** A manifest that mends it when applied, with its gaps to be filled in. */
  fix?: string;
}

/** The requirements of a stack in the order people meet them. `Ready` is their conjunction and no requirement itself. */
const TITLES: Record<string, string> = {
  CapabilitiesResolved: 'Program, model and pool',
  ToolsAdmitted: 'Tools',
  RuntimeIdentityReady: 'Identity',
  RolesAdmitted: 'Roles',
  SecretsAdmitted: 'Secrets',
};

const STATES = { True: 'met', False: 'missing', Unknown: 'unknown' } as const;

/** What a stack needs to be dispatched, and for what is missing the YAML that brings it. */
export function findingsOf(stack: AgentStack): Finding[] {
  const conditions = stack.status?.conditions ?? [];
  return Object.entries(TITLES).map(([type, title]) => {
    const condition = conditions.find(candidate => candidate.type === type);
    if (!condition) return { title, state: 'unknown' };
    const state = STATES[condition.status];
    const { message, reason } = condition;
    return { title, state, message, reason, fix: state === 'missing' ? fixOf(stack, condition) : undefined };
  });
}

/** Whether a stack can be dispatched, and why not. */
export function readinessOf(stack: AgentStack): { ready: boolean; reason?: string } {
  if (stack.status?.phase === 'Ready') return { ready: true };
  const missing = findingsOf(stack).find(({ state }) => state === 'missing');
  return { ready: false, reason: missing?.message ?? 'Its requirements have not been checked yet' };
}

function fixOf(stack: AgentStack, { reason, message }: Condition): string | undefined {
  const { namespace, name } = stack.metadata;
  const { adapter, provider, runnerPool, workspacePolicyRef, toolProfileRef, runtimeIdentity } = stack.spec;
  const account = runtimeIdentity.serviceAccountRef;
  const manifest = (kind: string, called: string | undefined, spec: object) =>
    stringify({ apiVersion: 'krate.a5c.ai/v1alpha1', kind, metadata: { name: called, namespace }, spec });
  // A thing that exists and is not ready is mended by its own message; another one of its name would be refused.
  const exists = !/does not exist|is not granted|holds a role/.test(message) && message !== '';
  if (exists) return undefined;
  switch (reason) {
    case 'AdapterMissing':
      return manifest('AgentAdapter', adapter, {
        adapterType: 'subprocess',
        transport: 'stdio',
        protocol: 'acp',
        command: [stack.spec.baseAgent, 'acp'],
      });
    case 'ProviderMissing':
      return manifest('AgentProviderConfig', provider, {
        provider: 'openai-compatible',
        authType: 'bearer',
        apiBase: 'https://models.example/v1',
        secretRef: { name: 'model-key', key: 'apiKey' },
      });
    case 'PoolMissing':
      return manifest('RunnerPool', runnerPool, { warmReplicas: 0, maxReplicas: 2, trustTier: 'untrusted' });
    case 'WorkspacePolicyMissing':
      return manifest('KrateWorkspacePolicy', workspacePolicyRef, {
        mode: 'isolated-worktree',
        retentionPolicy: { maxAgeHours: 24 },
      });
    case 'ToolPolicyMissing':
      return manifest('AgentToolProfile', toolProfileRef, {
        filesystemPolicy: 'workspace-write',
        approvalPolicyByTool: { read: 'allow', edit: 'allow-workspace', '*': 'prompt' },
      });
    case 'MissingServiceAccount':
      return manifest('AgentServiceAccount', account, {
        serviceAccountName: account,
        allowedRepositories: ['<repository>'],
      });
    case 'MissingRoleBindings':
      return manifest('AgentRoleBinding', `${account}-repair`, {
        subject: { kind: 'AgentServiceAccount', name: account },
        scope: { kind: 'repository', name: '<repository>' },
        roleRef: { name: 'krate-agent-repository-repair' },
      });
    case 'MissingSecretGrant': {
      const secret = /the Secret (\S+?),? /.exec(message)?.[1] ?? '<secret>';
      const purpose = /purpose (\S+)/.exec(message)?.[1] ?? 'model-provider-token';
      return manifest('AgentSecretGrant', `${name}-${secret}`, {
        subject: { kind: 'agent-stack', name },
        secretRef: { name: secret, keys: ['<key>'] },
        purpose,
      });
    }
    default:
      return undefined;
  }
}
