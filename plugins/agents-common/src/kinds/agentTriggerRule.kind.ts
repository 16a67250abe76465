import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { secretKey, taskKind } from './shapes';

const words = (most: number) => z.array(z.string().min(1).max(200)).max(most);
const globs = z.object({
  include: words(50).default([]).describe('Globs; one must match. Empty: all do.'),
  exclude: words(50).default([]).describe('Globs that take away again.'),
});

const match = z.object({
  eventTypes: words(50).default([]).describe('`check_run.completed`, `pull_request.opened`, … Empty: all.'),
  conclusion: words(20)
    .default([])
    .describe('How a check or job ended: `failure`, `timed_out`. Empty: any way.'),
  pullRequestRequired: z.boolean().default(false).describe('Only events that belong to a pull request.'),
  branches: globs.optional().describe('The branch it happened on.'),
  paths: globs.optional().describe('Files that changed.'),
  workflows: words(50).default([]).describe('Globs on the pipeline’s name. Empty: all.'),
  jobs: words(50).default([]).describe('Globs on the job’s name. Empty: all.'),
  labels: words(50).default([]).describe('Labels of which one must be set. Empty: none is needed.'),
  failureSignature: z.string().max(200).optional().describe('The signature a failure must have.'),
});

const contextBundleTemplate = z.object({
  include: z
    .array(
      z.enum([
        'changed-files',
        'failing-job-log',
        'pull-request-summary',
        'issue',
        'recent-commits',
        'repository-instructions',
        'memory',
      ]),
    )
    .default([])
    .describe('What the agent is given to read.'),
  maxBytes: z.int().min(1024).max(10_000_000).default(750_000).describe('All of it together.'),
  redactSecrets: z.boolean().default(true).describe('What looks like a secret is taken out.'),
});

