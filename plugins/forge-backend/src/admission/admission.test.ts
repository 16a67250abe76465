import { ApiError, Kind } from '@krate/resource-model';
import { AdmissionRule, Principal } from '@krate/plugin-control-plane-node';
import { Organization } from '@krate/plugin-control-plane-common';
import { DISPATCHED_BY_ANNOTATION, Issue, PullRequest, Repository, Review } from '@krate/plugin-forge-common';
import { tallyReviews } from '../pulls/reviewTally';
import { issueAdmission } from './issueAdmission';
import { pullRequestAdmission } from './pullRequestAdmission';
import { repositoryAdmission as repositoryAdmissionOf } from './repositoryAdmission';

const repositoryAdmission = repositoryAdmissionOf({ paths: [], allowPrivateAddresses: false });
import { reviewAdmission } from './reviewAdmission';

const HEAD = 'a'.repeat(40);
const ada: Principal = { type: 'user', name: 'ada' };
const mia: Principal = { type: 'user', name: 'mia' };
const run: Principal = {
  type: 'run',
  name: 'r1',
  namespace: 'krate-org-acme',
  kind: 'AgentDispatchRun',
  uid: 'u',
  repository: 'web',
};

const make = (kind: Kind, name: string, spec: object, rest: object = {}): any => ({
  apiVersion: kind.apiVersion,
  kind: kind.kind,
  metadata: { name, namespace: 'krate-org-acme', uid: `uid-${name}` },
  spec: kind.spec.parse(spec),
  ...rest,
});
const pull = (spec = {}, status: object = { headSha: HEAD }) =>
  make(
    PullRequest,
    'web-1',
    { repository: 'web', title: 'x', sourceRef: 'fix', targetRef: 'main', author: 'ada', ...spec },
    { status },
  );
const review = (spec = {}) => make(Review, 'r', { pullRequest: 'web-1', decision: 'approved', ...spec });

interface Options {
  principal?: Principal;
  operation?: 'create' | 'update' | 'delete';
  old?: any;
  allows?: readonly string[];
  stored?: readonly any[];
}

/** The object as it was admitted, or `code field` of the refusal. */
async function admit(rule: AdmissionRule, kind: Kind, object: any, options: Options = {}): Promise<any> {
  const stored = options.stored ?? [make(Repository, 'web', {}), pull()];
  const allowed = options.allows ?? ['push', 'get'];
  const request: any = {
    operation: options.operation ?? (options.old ? 'update' : 'create'),
    kind,
    namespace: 'krate-org-acme',
    object: structuredClone(object),
    oldObject: options.old,
    principal: options.principal ?? mia,
    dryRun: false,
    client: {
      list: async (of: Kind) => ({ items: stored.filter(each => each.kind === of.kind) }),
      get: async (of: Kind, { name }: any) =>
        stored.find(each => each.kind === of.kind && each.metadata.name === name),
    },
    allows: (verb: string, _kind: Kind, name: string) => allowed.includes(verb) && name === 'web',
  };
  try {
    await rule.admit(request);
    return request.object;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const cause = error.details.causes![0];
    return `${error.code} ${cause.reason}${cause.field ? ` ${cause.field}` : ''}`;
  }
}

