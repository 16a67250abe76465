import { RefUpdate } from '@krate/plugin-forge-node';
import { judgeRefUpdates } from './judgeRefUpdates';
import { RefFacts } from './RefFacts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);

const repository = (spec = {}) =>
  ({ metadata: { name: 'web' }, spec: { defaultBranch: 'main', archived: false, ...spec } }) as any;
const protection = (spec = {}) =>
  ({
    metadata: { name: 'rules' },
    spec: {
      refs: ['main', 'release/*'],
      requirePullRequest: true,
      allowForcePush: false,
      allowDeletion: false,
      enforceAdmins: true,
      requiredApprovals: 0,
      requiredChecks: [],
      requireLinearHistory: false,
      requireSignedCommits: false,
      ...spec,
    },
  }) as any;
const update = (fields: Partial<RefUpdate> = {}): RefUpdate => ({
  ref: 'refs/heads/main',
  oldSha: A,
  newSha: B,
  forced: false,
  ...fields,
});
const facts = (fields: Partial<RefFacts> = {}): RefFacts => ({
  repository: repository(),
  protections: [protection()],
  policies: [],
  incoming: new Map(),
  origin: 'push',
  mayBypass: false,
  ...fields,
});

describe('judgeRefUpdates', () => {
  it.each([
    {
      reason: 'a protected branch changes by pull request',
      update: update(),
      facts: facts(),
      want: 'require-pull-request',
    },
    {
      reason: 'a merge is the pull request',
      update: update(),
      facts: facts({ origin: 'merge' }),
      want: undefined,
    },
    {
      reason: 'a glob protects',
      update: update({ ref: 'refs/heads/release/1' }),
      facts: facts(),
      want: 'require-pull-request',
    },
    {
      reason: 'a star does not cross a slash',
      update: update({ ref: 'refs/heads/release/1/x' }),
      facts: facts(),
      want: undefined,
    },
    {
      reason: 'a full ref protects a tag',
      update: update({ ref: 'refs/tags/v1', newSha: undefined }),
      facts: facts({ protections: [protection({ refs: ['refs/tags/*'] })] }),
      want: 'deletion',
    },
    {
      reason: 'other branches are free',
      update: update({ ref: 'refs/heads/topic', forced: true }),
      facts: facts(),
      want: undefined,
    },
    {
      reason: 'the first commits of a branch are pushed',
      update: update({ oldSha: undefined }),
      facts: facts(),
      want: undefined,
    },
    {
      reason: 'an agent makes no protected branch',
      update: update({ oldSha: undefined }),
      facts: facts({ origin: 'promote' }),
      want: 'require-pull-request',
    },
    {
      reason: 'protections of another repository do not bind',
      update: update(),
      facts: facts({ protections: [protection({ repository: 'api' })] }),
      want: undefined,
    },
    {
      reason: 'history is kept even where direct pushes are allowed',
      update: update({ forced: true }),
      facts: facts({ protections: [protection({ requirePullRequest: false })] }),
      want: 'force-push',
    },
    {
      reason: 'a merge cannot rewrite history either',
      update: update({ forced: true }),
      facts: facts({ origin: 'merge' }),
      want: 'force-push',
    },
    {
      reason: 'a protected branch is not deleted',
      update: update({ ref: 'refs/heads/release/1', newSha: undefined }),
      facts: facts(),
      want: 'deletion',
    },
    {
      reason: 'the default branch is never deleted',
      update: update({ newSha: undefined }),
      facts: facts({ protections: [] }),
      want: 'default-branch',
    },
    {
      reason: 'admins are bound by default',
      update: update(),
      facts: facts({ mayBypass: true }),
      want: 'require-pull-request',
    },
    {
      reason: 'admins pass where the protection says so',
      update: update(),
      facts: facts({ mayBypass: true, protections: [protection({ enforceAdmins: false })] }),
      want: undefined,
    },
    {
      reason: 'an archived repository is closed',
      update: update({ ref: 'refs/heads/topic' }),
      facts: facts({ repository: repository({ archived: true }) }),
      want: 'archived',
    },
    {
      reason: 'pull refs belong to the server',
      update: update({ ref: 'refs/pull/1/head' }),
      facts: facts(),
      want: 'reserved-namespace',
    },
    {
      reason: 'so does everything unknown',
      update: update({ ref: 'refs/krate/x' }),
      facts: facts(),
      want: 'reserved-namespace',
    },
    {
      reason: 'a branch named like a commit is ambiguous',
      update: update({ ref: `refs/heads/${A}` }),
      facts: facts(),
      want: 'invalid-name',
    },
    {
      reason: 'a branch named HEAD is ambiguous',
      update: update({ ref: 'refs/heads/HEAD' }),
      facts: facts(),
      want: 'invalid-name',
    },
    {
      reason: 'a leading dash is an option in waiting',
      update: update({ ref: 'refs/heads/-x' }),
      facts: facts(),
      want: 'invalid-name',
    },
    {
      reason: 'huge names are refused',
      update: update({ ref: `refs/heads/${'x'.repeat(300)}` }),
      facts: facts(),
      want: 'invalid-name',
    },
  ])('$reason', ({ update: given, facts: under, want }) => {
    expect(judgeRefUpdates([given], under).map(refusal => refusal.rule)).toEqual(want ? [want] : []);
  });

  it('names the rule and the protection for the person who pushed', () => {
    expect(judgeRefUpdates([update()], facts())[0].message).toBe(
      'main is protected by rules: changes only by pull request',
    );
  });
});
