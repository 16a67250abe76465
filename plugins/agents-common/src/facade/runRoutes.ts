import { pageQuery } from '@krate/plugin-control-plane-common';
import { defineRoute, rest } from '@krate/resource-model';
import { z } from 'zod';

const tag = 'Agents';
const named = z.object({ name: rest.objectName });
const runPage = rest.pageOf(rest.objectOf('AgentDispatchRun')).meta({ id: 'AgentRunList' });
const dispatched = z
  .object({
    run: rest.objectOf('AgentDispatchRun'),
    runName: z.string(),
    status: z.literal('dispatched'),
  })
  .meta({ id: 'DispatchResult' });

/** The phases of a run, and what others call them. */
export const runPhase = rest.oneOf(
  ['Pending', 'AwaitingApproval', 'Queued', 'Running', 'Completed', 'Failed', 'Cancelled'],
  {
    ...{ pending: 'Pending', 'awaiting-approval': 'AwaitingApproval', awaiting_approval: 'AwaitingApproval' },
    ...{ queued: 'Queued', running: 'Running', 'in-progress': 'Running' },
    ...{ completed: 'Completed', succeeded: 'Completed', Succeeded: 'Completed' },
    ...{
      failed: 'Failed',
      error: 'Failed',
      cancelled: 'Cancelled',
      canceled: 'Cancelled',
      Canceled: 'Cancelled',
    },
  },
);

export const dispatchAgent = defineRoute({
  ...{ id: 'dispatchAgent', method: 'POST', path: '/api/orgs/{org}/agents/dispatch', tag },
  summary: 'Give an agent a task',
  body: z
    .strictObject({
      stackRef: rest.nameOrObject.optional().describe('The AgentStack.'),
      agentStack: rest.nameOrObject.optional().describe('Another word for `stackRef`.'),
      repository: rest.nameOrObject,
      branch: z.string().min(1).max(250).optional().describe('Where it starts. Default: main.'),
      ref: z.string().min(1).max(250).optional().describe('Another word for `branch`.'),
      prompt: z
        .string()
        .max(65_536)
        .optional()
        .describe('What to do, in words. Default: the stack’s task prompt.'),
      task: z.string().max(65_536).optional().describe('Another word for `prompt`.'),
      taskKind: z.string().max(60).optional(),
      context: z
        .strictObject({
          pullRequest: rest.nameOrObject.optional(),
          pipeline: rest.nameOrObject.optional(),
          job: rest.nameOrObject.optional(),
          path: z.string().max(1000).optional(),
        })
        .optional()
        .describe('What it is about.'),
      sourceRefs: z
        .strictObject({
          pullRequest: rest.nameOrObject.optional(),
          pipeline: rest.nameOrObject.optional(),
          job: rest.nameOrObject.optional(),
          path: z.string().max(1000).optional(),
        })
        .optional()
        .describe('Another word for `context`.'),
      requiresApproval: z.boolean().optional(),
      runnerPool: rest.nameOrObject.optional(),
    })
    .meta({ id: 'DispatchInput' }),
  example: { stackRef: 'fixer', repository: 'web', branch: 'main', prompt: 'Make the failing test pass.' },
  answers: { 201: { description: 'Dispatched; its permission review comes first.', body: dispatched } },
});

export const listAgentRuns = defineRoute({
  ...{ id: 'listAgentRuns', method: 'GET', path: '/api/orgs/{org}/agents/runs', tag },
  summary: 'Runs',
  query: pageQuery.omit({ fieldSelector: true }).extend({
    phase: runPhase.optional(),
    repository: rest.objectName.optional(),
    stack: rest.objectName.optional(),
  }),
  errors: [410],
  answers: { 200: { description: 'One page.', body: runPage } },
});

export const getAgentRun = defineRoute({
  ...{ id: 'getAgentRun', method: 'GET', path: '/api/orgs/{org}/agents/runs/{name}', tag },
  summary: 'One run',
  params: named,
  answers: { 200: { description: 'The resource.', body: rest.objectOf('AgentDispatchRun') } },
});

