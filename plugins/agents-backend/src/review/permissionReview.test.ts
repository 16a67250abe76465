import { anObject } from '@krate/controller-runtime/testkit';
import { Repository } from '@krate/plugin-forge-common';
import { permissionReview, PermissionReviewInput } from './permissionReview';

import {
  account,
  binding,
  fine,
  grant,
  named,
  policy,
  pool,
  profile,
  run,
  stack,
  stranger,
  withKey,
} from './__fixtures__/reviewParts';

type Case = {
  reason: string;
  given: PermissionReviewInput;
  want: 'allowed' | 'denied' | 'requires-approval';
  rule?: string;
  message?: RegExp;
};
const cases: Case[] = [
  { reason: 'nothing is missing', given: fine, want: 'allowed' },
  {
    reason: 'the stack does not exist',
    given: { ...fine, stack: undefined },
    want: 'denied',
    rule: 'stack',
    message: /AgentStack fixer does not exist/,
  },
  {
    reason: 'the repository does not exist',
    given: { ...fine, repository: undefined },
    want: 'denied',
    rule: 'repository',
  },
  {
    reason: 'the repository is archived',
    given: { ...fine, repository: anObject(Repository, { ...named('web'), spec: { archived: true } }) },
    want: 'denied',
    rule: 'repository',
  },
  {
    reason: 'approvalMode deny, whatever was granted',
    given: { ...withKey, stack: stack({ provider: 'models', approvalMode: 'deny' }) },
    want: 'denied',
    rule: 'approval-mode',
  },
  {
    reason: 'approvalMode prompt does not park every launch',
    given: { ...fine, stack: stack({ approvalMode: 'prompt' }) },
    want: 'allowed',
  },
  {
    reason: 'approvalMode yolo is allowed when clean',
    given: { ...fine, stack: stack({ approvalMode: 'yolo' }) },
    want: 'allowed',
  },
  {
    reason: 'the repository is of another organization',
    given: {
      ...fine,
      repository: anObject(Repository, { metadata: { name: 'web', namespace: 'krate-org-globex' } }),
    },
    want: 'denied',
    rule: 'organization',
    message: /^CROSS_ORG_REF_DENIED(?!.*globex)/,
  },
  {
    reason: 'a repository name that spells an organization',
    given: { ...fine, run: run({ repository: 'globex/web', ref: 'refs/heads/main' }) },
    want: 'denied',
    rule: 'organization',
    message: /^(?!.*globex)/,
  },
  {
    reason: 'the adapter does not exist',
    given: { ...fine, adapter: undefined },
    want: 'denied',
    rule: 'adapter',
  },

  {
    reason: 'the account does not exist',
    given: { ...fine, serviceAccount: undefined },
    want: 'denied',
    rule: 'service-account',
  },
  {
    reason: 'the account allows no repository',
    given: { ...fine, serviceAccount: account({ allowedRepositories: [] }) },
    want: 'denied',
    rule: 'service-account',
    message: /allowedRepositories/,
  },
  {
    reason: 'the account allows other repositories',
    given: { ...fine, serviceAccount: account({ allowedRepositories: ['api'] }) },
    want: 'denied',
    rule: 'service-account',
  },
  {
    reason: 'the pool does not exist',
    given: { ...fine, run: run({ runnerPool: 'gone' }) },
    want: 'denied',
    rule: 'runner-pool',
  },
  {
    reason: 'the account may not use the pool',
    given: {
      ...fine,
      run: run({ runnerPool: 'local' }),
      runnerPool: pool('trusted'),
      serviceAccount: account({ allowedRunnerPools: ['big'] }),
    },
    want: 'denied',
    rule: 'runner-pool',
  },
  {
    reason: 'the account may use the pool',
    given: {
      ...fine,
      run: run({ runnerPool: 'local' }),
      runnerPool: pool('trusted'),
      serviceAccount: account({ allowedRunnerPools: ['local'] }),
    },
    want: 'allowed',
  },

  {
    reason: 'no role is bound: that denies, and does not just warn',
    given: { ...fine, bindings: [] },
    want: 'denied',
    rule: 'role-binding',
  },
  {
    reason: 'the role is bound for another repository',
    given: { ...fine, bindings: [binding({ scope: { kind: 'repository', name: 'api' } })] },
    want: 'denied',
    rule: 'role-binding',
  },
  {
    reason: 'the role is bound for the organization',
    given: { ...fine, bindings: [binding({ scope: { kind: 'organization' } })] },
    want: 'allowed',
  },
  {
    reason: 'the role is bound to the stack',
    given: { ...fine, bindings: [binding({ subject: { kind: 'AgentStack', name: 'fixer' } })] },
    want: 'allowed',
  },
  {
    reason: 'a role of people is none for agents',
    given: { ...fine, bindings: [binding({ role: 'maintainer' })] },
    want: 'denied',
    rule: 'role-binding',
  },
  {
    reason: 'the binding was denied as an escalation',
    given: { ...fine, bindings: [{ ...binding(), status: { phase: 'Denied' } }] },
    want: 'denied',
    rule: 'role-binding',
  },

  { reason: 'the provider’s key is granted', given: withKey, want: 'allowed' },
  {
    reason: 'the key is granted to the account',
    given: { ...withKey, grants: [grant({ subject: { kind: 'service-account', name: 'fixer' } })] },
    want: 'allowed',
  },
  {
    reason: 'the key is not granted',
    given: { ...withKey, grants: [] },
    want: 'denied',
    rule: 'secret-grants',
    message: /AgentSecretGrant/,
  },
  {
    reason: 'the grant is another stack’s',
    given: { ...withKey, grants: [grant({ subject: { kind: 'agent-stack', name: 'other' } })] },
    want: 'denied',
    rule: 'secret-grants',
  },
  {
    reason: 'the grant is for another purpose',
    given: { ...withKey, grants: [grant({ purpose: 'tool' })] },
    want: 'denied',
    rule: 'secret-grants',
  },
  {
    reason: 'the grant is for another key',
    given: { ...withKey, grants: [grant({ secretRef: { name: 'model-key', keys: ['other'] } })] },
    want: 'denied',
    rule: 'secret-grants',
  },
  {
    reason: 'the grant is for another repository',
    given: { ...withKey, grants: [grant({ allowedRepositories: ['api'] })] },
    want: 'denied',
    rule: 'secret-grants',
  },
  {
    reason: 'the grant was revoked',
    given: { ...withKey, grants: [grant({ revoked: true })] },
    want: 'denied',
    rule: 'secret-grants',
  },
  {
    reason: 'the grant includes this ref',
    given: { ...withKey, grants: [grant({ allowedRefs: { include: ['main', 'release/*'], exclude: [] } })] },
    want: 'allowed',
  },
  {
    reason: 'the grant includes other refs',
    given: { ...withKey, grants: [grant({ allowedRefs: { include: ['release/*'], exclude: [] } })] },
    want: 'denied',
    rule: 'secret-grants',
  },
  {
    reason: 'the grant excludes this ref',
    given: { ...withKey, grants: [grant({ allowedRefs: { include: ['**'], exclude: ['main'] } })] },
    want: 'denied',
    rule: 'secret-grants',
  },
  {
    reason: 'requiredApproval always parks',
    given: { ...withKey, grants: [grant({ requiredApproval: 'always' })] },
    want: 'requires-approval',
    rule: 'secret-grants',
  },
  {
    reason: 'requiredApproval never does not park',
    given: { ...withKey, grants: [grant({ requiredApproval: 'never' })] },
    want: 'allowed',
  },
  {
    reason: 'requiredApproval on-untrusted-ref does not park on a branch',
    given: { ...withKey, grants: [grant({ requiredApproval: 'on-untrusted-ref' })] },
    want: 'allowed',
  },
  {
    reason: 'a lenient grant wins over a strict one',
    given: {
      ...withKey,
      grants: [grant({ requiredApproval: 'always' }), grant({ requiredApproval: 'never' })],
    },
    want: 'allowed',
  },

  {
    reason: 'untrusted code, reading, in an untrusted pool',
    given: { ...fine, ...stranger },
    want: 'allowed',
  },
  {
    reason: 'untrusted code in a trusted pool',
    given: { ...fine, ...stranger, runnerPool: pool('trusted') },
    want: 'denied',
    rule: 'untrusted-ref',
  },
  {
    reason: 'untrusted code without a pool',
    given: { ...fine, ...stranger, runnerPool: undefined },
    want: 'denied',
    rule: 'untrusted-ref',
  },
  {
    reason: 'untrusted code with a privileged identity',
    given: { ...fine, ...stranger, bindings: [binding()] },
    want: 'denied',
    rule: 'untrusted-ref',
    message: /privileged/,
  },
  {
    reason: 'untrusted code is not covered by a grant for everything',
    given: {
      ...withKey,
      ...stranger,
      grants: [grant({ allowedRefs: { include: ['refs/**'], exclude: [] } })],
    },
    want: 'denied',
    rule: 'secret-grants',
  },
  {
    reason: 'untrusted code is not covered by a grant without refs',
    given: { ...withKey, ...stranger },
    want: 'denied',
    rule: 'secret-grants',
  },
  {
    reason: 'untrusted code does not skip the approval that always asks',
    given: {
      ...withKey,
      ...stranger,
      grants: [
        grant({ allowedRefs: { include: ['refs/pull/*/head'], exclude: [] }, requiredApproval: 'always' }),
      ],
    },
    want: 'requires-approval',
    rule: 'secret-grants',
  },
  {
    reason: 'untrusted code that a grant names, asked for on untrusted refs',
    given: {
      ...withKey,
      ...stranger,
      grants: [grant({ allowedRefs: { include: ['refs/pull/*/head'], exclude: [] } })],
    },
    want: 'requires-approval',
    rule: 'secret-grants',
  },

  {
    reason: 'a tool’s secret is not granted',
    given: { ...fine, toolProfile: profile({ requiredSecretRefs: ['token'] }) },
    want: 'denied',
    rule: 'secret-grants',
    message: /purpose tool/,
  },
  {
    reason: 'an untrusted pool hands out no secret of a tool',
    given: {
      ...fine,
      runnerPool: pool('untrusted'),
      toolProfile: profile({ requiredSecretRefs: ['token'] }),
      grants: [grant({ secretRef: { name: 'token', keys: ['k'] }, purpose: 'tool' })],
    },
    want: 'denied',
    rule: 'secret-grants',
  },

  {
    reason: 'the workspace policy does not exist',
    given: { ...fine, stack: stack({ workspacePolicyRef: 'strict' }) },
    want: 'denied',
    rule: 'workspace-policy',
  },
  {
    reason: 'the workspace policy lets none start',
    given: {
      ...fine,
      stack: stack({ workspacePolicyRef: 'strict' }),
      workspacePolicy: policy({ maxConcurrentSessions: 0 }),
    },
    want: 'denied',
    rule: 'workspace-policy',
  },
  {
    reason: 'the workspace policy asks',
    given: {
      ...fine,
      stack: stack({ workspacePolicyRef: 'strict' }),
      workspacePolicy: policy({ requiresApproval: true }),
    },
    want: 'requires-approval',
    rule: 'workspace-policy',
  },
  {
    reason: 'the run itself asks',
    given: { ...fine, run: run({ requiresApproval: true }) },
    want: 'requires-approval',
    rule: 'launch-approval',
  },
  {
    reason: 'a denial is stronger than an approval',
    given: { ...fine, run: run({ requiresApproval: true }), bindings: [] },
    want: 'denied',
    rule: 'role-binding',
  },
];

