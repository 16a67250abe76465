import { eventsOfChange, ObjectChange } from './eventsOfChange';

const anObject = (kind: string, spec: object = {}, status: object = {}): any => ({
  apiVersion: 'krate.a5c.ai/v1alpha1',
  kind,
  metadata: { name: 'one', namespace: 'krate-org-acme', uid: 'u', resourceVersion: '7' },
  spec,
  status,
});
const change = (kind: string, before: [object, object], after: [object, object]): ObjectChange => ({
  type: 'MODIFIED',
  previous: anObject(kind, ...before),
  object: anObject(kind, ...after),
});

describe('what a change is called', () => {
  it.each<{ reason: string; change: ObjectChange; types: string[]; detail?: object }>([
    {
      reason: 'a new object',
      change: { type: 'ADDED', object: anObject('Issue') },
      types: ['issue.created'],
    },
    {
      reason: 'an object that is gone',
      change: { type: 'DELETED', object: anObject('Repository') },
      types: ['repository.deleted'],
    },
    {
      reason: 'a kind that is nobody’s business',
      change: { type: 'ADDED', object: anObject('WebhookDelivery') },
      types: [],
    },
    {
      reason: 'the first phase, which is part of being created',
      change: change('Pipeline', [{}, {}], [{}, { phase: 'Pending' }]),
      types: [],
    },
    {
      reason: 'a phase that was reached',
      change: change('Pipeline', [{}, { phase: 'Running' }], [{}, { phase: 'Succeeded' }]),
      types: ['pipeline.succeeded'],
    },
    {
      reason: 'a phase of two words',
      change: change('AgentDispatchRun', [{}, { phase: 'Running' }], [{}, { phase: 'AwaitingApproval' }]),
      types: ['run.awaiting-approval'],
    },
    {
      reason: 'a status that is rewritten without a change',
      change: change('Pipeline', [{}, { phase: 'Running' }], [{}, { phase: 'Running' }]),
      types: [],
    },
    {
      reason: 'a merge',
      change: change('PullRequest', [{}, { phase: 'Open' }], [{}, { phase: 'Merged' }]),
      types: ['pullrequest.merged'],
    },
    {
      reason: 'a pull request that is opened again',
      change: change('PullRequest', [{}, { phase: 'Closed' }], [{}, { phase: 'Open' }]),
      types: ['pullrequest.reopened'],
    },
    {
      reason: 'a draft that is ready',
      change: change('PullRequest', [{}, { phase: 'Draft' }], [{}, { phase: 'Open' }]),
      types: ['pullrequest.ready'],
    },
    {
      reason: 'commits that came to a pull request',
      change: change('PullRequest', [{}, { headSha: 'a' }], [{}, { headSha: 'b' }]),
      types: ['pullrequest.synchronized'],
      detail: { before: 'a', after: 'b' },
    },
    {
      reason: 'the first commit of the default branch',
      change: change(
        'Repository',
        [{ defaultBranch: 'main' }, {}],
        [{ defaultBranch: 'main' }, { headSha: 'b' }],
      ),
      types: ['repository.pushed'],
      detail: { ref: 'refs/heads/main', after: 'b' },
    },
    {
      reason: 'several things at once',
      change: change(
        'Issue',
        [{ title: 'a', workflowState: 'todo' }, { phase: 'Open' }],
        [{ title: 'b', workflowState: 'done' }, { phase: 'Closed' }],
      ),
      types: ['issue.closed', 'issue.edited', 'issue.moved'],
    },
  ])('$reason: $types', ({ change: given, types, detail }) => {
    const events = eventsOfChange(given);
    expect(events.map(({ type }) => type)).toEqual(types);
    expect(events[0]?.detail ?? {}).toMatchObject(detail ?? {});
  });
});
