import { anObject, expectReconcilerLaws, reconcileOnce, SOME_TIME } from '@krate/controller-runtime/testkit';
import { Issue, KrateProject, PullRequest, Repository } from '@krate/plugin-forge-common';
import { issueReconciler } from '../reconcilers/issueReconciler';
import {
  pullRequestIssuesReconciler,
  repositoryIssuesReconciler,
} from '../reconcilers/issueReferenceReconcilers';
import { krateProjectReconciler } from '../reconcilers/krateProjectReconciler';
import { closingReferences } from './closingReferences';
import { issueNotices } from './issueNotices';

const ago = (ms: number) => new Date(SOME_TIME.getTime() - ms).toISOString();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const anIssue = (spec: object = {}, name = 'web-1') =>
  anObject(Issue, { metadata: { name }, spec: { title: 'Prices', repository: 'web', number: 1, ...spec } });

describe('what a text says it closes', () => {
  it.each([
    { text: 'closes #12', numbers: [12] },
    { text: 'Fixes #3, #4 and #5', numbers: [3, 4, 5] },
    { text: 'Resolved: #7\n\nand closes #7 again', numbers: [7] },
    { text: 'see #12', numbers: [] },
    { text: 'discloses #12', numbers: [] },
    { text: 'closes #0 and #99999999999', numbers: [] },
    { text: 'this close to #12', numbers: [] },
  ])('$text: $numbers', ({ text, numbers }) => {
    expect(closingReferences(text)).toEqual(numbers);
  });

  it('is found in little time, whatever the text', () => {
    const began = Date.now();
    closingReferences(`closes ${'#1, '.repeat(20_000)}x`);
    expect(Date.now() - began).toBeLessThan(2_000);
  });
});

describe('an issue', () => {
  const other = (state: string) => anIssue({ state }, 'web-2');
  it.each([
    { reason: 'is open', spec: {}, reads: {}, phase: 'Open' },
    {
      reason: 'waits for another',
      spec: { blockedBy: ['web-2'] },
      reads: { blockers: { items: [other('open')], missing: [] } },
      phase: 'Blocked',
    },
    {
      reason: 'waits no more',
      spec: { blockedBy: ['web-2'] },
      reads: { blockers: { items: [other('closed')], missing: [] } },
      phase: 'Open',
    },
    {
      reason: 'is closed',
      spec: { state: 'closed', closed: { at: ago(MINUTE), by: 'ada' } },
      reads: {},
      phase: 'Closed',
    },
  ])('$reason', ({ spec, reads, phase }) => {
    const given = { object: anIssue(spec), reads } as never;
    expect(reconcileOnce(issueReconciler, given).status?.phase).toBe(phase);
    expectReconcilerLaws(issueReconciler, given);
  });

  it('tells each once, and never whoever did it', () => {
    const comments = [
      { id: 'a', author: 'bob', at: ago(MINUTE), body: 'Ask @mia, not x@y.example' },
      { id: 'b', author: 'bob', at: ago(3 * DAY), body: 'Old' },
    ];
    const issue = anIssue({ author: 'ada', assignees: ['eve'], comments });
    const told = issueNotices(issue, SOME_TIME).map(({ key, input }: any) => [
      key,
      input.users,
      input.except,
    ]);
    expect(told).toEqual([
      ['assigned-eve', ['eve'], 'ada'],
      ['comment-a', ['eve', 'mia'], 'bob'],
    ]);
  });
});

describe('what closes issues', () => {
  const repository = (status: object) => anObject(Repository, { metadata: { name: 'web' }, status });
  it.each([
    { reason: 'nothing in what was imported', status: { headSha: 'b' }, effects: 0, seen: 'b' },
    {
      reason: 'commits since the last look',
      status: { headSha: 'b', issuesSha: 'a' },
      effects: 1,
      seen: undefined,
    },
    { reason: 'nothing new', status: { headSha: 'b', issuesSha: 'b' }, effects: 0, seen: undefined },
  ])('$reason', ({ status, effects, seen }) => {
    const result = reconcileOnce(repositoryIssuesReconciler, { object: repository(status) });
    expect(result.effects ?? []).toHaveLength(effects);
    expect(result.status?.issuesSha).toBe(seen);
    expectReconcilerLaws(repositoryIssuesReconciler, { object: repository(status) });
  });

  const merged = (spec: object, mergedAt: string) =>
    anObject(PullRequest, {
      spec: {
        repository: 'web',
        title: 'Fixes #3',
        sourceRef: 'refs/heads/x',
        targetRef: 'refs/heads/main',
        ...spec,
      },
      status: { phase: 'Merged', mergedAt, mergedBy: 'ada' },
    });
  it.each([
    { reason: 'a merge into the default branch', pull: merged({}, ago(MINUTE)), numbers: [3] },
    {
      reason: 'not one into another branch',
      pull: merged({ targetRef: 'refs/heads/next' }, ago(MINUTE)),
      numbers: [],
    },
    { reason: 'not one of long ago', pull: merged({}, ago(2 * DAY)), numbers: [] },
    { reason: 'not one that only mentions', pull: merged({ title: 'See #3' }, ago(MINUTE)), numbers: [] },
  ])('$reason', ({ pull, numbers }) => {
    const given = { object: pull, reads: { repository: repository({}) } };
    const result = reconcileOnce(pullRequestIssuesReconciler, given);
    expect(result.effects?.flatMap(({ input }: any) => input.numbers) ?? []).toEqual(numbers);
  });
});

describe('a project', () => {
  it.each([
    { reason: 'is worked on', spec: {}, reads: {}, phase: 'Ready' },
    { reason: 'is archived', spec: { boardState: 'archived' }, reads: {}, phase: 'Archived' },
    {
      reason: 'names a repository that is not there',
      spec: { repositoryRefs: ['web'] },
      reads: { repositories: { items: [], missing: ['web'] } },
      phase: 'Blocked',
    },
    { reason: 'names a team that is not there', spec: { owner: 'web' }, reads: {}, phase: 'Blocked' },
  ])('$reason', ({ spec, reads, phase }) => {
    const object = anObject(KrateProject, { spec: { displayName: 'Shop', ...spec } as never });
    const issues = [anIssue(), anIssue({ state: 'closed' }, 'web-2')];
    const given = { object, reads: { issues, ...reads } } as never;
    expect(reconcileOnce(krateProjectReconciler, given).status).toEqual({
      phase,
      openIssues: 1,
      closedIssues: 1,
    });
    expectReconcilerLaws(krateProjectReconciler, given);
  });
});
