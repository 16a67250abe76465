import { facadeRoute, FacadeRoute } from '@krate/plugin-control-plane-node';
import {
  addReview,
  completeChecks,
  createPullRequest,
  getPullRequest,
  listPullRequests,
  mergePullRequest,
  PullRequest,
  Repository,
  Review,
} from '@krate/plugin-forge-common';
import { ApiError } from '@krate/resource-model';

/** Pull requests from the proposal to the merge. Every step is a write of a resource; git is moved by its reconcilers. */
export const pullRequestRoutes: readonly FacadeRoute[] = [
  facadeRoute(listPullRequests, async (context, { query: { repository, phase, ...page } }) => {
    const terms = [
      ...(repository ? [`spec.repository=${repository}`] : []),
      ...(phase ? [`status.phase=${phase}`] : []),
    ];
    return {
      status: 200,
      body: await context.list(PullRequest, { ...page, fieldSelector: terms.join(',') }),
    };
  }),

  facadeRoute(createPullRequest, async (context, { body }) => {
    const { repository, title, draft, reviewers } = body;
    const sourceRef = body.sourceRef ?? body.head;
    if (!sourceRef)
      throw refused('BadRequest', 'FieldValueRequired', 'Name the branch that has the change', 'sourceRef');
    const targetRef =
      body.targetRef ?? body.base ?? (await context.read(Repository, repository)).spec.defaultBranch;
    const { apiVersion, kind } = PullRequest;
    const made = await context.client.create(PullRequest, {
      ...{ apiVersion, kind },
      metadata: { namespace: context.namespace },
      spec: {
        ...{ repository, title, sourceRef, targetRef, draft, reviewers },
        description: body.description ?? body.body,
      },
    });
    return { status: 201, body: made };
  }),

  facadeRoute(getPullRequest, async (context, { params }) => ({
    status: 200,
    body: await context.read(PullRequest, params.pr),
  })),

  facadeRoute(addReview, async (context, { params, body }) => {
    await context.read(PullRequest, params.pr);
    const { apiVersion, kind } = Review;
    const review = await context.client.create(Review, {
      ...{ apiVersion, kind },
      metadata: { namespace: context.namespace, generateName: `${params.pr.slice(0, 200)}-` },
      spec: { pullRequest: params.pr, ...body },
    });
    return { status: 201, body: review };
  }),

  facadeRoute(completeChecks, async (context, { params, body }) => {
    const dictated = (['phase', 'failedStep'] as const).find(field => body[field] !== undefined);
    if (dictated)
      throw refused(
        'Invalid',
        'CHECK_IS_MEASURED',
        'How a check ended is measured by the runner, not told',
        dictated,
      );
    const asked = (pull: PullRequest) =>
      (pull.status?.checks ?? []).filter(check => !body.pipeline || check.pipeline === body.pipeline);
    const isOver = (pull: PullRequest) =>
      asked(pull).length > 0 && asked(pull).every(({ state }) => !['Pending', 'Running'].includes(state));
    const pull = await context.waitFor(PullRequest, params.pr, isOver, body.waitSeconds);
    const checks = asked(pull);
    const failed = checks.some(({ state, required }) => required && state !== 'Succeeded');
    const headSha = pull.status?.headSha;
    return {
      status: 200,
      body: {
        ...{ complete: isOver(pull), passed: isOver(pull) && !failed, checks },
        ...(headSha ? { headSha } : {}),
      },
    };
  }),

  facadeRoute(mergePullRequest, async (context, { params: { pr }, body }) => {
    const before = await context.read(PullRequest, pr);
    if (before.status?.phase === 'Merged')
      throw refused('Conflict', 'ALREADY_MERGED', `${pr} is merged already`);
    const expectedHeadSha = body.expectedHeadSha ?? before.status?.headSha;
    if (!expectedHeadSha)
      throw refused('Conflict', 'HEAD_UNKNOWN', 'The source branch has no known head yet', 'expectedHeadSha');
    const { method, message } = body;
    const key = { namespace: context.namespace, name: pr };
    await context.client.patch(PullRequest, key, {
      spec: { merge: { method, expectedHeadSha, ...(message ? { message } : {}) } },
    });
    // A refused merge is taken away again by its reconciler, which says why in the status.
    const isDecided = ({ spec, status }: PullRequest) => status?.phase === 'Merged' || !spec.merge;
    const pull = await context.waitFor(PullRequest, pr, isDecided, body.waitSeconds);
    const merged = pull.status?.phase === 'Merged';
    if (!merged && !pull.spec.merge) throw mergeRefused(pull);
    const mergeCommit = pull.status?.mergeCommit;
    return { status: 200, body: { merged, ...(mergeCommit ? { mergeCommit } : {}), pullRequest: pull } };
  }),
];

function mergeRefused({ metadata, status }: PullRequest): ApiError {
  const { code = 'unknown', message = 'The server gave no reason' } = status?.mergeRefused ?? {};
  return new ApiError('Conflict', `${metadata.name} is not merged: ${message}`, {
    ...{ kind: PullRequest.plural, name: metadata.name },
    causes: [
      { reason: 'MERGE_REFUSED', message },
      { reason: code, message },
    ],
  });
}

function refused(
  reason: 'BadRequest' | 'Invalid' | 'Conflict',
  code: string,
  message: string,
  field?: string,
): ApiError {
  return new ApiError(reason, message, { causes: [{ reason: code, message, field }] });
}