describe('repositories', () => {
  const file = (path: string) => ({ initialize: { files: [{ path, content: 'x' }] } });
  it.each([
    {
      reason: 'a plain one',
      name: 'web',
      spec: { initialize: { files: [{ path: 'a/b.txt', content: 'x' }] } },
      want: undefined,
    },
    {
      reason: 'a name git would take for a suffix',
      name: 'web.git',
      spec: {},
      want: '422 REPOSITORY_NAME_INVALID metadata.name',
    },
    {
      reason: 'a branch that is an option',
      name: 'web',
      spec: { defaultBranch: '-f' },
      want: '422 BRANCH_NAME_INVALID spec.defaultBranch',
    },
    {
      reason: 'a branch with a control character',
      name: 'web',
      spec: { defaultBranch: 'a\u0001' },
      want: '422 BRANCH_NAME_INVALID spec.defaultBranch',
    },
    {
      reason: 'a path out of the tree',
      name: 'web',
      spec: file('../x'),
      want: '422 FILE_PATH_INVALID spec.initialize.files[0].path',
    },
    {
      reason: 'a path into .git',
      name: 'web',
      spec: file('.git/hooks/post-checkout'),
      want: '422 FILE_PATH_INVALID spec.initialize.files[0].path',
    },
    {
      reason: 'a path that Windows takes for .git',
      name: 'web',
      spec: file('GIT~1/config'),
      want: '422 FILE_PATH_INVALID spec.initialize.files[0].path',
    },
    {
      reason: 'an absolute path',
      name: 'web',
      spec: file('/etc/passwd'),
      want: '422 FILE_PATH_INVALID spec.initialize.files[0].path',
    },
    {
      reason: 'two files of one path',
      name: 'web',
      spec: {
        initialize: {
          files: [
            { path: 'a', content: '' },
            { path: 'a', content: '' },
          ],
        },
      },
      want: '422 FILE_PATH_DUPLICATE spec.initialize.files[1].path',
    },
    {
      reason: 'a file that is a directory too',
      name: 'web',
      spec: {
        initialize: {
          files: [
            { path: 'a', content: '' },
            { path: 'a/b', content: '' },
          ],
        },
      },
      want: '422 FILE_PATH_CONFLICT spec.initialize.files',
    },
  ])('$reason', async ({ name, spec, want }) => {
    const result = await admit(repositoryAdmission, Repository, make(Repository, name, spec));
    expect(typeof result === 'string' ? result : undefined).toBe(want);
  });
});

describe('the visibility of a repository', () => {
  const acme = make(Organization, 'acme', { displayName: 'Acme', defaultVisibility: 'internal' });
  it.each([
    { reason: 'its own', spec: { visibility: 'public' }, options: { stored: [acme] }, want: 'public' },
    {
      reason: 'the organization’s where it says none',
      spec: {},
      options: { stored: [acme] },
      want: 'internal',
    },
    { reason: 'private where nobody says', spec: {}, options: { stored: [] }, want: 'private' },
    {
      reason: 'what it was when a change leaves it out',
      spec: {},
      options: { stored: [acme], old: make(Repository, 'web', { visibility: 'private' }) },
      want: 'private',
    },
  ])('is $reason', async ({ spec, options, want }) => {
    expect(
      (await admit(repositoryAdmission, Repository, make(Repository, 'web', spec), options)).spec.visibility,
    ).toBe(want);
  });
});

describe('pull requests', () => {
  it('spells branches out, stamps the author and goes with its repository', async () => {
    const object = await admit(pullRequestAdmission, PullRequest, pull({ author: 'somebody-else' }));
    expect(object.spec).toMatchObject({
      sourceRef: 'refs/heads/fix',
      targetRef: 'refs/heads/main',
      author: 'mia',
    });
    expect(object.metadata.ownerReferences).toEqual([
      { apiVersion: 'krate.a5c.ai/v1alpha1', kind: 'Repository', name: 'web', uid: 'uid-web' },
    ]);
  });

  const stored = pull({ sourceRef: 'refs/heads/fix', targetRef: 'refs/heads/main' }, { phase: 'Merged' });
  it.each([
    {
      reason: 'one branch twice',
      object: pull({ sourceRef: 'refs/heads/main' }),
      options: {},
      want: '422 SAME_BRANCH spec.targetRef',
    },
    {
      reason: 'a branch that is an option',
      object: pull({ sourceRef: 'refs/heads/-x' }),
      options: {},
      want: '422 BRANCH_NAME_INVALID spec.sourceRef',
    },
    {
      reason: 'a branch named like a commit',
      object: pull({ targetRef: HEAD }),
      options: {},
      want: '422 BRANCH_NAME_INVALID spec.targetRef',
    },
    {
      reason: 'a repository one may not write to',
      object: pull(),
      options: { allows: [] },
      want: '403 REPOSITORY_WRITE_REQUIRED spec.repository',
    },
    {
      reason: 'a repository that does not exist reads the same',
      object: pull({ repository: 'nowhere' }),
      options: {},
      want: '403 REPOSITORY_WRITE_REQUIRED spec.repository',
    },
    {
      reason: 'an archived repository',
      object: pull(),
      options: { stored: [make(Repository, 'web', { archived: true })] },
      want: '422 REPOSITORY_ARCHIVED spec.repository',
    },
    {
      reason: 'another source for an existing one',
      object: pull({ sourceRef: 'other' }),
      options: { old: stored },
      want: '422 FieldValueInvalid spec.sourceRef',
    },
    {
      reason: 'another target for what was reviewed',
      object: pull({ sourceRef: 'fix', targetRef: 'release' }),
      options: { old: stored, stored: [make(Repository, 'web', {}), review()] },
      want: '422 TARGET_REVIEWED spec.targetRef',
    },
    {
      reason: 'a merge of what is merged',
      object: pull({ merge: { expectedHeadSha: HEAD, requestedAt: 'now' } }),
      options: { old: stored },
      want: '409 ALREADY_MERGED spec.merge',
    },
    {
      reason: 'a change by somebody who may only read',
      object: pull(),
      options: { old: stored, allows: ['get'] },
      want: '403 REPOSITORY_WRITE_REQUIRED',
    },
  ])('refuses $reason', async ({ object, options, want }) => {
    expect(await admit(pullRequestAdmission, PullRequest, object, options)).toBe(want);
  });

  it('lets an agent’s pull request come before its repository is seen', async () => {
    const object = await admit(pullRequestAdmission, PullRequest, pull(), {
      principal: run,
      stored: [],
      allows: [],
    });
    expect(object.spec.author).toBe('run:krate-org-acme/r1');
  });

  it('keeps the author through updates', async () => {
    expect(
      (await admit(pullRequestAdmission, PullRequest, pull({ author: 'mia' }), { old: stored })).spec.author,
    ).toBe('ada');
  });
});

