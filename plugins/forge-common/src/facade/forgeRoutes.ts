import { pageQuery } from '@krate/plugin-control-plane-common';
import { defineRoute, rest } from '@krate/resource-model';
import { z } from 'zod';

const repositories = { tag: 'Repositories' };
const pulls = { tag: 'Pull requests' };
const namedRepository = z.object({ name: rest.objectName });
const namedPull = z.object({ pr: rest.objectName.describe('`<repository>-<number>`') });

/** How long an answer may wait for what the write leads to. */
const waitSeconds = (standard: number) =>
  z.number().min(0).max(60).default(standard).describe('How long the answer may wait for the outcome.');

export const listRepositories = defineRoute({
  ...{ ...repositories, id: 'listRepositories', method: 'GET', path: '/api/orgs/{org}/repositories' },
  summary: 'Repositories',
  query: pageQuery,
  errors: [410],
  answers: {
    200: {
      description: 'One page.',
      body: rest.pageOf(rest.objectOf('Repository')).meta({ id: 'RepositoryList' }),
    },
  },
});

export const createRepository = defineRoute({
  ...{ ...repositories, id: 'createRepository', method: 'POST', path: '/api/orgs/{org}/repositories' },
  summary: 'Make a repository',
  body: z
    .strictObject({
      name: rest.objectName,
      visibility: z.enum(['private', 'internal', 'public']).optional(),
      description: z.string().max(1000).optional(),
      defaultBranch: z.string().min(1).max(200).optional(),
      topics: z.array(z.string().max(50)).max(20).optional(),
    })
    .meta({ id: 'NewRepository' }),
  example: { name: 'web', visibility: 'private' },
  answers: {
    201: {
      description: 'Made; git answers once its condition `Ready` is true.',
      body: z.object({ repository: rest.objectOf('Repository') }),
    },
  },
});

export const getRepository = defineRoute({
  ...{ ...repositories, id: 'getRepository', method: 'GET', path: '/api/orgs/{org}/repositories/{name}' },
  summary: 'One repository',
  params: namedRepository,
  answers: { 200: { description: 'The resource.', body: rest.objectOf('Repository') } },
});

export const deleteRepository = defineRoute({
  ...{
    ...repositories,
    id: 'deleteRepository',
    method: 'DELETE',
    path: '/api/orgs/{org}/repositories/{name}',
  },
  summary: 'Delete a repository with everything in it',
  params: namedRepository,
  answers: { 200: { description: 'It goes.', body: rest.deleted } },
});

export const listPullRequests = defineRoute({
  ...{ ...pulls, id: 'listPullRequests', method: 'GET', path: '/api/orgs/{org}/pullrequests' },
  summary: 'Pull requests',
  query: pageQuery.omit({ fieldSelector: true }).extend({
    repository: rest.objectName.optional(),
    phase: rest
      .oneOf(['Open', 'Draft', 'Merged', 'Closed'], {
        ...{ open: 'Open', draft: 'Draft', merged: 'Merged', closed: 'Closed' },
      })
      .optional(),
  }),
  errors: [410],
  answers: {
    200: {
      description: 'One page.',
      body: rest.pageOf(rest.objectOf('PullRequest')).meta({ id: 'PullRequestList' }),
    },
  },
});

export const createPullRequest = defineRoute({
  ...{ ...pulls, id: 'createPullRequest', method: 'POST', path: '/api/orgs/{org}/pullrequests' },
  summary: 'Propose a change',
  body: z
    .strictObject({
      repository: rest.nameOrObject,
      title: z.string().min(1).max(250),
      description: z.string().max(65_536).optional(),
      body: z.string().max(65_536).optional().describe('Another word for `description`.'),
      sourceRef: z.string().min(1).max(250).optional().describe('The branch that has the change.'),
      head: z.string().min(1).max(250).optional().describe('Another word for `sourceRef`.'),
      targetRef: z.string().min(1).max(250).optional().describe('Default: the repository’s default branch.'),
      base: z.string().min(1).max(250).optional().describe('Another word for `targetRef`.'),
      draft: z.boolean().optional(),
      reviewers: z.array(rest.nameOrObject).max(20).optional(),
    })
    .meta({ id: 'NewPullRequest' }),
  example: {
    repository: 'web',
    title: 'Fix the rounding of prices',
    sourceRef: 'fix-rounding',
    targetRef: 'main',
  },
  answers: { 201: { description: 'Made and numbered.', body: rest.objectOf('PullRequest') } },
});

