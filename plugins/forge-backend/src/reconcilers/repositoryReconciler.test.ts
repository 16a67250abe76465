import { anObject, expectReconcilerLaws, reconcileOnce } from '@krate/controller-runtime/testkit';
import { Team, User } from '@krate/plugin-control-plane-common';
import {
  BranchProtection,
  PullRequest,
  Repository,
  RepositoryPermission,
  Review,
} from '@krate/plugin-forge-common';
import { branchProtectionReconciler } from './branchProtectionReconciler';
import { repositoryPermissionReconciler } from './repositoryPermissionReconciler';
import { repositoryReconciler } from './repositoryReconciler';
import { reviewReconciler } from './reviewReconciler';

const reconciler = repositoryReconciler({ baseUrl: () => 'http://krate.test' });
const ready = {
  state: 'ready',
  head: 'refs/heads/main',
  headSha: 'a'.repeat(40),
  branches: 2,
  sizeBytes: 10,
};
const web = (fields: object = {}) => anObject(Repository, { metadata: { name: 'web', ...fields } });
const seen = (result: any) => ({
  phase: result.status?.phase,
  conditions: result.conditions?.map(({ type, status, reason }: any) => `${type}=${status}/${reason}`),
  effects: result.effects?.map(({ name }: any) => name),
});

describe('repositories', () => {
  it.each([
    {
      reason: 'it is to be made',
      git: { state: 'absent' },
      effects: {},
      want: {
        phase: 'Reconciling',
        conditions: ['BackendReady=False/Initializing', 'Ready=False/Initializing'],
        effects: ['init-repository'],
      },
    },
    {
      reason: 'it could not be made',
      git: { state: 'absent' },
      effects: { 'init-repository/init': { state: 'Failed', attempts: 5 } },
      want: {
        phase: 'Degraded',
        conditions: ['BackendReady=False/InitializeFailed', 'Ready=False/InitializeFailed'],
      },
    },
    {
      reason: 'it was made and is gone: no empty one takes its place',
      git: { state: 'absent' },
      effects: { 'init-repository/init': { state: 'Succeeded', attempts: 1 } },
      want: { phase: 'Degraded', conditions: ['BackendReady=False/Unreadable', 'Ready=False/Unreadable'] },
    },
    {
      reason: 'it is there',
      git: ready,
      effects: {},
      want: {
        phase: 'Ready',
        conditions: ['BackendReady=True/Initialized', 'Ready=True/Available'],
        effects: [],
      },
    },
    {
      reason: 'its HEAD is another branch',
      git: { ...ready, head: 'refs/heads/old' },
      effects: {},
      want: { phase: 'Ready', effects: ['set-default-branch'] },
    },
    {
      reason: 'it cannot be read',
      git: { state: 'unreadable', message: 'GitError' },
      effects: {},
      want: { phase: 'Degraded', conditions: ['BackendReady=False/Unreadable', 'Ready=False/Unreadable'] },
    },
  ])('$reason', ({ git, effects, want }: any) => {
    const given: any = { object: web(), reads: { git }, effects };
    expect(seen(reconcileOnce(reconciler, given))).toMatchObject(want);
    expectReconcilerLaws(reconciler, given);
  });

  it.each([
    {
      reason: 'still there',
      git: ready,
      want: { done: false, effects: [{ name: 'remove-repository', input: { uid: 'uid-of-web' } }] },
    },
    { reason: 'gone', git: { state: 'absent' }, want: { done: true } },
  ])('being deleted: $reason', ({ git, want }: any) => {
    expect(
      reconcileOnce(reconciler, {
        object: web({ deletionTimestamp: '2026-01-01T00:00:00Z' }),
        reads: { git },
      }),
    ).toMatchObject(want);
  });
});

describe('what binds to a repository', () => {
  const permission = (spec: object) =>
    anObject(RepositoryPermission, {
      spec: { repository: 'web', subject: { kind: 'User', name: 'ada' }, permission: 'write', ...spec },
    });
  it.each([
    {
      reason: 'granted',
      object: permission({}),
      reads: { repository: web(), user: anObject(User) },
      want: 'Ready=True/Granted',
    },
    {
      reason: 'granted to a team',
      object: permission({ subject: { kind: 'Team', name: 'a' } }),
      reads: { repository: web(), team: anObject(Team) },
      want: 'Ready=True/Granted',
    },
    { reason: 'revoked', object: permission({ revoked: true }), reads: {}, want: 'Ready=False/Revoked' },
    { reason: 'of nothing', object: permission({}), reads: {}, want: 'Ready=False/RepositoryMissing' },
    {
      reason: 'to nobody',
      object: permission({}),
      reads: { repository: web() },
      want: 'Ready=False/SubjectMissing',
    },
  ])('a permission $reason', ({ object, reads, want }: any) => {
    expect(seen(reconcileOnce(repositoryPermissionReconciler, { object, reads })).conditions).toEqual([want]);
    expectReconcilerLaws(repositoryPermissionReconciler, { object, reads });
  });

  const protection = (spec: object) => anObject(BranchProtection, { spec: { refs: ['main'], ...spec } });
  it.each([
    { reason: 'of every repository', object: protection({}), reads: {}, want: 'Ready=True/Enforced' },
    {
      reason: 'of one',
      object: protection({ repository: 'web' }),
      reads: { repository: web() },
      want: 'Ready=True/Enforced',
    },
    {
      reason: 'of nothing',
      object: protection({ repository: 'web' }),
      reads: {},
      want: 'Ready=False/RepositoryMissing',
    },
  ])('a protection $reason', ({ object, reads, want }: any) => {
    expect(seen(reconcileOnce(branchProtectionReconciler, { object, reads })).conditions).toEqual([want]);
    expectReconcilerLaws(branchProtectionReconciler, { object, reads });
  });

  const head = 'b'.repeat(40);
  const review = (spec: object) =>
    anObject(Review, {
      spec: { pullRequest: 'web-1', decision: 'approved', reviewer: 'mia', headSha: head, ...spec },
    });
  const pullRequest = (spec: object, status: object) =>
    anObject(PullRequest, { spec: { author: 'ada', ...spec } as any, status: status as any });
  it.each([
    {
      reason: 'of the present head',
      object: review({}),
      reads: { pullRequest: pullRequest({}, { headSha: head }) },
      want: 'Ready=True/Counted',
    },
    {
      reason: 'of an older head',
      object: review({}),
      reads: { pullRequest: pullRequest({}, { headSha: 'c'.repeat(40) }) },
      want: 'Ready=False/Stale',
    },
    {
      reason: 'of one’s own',
      object: review({ reviewer: 'ada' }),
      reads: { pullRequest: pullRequest({}, { headSha: head }) },
      want: 'Ready=False/OwnPullRequest',
    },
    { reason: 'of nothing', object: review({}), reads: {}, want: 'Ready=False/PullRequestMissing' },
  ])('a review $reason', ({ object, reads, want }: any) => {
    expect(seen(reconcileOnce(reviewReconciler, { object, reads })).conditions).toEqual([want]);
    expectReconcilerLaws(reviewReconciler, { object, reads });
  });
});