export const AgentTriggerRule = defineKind({
  kind: 'AgentTriggerRule',
  plural: 'agenttriggerrules',
  shortNames: ['trigger', 'triggers'],
  area: 'agents',
  storage: 'config',
  summary: 'Gives an agent a task when something happens: a failed check, a comment, a label, the clock.',
  writableBy: 'maintainer',
  spec: z.object({
    description: z.string().max(1000).optional().describe('What the rule is for.'),
    lifecycleState: z
      .enum(['draft', 'active', 'paused', 'disabled', 'archived'])
      .default('active')
      .describe('Only an `active` rule starts runs; a `paused` one still records what it would have done.'),
    sources: z
      .array(
        z.enum(['push', 'pull-request', 'issue', 'comment', 'label', 'ci', 'check-suite', 'cron', 'webhook']),
      )
      .min(1)
      .describe('Where events may come from.'),
    repository: ref('Repository').optional().describe('Only events of this one. Absent: every repository.'),
    match: match.optional().describe('Which events; all parts must hold.'),
    allowedActors: words(200).default([]).describe('Who may set it off. Empty: everyone.'),
    cronExpression: z
      .string()
      .max(100)
      .regex(/^[0-9*\/,-]+( [0-9*\/,-]+){4}$/)
      .optional()
      .describe('For `cron`: minute, hour, day of month, month, day of week.'),
    timeZone: z
      .string()
      .max(60)
      .default('UTC')
      .describe('Of the cron expression, for example `Europe/Berlin`.'),
    webhookTrigger: z
      .object({
        secretRef: secretKey.describe('What deliveries are signed with.'),
        url: z
          .string()
          .max(2000)
          .regex(/^https?:\/\/[^\s@]+$/)
          .optional()
          .describe('The sender, for people; deliveries are known by their signature.'),
        events: words(50).default([]).describe('Event names of the sender. Empty or `*`: all.'),
        action: z.string().max(100).optional().describe('The action in the payload, for example `opened`.'),
      })
      .optional()
      .describe('For `webhook`.'),
    commentTrigger: z
      .object({
        pattern: z.string().min(1).max(200).describe('A glob on the first line: `/fix*`.'),
        repositories: z
          .array(ref('Repository'))
          .max(200)
          .default([])
          .describe('Only there. Empty: everywhere.'),
      })
      .optional()
      .describe('For `comment`.'),
    labelTrigger: z
      .object({
        labels: words(50).min(1).describe('The labels.'),
        action: z.enum(['labeled', 'unlabeled']).default('labeled').describe('Set or taken away.'),
      })
      .optional()
      .describe('For `label`.'),
    agentStack: ref('AgentStack').describe('Who does it.'),
    taskKind: taskKind.describe('What kind of task it is.'),
    promptTemplate: z
      .string()
      .max(65_536)
      .optional()
      .describe('The task, with placeholders such as `{{ repository }}`; default: the stack’s task prompt.'),
    contextLabels: z.array(ref('AgentContextLabel')).max(20).default([]).describe('Pieces of prompt to add.'),
    contextBundleTemplate: contextBundleTemplate.optional().describe('What the agent is given to read.'),
    runnerPool: ref('RunnerPool').optional().describe('Default: the stack’s.'),
    approvalPolicy: z
      .object({
        requireFor: z
          .array(z.enum(['dispatch', 'write-back', 'secret-access', 'network-expanded', 'branch-push']))
          .default(['write-back'])
          .describe('What a person must agree to, besides what the stack asks for.'),
      })
      .default({ requireFor: ['write-back'] })
      .describe('Where people come in.'),
    dedupePolicy: z
      .object({
        key: z.string().min(1).max(500).describe('A template; events with the same result are one.'),
        window: z
          .string()
          .regex(/^[1-9][0-9]{0,5}[smhd]$/)
          .default('30m')
          .describe('How long an event is remembered: `90s`, `30m`, `12h`, `7d`.'),
      })
      .optional()
      .describe('Default: each delivery counts once.'),
    concurrencyPolicy: z
      .object({
        mode: z
          .enum(['coalesce', 'queue', 'reject'])
          .default('coalesce')
          .describe(
            'What becomes of an event while enough runs are at work; `coalesce`: it joins one of them.',
          ),
        maxActivePerPullRequest: z
          .int()
          .min(1)
          .max(50)
          .default(1)
          .describe('Runs at work on one pull request.'),
        maxActive: z.int().min(1).max(1000).optional().describe('Runs at work for the rule in all.'),
      })
      .default({ mode: 'coalesce', maxActivePerPullRequest: 1 })
      .describe('How many runs at once.'),
    writeBackPolicy: z
      .object({
        allowedTargets: z
          .array(
            z.enum(['pull-request', 'branch-push', 'pull-request-comment', 'issue-comment', 'check-rerun']),
          )
          .default([])
          .describe('Narrows what the stack allows. Empty: nothing is narrowed.'),
      })
      .default({ allowedTargets: [] })
      .describe('Where results may go.'),
  }),
  status: z.object({
    lastTriggeredAt: z.string().optional().describe('When it last started a run.'),
    nextScheduledAt: z.string().optional().describe('When the clock sets it off next.'),
    executionSummary: z
      .object({
        created: z.int().describe('Runs started.'),
        coalesced: z.int().describe('Events that joined a run at work.'),
        rejected: z.int().describe('Events that were turned away.'),
      })
      .optional()
      .describe('What became of its events.'),
  }),
  conditions: {
    SourceConfigured: ['Configured', 'CronMissing', 'WebhookMissing', 'CommentMissing', 'LabelMissing'],
    MatcherValid: ['Valid', 'InvalidGlob', 'InvalidCron', 'InvalidTemplate'],
    TargetStackReady: ['StackReady', 'StackMissing', 'StackBlocked'],
    ContextTemplateValid: ['Valid', 'LabelMissing', 'InvalidPlaceholder'],
    LifecycleActive: ['Active', 'Draft', 'Paused', 'Disabled', 'Archived'],
    Ready: ['Listening', 'NotActive', 'Misconfigured', 'StackNotReady', 'RepositoryMissing'],
  },
  selectableFields: ['spec.agentStack', 'spec.repository', 'spec.lifecycleState'],
  columns: [
    { name: 'Sources', path: 'spec.sources' },
    { name: 'Stack', path: 'spec.agentStack' },
    { name: 'State', path: 'spec.lifecycleState' },
    { name: 'Ready', condition: 'Ready' },
    { name: 'Last Triggered', path: 'status.lastTriggeredAt', type: 'date' },
  ],
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'AgentTriggerRule',
      metadata: { name: 'failed-pr-check-repair', namespace: 'krate-org-acme' },
      spec: {
        sources: ['ci', 'check-suite'],
        repository: 'web',
        match: {
          eventTypes: ['check_run.completed', 'workflow_job.completed'],
          conclusion: ['failure', 'timed_out'],
          pullRequestRequired: true,
          branches: { include: ['main'] },
          paths: { include: ['src/**'] },
        },
        agentStack: 'fixer',
        taskKind: 'ci-repair',
        promptTemplate: 'Diagnose and repair the failed CI signal for {{ repository }} at {{ sha }}.',
        contextLabels: ['ci-failure-summary'],
        contextBundleTemplate: { include: ['changed-files', 'failing-job-log', 'repository-instructions'] },
        dedupePolicy: { key: '{{ repository }}:{{ pullRequest.number }}:{{ check.name }}:{{ sha }}' },
      },
    },
  ],
  docs: `Every event that a rule looks at leaves an AgentTriggerExecution, also when nothing is started.`,
});
export type AgentTriggerRule = ResourceOf<typeof AgentTriggerRule>;
