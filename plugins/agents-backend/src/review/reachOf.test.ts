import { fine, grant, policy, profile, PULL, run, stack, withKey } from './__fixtures__/reviewParts';
import { grantManifest } from './grantManifest';
import { launchDescription, LaunchParts } from './launchDescription';
import { permissionReview } from './permissionReview';
import { reachOf } from './reachOf';
import { parse } from 'yaml';

const reach = (given: object) => {
  const parts = { ...fine, ...given } as LaunchParts;
  return reachOf(parts, launchDescription(parts, permissionReview(parts)));
};
const decisionOf = (given: object, tool: string) =>
  reach(given).tools.find(({ kind }) => kind === tool)?.decision;

describe('what a run could touch', () => {
  it('names as whom it runs, where it starts and what becomes of its changes', () => {
    expect(reach({})).toMatchObject({
      identity: { serviceAccount: 'fixer', roles: ['krate-agent-repository-repair'] },
      repository: { name: 'web', ref: 'refs/heads/main', untrusted: false },
      network: { hosts: [] },
      secrets: [],
      writeBack: { allowed: true, requireApproval: true, targets: ['pull-request'] },
      limits: { maxDurationSeconds: 3600 },
    });
    expect(reach({ run: run({ ref: PULL }) }).repository).toMatchObject({ ref: PULL, untrusted: true });
  });

  it.each([
    { reason: 'no profile: every tool is asked for', given: {}, tool: 'edit', want: 'ask' },
    {
      reason: 'the profile allows edits in the workspace',
      given: { toolProfile: profile({ approvalPolicyByTool: { edit: 'allow-workspace' } }) },
      tool: 'edit',
      want: 'allow',
    },
    {
      reason: 'files may not be changed',
      given: {
        toolProfile: profile({ filesystemPolicy: 'read-only', approvalPolicyByTool: { '*': 'allow' } }),
      },
      tool: 'edit',
      want: 'deny',
    },
    {
      reason: 'the workspace policy takes a tool away, whatever the profile says',
      given: {
        toolProfile: profile({ approvalPolicyByTool: { '*': 'allow' } }),
        workspacePolicy: policy({ deniedTools: ['fetch'] }),
      },
      tool: 'fetch',
      want: 'deny',
    },
    {
      reason: 'yolo never asks',
      given: { stack: stack({ approvalMode: 'yolo' }) },
      tool: 'execute',
      want: 'allow',
    },
  ])('$tool is judged as while it runs: $reason', ({ given, tool, want }) => {
    expect(decisionOf(given, tool)).toBe(want);
  });

  it.each([
    {
      reason: 'Krate holds the key of a model',
      given: withKey,
      want: { delivery: 'by-reference', grant: 'fixer-model' },
    },
    {
      reason: 'nobody grants it',
      given: { ...withKey, grants: [] },
      want: { delivery: 'not-granted', keys: ['apiKey'] },
    },
    {
      reason: 'somebody must agree first',
      given: { ...withKey, grants: [grant({ requiredApproval: 'always' })] },
      want: { asksFirst: true },
    },
    {
      reason: 'a tool gets files',
      given: {
        toolProfile: profile({ requiredSecretRefs: ['npm'] }),
        grants: [
          grant({ purpose: 'tool', secretRef: { name: 'npm', keys: ['token'] }, mountPolicy: 'file' }),
        ],
      },
      want: { secret: 'npm', keys: ['token'], delivery: 'file' },
    },
  ])('says how a secret is used: $reason', ({ given, want }) => {
    expect(reach(given).secrets).toEqual([expect.objectContaining(want)]);
  });
});

describe('the manifest of a missing grant', () => {
  const missingIn = (given: object) => {
    const parts = { ...fine, ...given } as LaunchParts;
    return permissionReview(parts).missingGrants!.map(missing => parse(grantManifest(missing, parts)));
  };

  it('is for this repository and this key alone', () => {
    expect(missingIn({ ...withKey, grants: [] })).toEqual([
      expect.objectContaining({
        kind: 'AgentSecretGrant',
        metadata: { name: 'fixer-model-key', namespace: fine.run.metadata.namespace },
        spec: {
          subject: { kind: 'agent-stack', name: 'fixer' },
          secretRef: { name: 'model-key', keys: ['apiKey'] },
          purpose: 'model-provider-token',
          allowedRepositories: ['web'],
        },
      }),
    ]);
  });

  it('brings what was missing: with it the review has nothing against the run', () => {
    const [missing] = missingIn({ ...withKey, grants: [] });
    expect(permissionReview({ ...withKey, grants: [grant(missing.spec)] }).decision).toBe('allowed');
    const [role] = missingIn({ bindings: [] });
    expect(role.spec).toMatchObject({ scope: { kind: 'repository', name: 'web' } });
  });
});