export const cancelAgentRun = defineRoute({
  ...{ id: 'cancelAgentRun', method: 'POST', path: '/api/orgs/{org}/agents/runs/{name}/cancel', tag },
  summary: 'Stop a run',
  params: named,
  bodyOptional: true,
  body: z.strictObject({ reason: z.string().max(500).optional() }).meta({ id: 'CancelInput' }),
  example: { reason: 'Not needed any more' },
  answers: {
    200: {
      description: 'Asked for: the run ends as soon as its program is stopped.',
      body: z.object({ cancelled: z.boolean(), runName: z.string() }),
    },
  },
});

export const retryAgentRun = defineRoute({
  ...{ id: 'retryAgentRun', method: 'POST', path: '/api/orgs/{org}/agents/runs/{name}/retry', tag },
  summary: 'Do a run that is over once more, as a new run',
  params: named,
  answers: { 201: { description: 'A new run with the next attempt number.', body: dispatched } },
});

const approvalPage = rest.pageOf(rest.objectOf('AgentApproval')).meta({ id: 'AgentApprovalList' });

export const listAgentApprovals = defineRoute({
  ...{ id: 'listAgentApprovals', method: 'GET', path: '/api/orgs/{org}/agents/approvals', tag },
  summary: 'Questions that runs wait on',
  query: pageQuery.omit({ fieldSelector: true }).extend({
    phase: rest
      .oneOf(['Pending', 'Approved', 'Denied', 'Expired', 'Withdrawn'], {
        ...{ pending: 'Pending', approved: 'Approved', denied: 'Denied', rejected: 'Denied' },
        ...{ expired: 'Expired', withdrawn: 'Withdrawn' },
      })
      .optional(),
  }),
  errors: [410],
  answers: { 200: { description: 'One page.', body: approvalPage } },
});

export const decideAgentApproval = defineRoute({
  ...{
    id: 'decideAgentApproval',
    method: 'POST',
    path: '/api/orgs/{org}/agents/approvals/{name}/decide',
    tag,
  },
  summary: 'Answer a question',
  action: false,
  description: 'Who decides is the caller, whatever the body says; it cannot be changed after.',
  params: named,
  body: z
    .strictObject({
      decision: rest.oneOf(['approve', 'deny'], {
        ...{ approved: 'approve', Approved: 'approve', allow: 'approve' },
        ...{ denied: 'deny', Denied: 'deny', reject: 'deny', rejected: 'deny' },
      }),
      comment: z.string().max(4096).optional(),
      reason: z.string().max(4096).optional().describe('Another word for `comment`.'),
      decidedBy: z.string().max(253).optional().describe('Yourself, or left out.'),
      approvedActionSubset: z.array(z.string().max(253)).max(100).optional(),
      expectedArtifactDigest: z
        .string()
        .max(100)
        .optional()
        .describe('Refused with 409 when the question is about something else by now.'),
    })
    .meta({ id: 'ApprovalDecision' }),
  example: { decision: 'approve', reason: 'Approved for the hotfix' },
  answers: {
    200: {
      description: 'Recorded.',
      body: z.object({
        decided: z.boolean(),
        decision: z.enum(['approve', 'deny']),
        approvalName: z.string(),
      }),
    },
  },
});

export const streamAgentEvents = defineRoute({
  ...{ id: 'streamAgentEvents', method: 'GET', path: '/api/orgs/{org}/agents/events/stream', tag },
  summary: 'What agents do, as it happens',
  description:
    'Server-sent events, each `data: {"type", "payload"}`: `connected` first, `resource-change {kind, name, operation, timestamp, resourceVersion}` for runs, attempts, approvals, sessions, workspaces and artifacts, `run.status.changed {runName, phase}`, `approval.status.changed {approvalName, runName, phase}`, and `heartbeat` every 30 seconds. `Last-Event-ID` resumes.',
  answers: { 200: { description: 'The stream.', body: z.string(), contentType: 'text/event-stream' } },
});