export const getPullRequest = defineRoute({
  ...{ ...pulls, id: 'getPullRequest', method: 'GET', path: '/api/orgs/{org}/pullrequests/{pr}' },
  summary: 'One pull request, with its gates and checks',
  params: namedPull,
  answers: { 200: { description: 'The resource.', body: rest.objectOf('PullRequest') } },
});

export const addReview = defineRoute({
  ...{ ...pulls, id: 'addReview', method: 'POST', path: '/api/orgs/{org}/pullrequests/{pr}/reviews' },
  summary: 'Say what you think of a change',
  action: { asksFirst: true },
  params: namedPull,
  body: z
    .strictObject({
      decision: rest.oneOf(['approved', 'changes_requested', 'commented'], {
        ...{ approve: 'approved', APPROVE: 'approved' },
        ...{ 'request-changes': 'changes_requested', REQUEST_CHANGES: 'changes_requested' },
        ...{ reject: 'changes_requested', comment: 'commented', COMMENT: 'commented' },
      }),
      body: z.string().max(65_536).optional(),
      comments: z
        .array(
          z.strictObject({
            path: z.string().max(1000),
            line: z.int().min(1),
            side: z.enum(['new', 'old']).optional(),
            body: z.string().min(1).max(65_536),
          }),
        )
        .max(200)
        .optional(),
      headSha: z
        .string()
        .regex(/^[0-9a-f]{40}$/)
        .optional()
        .describe('The commit you looked at. Default: the present head.'),
    })
    .meta({ id: 'NewReview' }),
  example: { decision: 'approved', body: 'Reads well.' },
  answers: { 201: { description: 'Recorded.', body: rest.objectOf('Review') } },
});

const check = z.object({
  context: z.string(),
  state: z.string(),
  pipeline: z.string().optional(),
  job: z.string().optional(),
  required: z.boolean(),
});

export const completeChecks = defineRoute({
  ...{
    ...pulls,
    id: 'completeChecks',
    method: 'POST',
    path: '/api/orgs/{org}/pullrequests/{pr}/checks/complete',
  },
  summary: 'Wait until the checks are over, and learn how they ended',
  action: false,
  description:
    'A check is what Krate’s own runners measured. Nobody can dictate it, so an outcome in the body is refused with `CHECK_IS_MEASURED`.',
  params: namedPull,
  bodyOptional: true,
  body: z
    .strictObject({
      pipeline: rest.nameOrObject.optional().describe('Only the checks of this pipeline.'),
      phase: z.string().max(60).optional().describe('Refused.'),
      failedStep: z.string().max(250).optional().describe('Refused.'),
      waitSeconds: waitSeconds(10),
    })
    .meta({ id: 'ChecksQuestion' }),
  example: { waitSeconds: 30 },
  answers: {
    200: {
      description: 'How they stand; `complete` is false when some are still under way.',
      body: z.object({
        complete: z.boolean(),
        passed: z.boolean().describe('All are over and every required one succeeded.'),
        headSha: z.string().optional(),
        checks: z.array(check),
      }),
    },
  },
});

export const mergePullRequest = defineRoute({
  ...{ ...pulls, id: 'mergePullRequest', method: 'POST', path: '/api/orgs/{org}/pullrequests/{pr}/merge' },
  summary: 'Merge a change',
  action: { asksFirst: true },
  description:
    'Asks for the merge of exactly one head; the gates are checked again at that moment. A merge that is refused changes nothing and answers 409 `MERGE_REFUSED` with the gate in `reasons`.',
  params: namedPull,
  bodyOptional: true,
  body: z
    .strictObject({
      method: z.enum(['merge', 'squash', 'rebase']).default('merge'),
      expectedHeadSha: z
        .string()
        .regex(/^[0-9a-f]{40}$/)
        .optional()
        .describe('The head you reviewed. Default: the present one.'),
      message: z.string().max(65_536).optional(),
      waitSeconds: waitSeconds(10),
    })
    .meta({ id: 'MergeRequest' }),
  example: { method: 'squash' },
  answers: {
    200: {
      description: 'Merged, or asked for and not decided yet.',
      body: z.object({
        merged: z.boolean(),
        mergeCommit: z.string().optional(),
        pullRequest: rest.objectOf('PullRequest'),
      }),
    },
  },
});