describe('issues', () => {
  const issue = (spec = {}) => make(Issue, 'web-2', { title: 'x', repository: 'web', ...spec });

  it('stamps the author and goes with its repository', async () => {
    const object = await admit(issueAdmission, Issue, issue({ author: 'somebody-else' }));
    expect(object.spec.author).toBe('mia');
    expect(object.metadata.ownerReferences).toMatchObject([{ kind: 'Repository', name: 'web' }]);
  });

  it('keeps the author through updates', async () => {
    const old = issue({ author: 'ada' });
    const object = await admit(issueAdmission, Issue, issue({ author: 'mia' }), { old });
    expect(object.spec.author).toBe('ada');
  });

  it('may be of no repository, and not of one that is not there', async () => {
    expect(await admit(issueAdmission, Issue, issue({ repository: undefined }))).toMatchObject({
      spec: { author: 'mia' },
    });
    expect(await admit(issueAdmission, Issue, issue({ repository: 'api' }))).toBe(
      '422 REPOSITORY_MISSING spec.repository',
    );
  });
});

describe('reviews', () => {
  it('stamps the reviewer and the commit, and goes with its pull request', async () => {
    const object = await admit(reviewAdmission, Review, review({ reviewer: 'somebody-else' }));
    expect(object.spec).toMatchObject({ reviewer: 'mia', headSha: HEAD });
    expect(object.metadata.ownerReferences).toMatchObject([{ kind: 'PullRequest', name: 'web-1' }]);
  });

  const mias = review({ reviewer: 'mia' });
  it.each([
    {
      reason: 'one’s own pull request',
      object: review(),
      options: { principal: ada },
      want: '403 OWN_PULL_REQUEST spec.decision',
    },
    {
      reason: 'one’s own, by asking for changes',
      object: review({ decision: 'changes_requested' }),
      options: { principal: ada },
      want: '403 OWN_PULL_REQUEST spec.decision',
    },
    { reason: 'an agent', object: review(), options: { principal: run }, want: '403 REVIEW_BY_PEOPLE_ONLY' },
    {
      reason: 'nobody',
      object: review(),
      options: { principal: { type: 'anonymous' } as const },
      want: '403 REVIEW_BY_PEOPLE_ONLY',
    },
    {
      reason: 'a reader',
      object: review(),
      options: { allows: ['get'] },
      want: '403 REPOSITORY_WRITE_REQUIRED spec.pullRequest',
    },
    {
      reason: 'who may not even read: as if it did not exist',
      object: review(),
      options: { allows: [] },
      want: '422 PULL_REQUEST_MISSING spec.pullRequest',
    },
    {
      reason: 'what does not exist',
      object: review({ pullRequest: 'web-9' }),
      options: {},
      want: '422 PULL_REQUEST_MISSING spec.pullRequest',
    },
    {
      reason: 'an approval of nothing',
      object: review(),
      options: { stored: [pull({}, {})] },
      want: '422 HEAD_UNKNOWN spec.headSha',
    },
    {
      reason: 'rewriting another’s',
      object: mias,
      options: { old: mias, principal: ada },
      want: '403 NOT_YOUR_REVIEW',
    },
    {
      reason: 'removing another’s',
      object: mias,
      options: { operation: 'delete' as const, principal: ada },
      want: '403 NOT_YOUR_REVIEW',
    },
  ])('refuses $reason', async ({ object, options, want }) => {
    expect(await admit(reviewAdmission, Review, object, options)).toBe(want);
  });

  it.each([
    {
      reason: 'a comment on one’s own',
      object: review({ decision: 'commented' }),
      options: { principal: ada },
    },
    { reason: 'a change of one’s own review', object: mias, options: { old: mias } },
    {
      reason: 'its removal by an admin',
      object: mias,
      options: { operation: 'delete' as const, principal: ada, allows: ['bypass'] },
    },
  ])('allows $reason', async ({ object, options }) => {
    expect(typeof (await admit(reviewAdmission, Review, object, options))).toBe('object');
  });
});

