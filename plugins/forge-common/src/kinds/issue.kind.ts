import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';

const comment = z.object({
  id: z.string().max(63).describe('Given by the server.'),
  author: z.string().max(253).describe('Who wrote it.'),
  at: z.string().describe('When.'),
  editedAt: z.string().optional().describe('When its author last changed it.'),
  body: z.string().min(1).max(16_384).describe('What is said, in Markdown.'),
});

export const Issue = defineKind({
  kind: 'Issue',
  plural: 'issues',
  area: 'forge',
  storage: 'record',
  summary:
    'Something to be done or decided: in repositories, on the boards of projects, by people and agents.',
  writableBy: 'developer',
  spec: z.object({
    repository: ref('Repository')
      .optional()
      .describe('Where it is at home, and whose number it has; cannot be changed. Absent: it needs a name.'),
    number: z.int().min(1).optional().describe('Assigned by the server, shared with pull requests.'),
    title: z.string().min(1).max(250).describe('What it is about, in one line.'),
    body: z.string().max(65_536).optional().describe('The whole of it, in Markdown.'),
    author: z.string().max(253).optional().describe('Set by the server from the caller.'),
    state: z.enum(['open', 'closed']).default('open').describe('Whether there is something left to do.'),
    stateReason: z.enum(['completed', 'not-planned', 'duplicate']).optional().describe('Why it is closed.'),
    repositoryRefs: z
      .array(ref('Repository'))
      .max(50)
      .default([])
      .describe('Further repositories that it concerns and is listed in.'),
    projectRefs: z
      .array(ref('KrateProject'))
      .max(20)
      .default([])
      .describe('The projects whose boards it is on.'),
    workflowState: z
      .string()
      .max(63)
      .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)
      .optional()
      .describe('The id of the column it is in; by default the board’s first.'),
    labels: z.array(z.string().min(1).max(60)).max(50).default([]).describe('Words to find it by.'),
    assignees: z.array(ref('User')).max(20).default([]).describe('Who takes care of it.'),
    priority: z
      .enum(['none', 'low', 'medium', 'high', 'urgent'])
      .default('none')
      .describe('How much it matters beside others.'),
    blockedBy: z.array(ref('Issue')).max(50).default([]).describe('Issues that must be closed first.'),
    duplicateOf: ref('Issue').optional().describe('The one that goes on, when this is a duplicate.'),
    dueDate: z.iso.date().optional().describe('The day it should be done.'),
    milestone: z
      .string()
      .min(1)
      .max(60)
      .optional()
      .describe('What it should be done for: a release, a date.'),
    comment: z
      .object({
        id: z.string().max(63).optional().describe('One’s own comment to change; absent: a new one.'),
        body: z
          .string()
          .max(16_384)
          .describe('What is said, in Markdown; empty takes the comment with the id back.'),
      })
      .optional()
      .describe(
        'Says something: the server moves it to `comments`, so that nobody’s comment is lost to another’s.',
      ),
    comments: z
      .array(comment)
      .max(500)
      .default([])
      .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['id'] })
      .describe('What was said, the oldest first; kept by the server.'),
    closed: z
      .object({
        at: z.string().describe('When.'),
        by: z.string().max(253).optional().describe('Who.'),
        commit: z.string().max(64).optional().describe('The commit whose message closed it.'),
        pullRequest: z.string().max(253).optional().describe('The pull request whose merge closed it.'),
      })
      .optional()
      .describe('How it was closed; set by the server.'),
  }),
  status: z.object({
    phase: z
      .enum(['Open', 'Blocked', 'Closed'])
      .optional()
      .describe('`Blocked`: open, and something it waits for is open too.'),
    closedAt: z.string().optional().describe('When it was closed last.'),
    closedBy: z.string().optional().describe('Who closed it.'),
    pullRequests: z.array(z.string()).optional().describe('The pull request whose merge solved it.'),
    commentCount: z.int().optional().describe('How many comments there are.'),
    linkedSessions: z.int().optional().describe('Agent sessions that are tied to it.'),
    linkedWorkspaces: z.int().optional().describe('Workspaces that are tied to it.'),
  }),
  conditions: {
    ReferencesResolved: [
      'Resolved',
      'RepositoryMissing',
      'ProjectMissing',
      'AssigneeMissing',
      'BlockerMissing',
    ],
    Ready: ['Open', 'Blocked', 'Closed', 'ReferencesMissing'],
  },
  immutable: ['spec.repository', 'spec.number', 'spec.author'],
  selectableFields: ['spec.repository', 'spec.state', 'spec.workflowState', 'status.phase'],
  numbered: { counter: 'spec.repository', family: 'work-items', field: 'spec.number' },
  columns: [
    { name: 'Repository', path: 'spec.repository' },
    { name: 'Number', path: 'spec.number', type: 'integer' },
    { name: 'Title', path: 'spec.title' },
    { name: 'State', path: 'status.phase' },
    { name: 'Comments', path: 'status.commentCount', type: 'integer', priority: 1 },
    { name: 'Column', path: 'spec.workflowState' },
    { name: 'Assignees', path: 'spec.assignees', priority: 1 },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Issue',
      metadata: { name: 'web-2', namespace: 'krate-org-acme' },
      spec: {
        repository: 'web',
        title: 'Prices are rounded the wrong way',
        body: 'A price of 1.005 is shown as 1.00.',
        labels: ['bug'],
        projectRefs: ['shop'],
        assignees: ['ada'],
      },
    },
  ],
  docs: `Numbered from the same counter as the pull requests of its repository and named \`<repository>-<number>\` when no name
is given. An issue of no repository (an idea for a project) has no number.

To comment: \`kubectl patch issue web-2 --type merge -p '{"spec":{"comment":{"body":"Seen here, too."}}}'\`. A commit on the default branch, or
a merged pull request, that says “closes #2” (or fixes, resolves) closes it.`,
});
export type Issue = ResourceOf<typeof Issue>;
