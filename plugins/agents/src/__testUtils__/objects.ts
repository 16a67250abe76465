import {
  AgentApproval,
  AgentDispatchAttempt,
  AgentDispatchRun,
  AgentStack,
} from '@krate/plugin-agents-common';
import { Condition, ObjectMeta, Resource } from '@krate/resource-model';

/** Objects as the API answers them, for tests. */
const metadata = (name: string): ObjectMeta => ({
  name,
  namespace: 'krate-org-acme',
  uid: `uid-${name}`,
  resourceVersion: '1',
  generation: 1,
  creationTimestamp: '2026-11-20T11:59:00Z',
});

export const object = (kind: string, name: string, spec: object, status: object) =>
  ({ apiVersion: 'krate.a5c.ai/v1alpha1', kind, metadata: metadata(name), spec, status }) satisfies Resource;

export const condition = (
  type: string,
  status: Condition['status'],
  reason: string,
  message = '',
): Condition => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: '2026-11-20T12:00:00Z',
});

export const aRun = (status: object = {}, spec: object = {}) =>
  object(
    'AgentDispatchRun',
    'fix-1',
    {
      repository: 'till',
      agentStack: 'fixer',
      ref: 'refs/heads/main',
      sourceRefs: {},
      requestedBy: 'ada',
      taskKind: 'implementation',
      ...spec,
    },
    status,
  ) as AgentDispatchRun;

export const anAttempt = (status: object = {}, spec: object = {}) =>
  object(
    'AgentDispatchAttempt',
    'fix-1-1',
    { agentDispatchRun: 'fix-1', workspaceRef: 'fix-1', ...spec },
    status,
  ) as AgentDispatchAttempt;

export const anApproval = (spec: object = {}, status: object = {}) =>
  object(
    'AgentApproval',
    'fix-1-1-tool-0',
    {
      dispatchRun: 'fix-1',
      action: 'tool-use',
      actionDetail: {
        type: 'execute',
        target: 'node --test',
        summary: 'Run `node --test`',
        input: '{"command":"node --test"}',
      },
      requestedBy: { kind: 'AgentStack', name: 'fixer' },
      policyReasons: ['The tool profile careful asks for execute'],
      artifactRefs: [],
      expiresAt: '2099-01-01T00:00:00Z',
      ...spec,
    },
    status,
  ) as AgentApproval;

export const aStack = (status: object = {}, spec: object = {}) =>
  object(
    'AgentStack',
    'fixer',
    {
      displayName: 'Fixer',
      baseAgent: 'scripted',
      adapter: 'scripted',
      runtimeIdentity: { serviceAccountRef: 'fixer' },
      approvalMode: 'prompt',
      prompt: {},
      taskKind: 'implementation',
      writeBackPolicy: { requireApproval: true, allowedTargets: ['pull-request'] },
      ...spec,
    },
    status,
  ) as AgentStack;