describe('the work of a run that ada dispatched', () => {
  const author = 'run:krate-org-acme/r1';
  const ofRun = (spec = {}): any => {
    const object = pull({ author, sourceRef: 'refs/heads/fix', targetRef: 'refs/heads/main', ...spec });
    return {
      ...object,
      metadata: { ...object.metadata, annotations: { [DISPATCHED_BY_ANNOTATION]: 'ada' } },
    };
  };
  const stored = (requireSecondApprover: boolean) => [
    make(Organization, 'acme', { displayName: 'Acme', requireSecondApprover }),
    make(Repository, 'web', {}),
    ofRun(),
  ];
  const merge = { expectedHeadSha: HEAD, requestedAt: 'now' };
  const refused = '403 SECOND_APPROVER_REQUIRED';

  it.each([
    { reason: 'ada, where two are wanted', principal: ada, two: true, want: refused },
    { reason: 'ada, where one is enough', principal: ada, two: false, want: undefined },
    { reason: 'somebody else', principal: mia, two: true, want: undefined },
  ])('is approved and merged by $reason: $want', async ({ principal, two, want }) => {
    const options = { principal, stored: stored(two) };
    const approved = await admit(reviewAdmission, Review, review(), options);
    const merged = await admit(pullRequestAdmission, PullRequest, ofRun({ merge }), {
      ...options,
      old: ofRun(),
    });
    expect(typeof approved === 'string' ? approved : undefined).toBe(want && `${want} spec.decision`);
    expect(typeof merged === 'string' ? merged : undefined).toBe(want && `${want} spec.merge`);
  });

  it('may be sent back by ada all the same', async () => {
    const object = review({ decision: 'changes_requested' });
    expect(
      typeof (await admit(reviewAdmission, Review, object, { principal: ada, stored: stored(true) })),
    ).toBe('object');
  });

  it('keeps its dispatcher whoever rewrites it, and takes one from the system alone', async () => {
    const bare = { ...ofRun(), metadata: pull().metadata };
    const dispatcher = (object: any) => object.metadata.annotations?.[DISPATCHED_BY_ANNOTATION];
    const options = { stored: stored(true) };
    expect(
      dispatcher(await admit(pullRequestAdmission, PullRequest, bare, { ...options, old: ofRun() })),
    ).toBe('ada');
    expect(dispatcher(await admit(pullRequestAdmission, PullRequest, ofRun(), options))).toBeUndefined();
    const system = { ...options, principal: { type: 'system', name: 'agents' } as const };
    const opened = await admit(pullRequestAdmission, PullRequest, ofRun(), system);
    expect(dispatcher(opened)).toBe('ada');
    expect(opened.spec.author).toBe(author);
  });
});

describe('an approval from before two were wanted', () => {
  it.each([
    { dispatcher: undefined, approvedBy: ['ada', 'mia'] },
    { dispatcher: 'ada', approvedBy: ['mia'] },
  ])('counts $approvedBy where $dispatcher may not', ({ dispatcher, approvedBy }) => {
    const reviews = ['ada', 'mia'].map(reviewer => review({ reviewer, headSha: HEAD }));
    const tally = tallyReviews(reviews, { author: 'run:x/y', dispatcher, headSha: HEAD, dismissStale: true });
    expect(tally.approvedBy).toEqual(approvedBy);
  });
});