describe('permissionReview', () => {
  it.each(cases)('$want: $reason', ({ given, want, rule, message }) => {
    const review = permissionReview(given);
    expect(review).toMatchObject({ decision: want, digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
    const said = review.checks.filter(check => check.rule === rule && check.outcome === want);
    expect(said).toHaveLength(rule ? 1 : 0);
    expect(said[0]?.message ?? '').toMatch(message ?? '');
  });

  it('names a grant that would help', () => {
    expect(permissionReview({ ...withKey, grants: [] }).missingGrants).toEqual([
      {
        kind: 'AgentSecretGrant',
        suggestedName: 'fixer-model-key',
        reason: expect.stringContaining('provider models'),
      },
    ]);
  });

  it('lets a reading agent run, and proposes nothing of it', () => {
    const review = permissionReview({ ...fine, bindings: [binding({ role: 'krate-agent-readonly' })] });
    expect(review.decision).toBe('allowed');
    expect(review.checks).toContainEqual(
      expect.objectContaining({ rule: 'write-back', outcome: 'not-applicable' }),
    );
  });

  it('has the same digest for the same objects, and another for a changed one', () => {
    const changed = {
      ...fine,
      stack: { ...fine.stack!, metadata: { ...fine.stack!.metadata, generation: 2 } },
    };
    const later = { ...fine, run: { ...fine.run, status: { queuedAt: '2026-01-01T00:00:00Z' } } };
    expect(permissionReview(later).digest).toBe(permissionReview(fine).digest);
    expect(permissionReview(changed).digest).not.toBe(permissionReview(fine).digest);
  });
});
