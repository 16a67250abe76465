/** Who may not: the wrong role, nobody at all, tokens that are no longer or never were, and stamps that are forged. */
import { GROUP, object } from '../objects.mjs';
import {
  accepted,
  bad,
  forbidden,
  invalid,
  missing,
  paths,
  repository,
  table,
  unauthorized,
} from './helpers.mjs';

const SHA = 'a'.repeat(40);
const patch = 'application/merge-patch+json';

export function authority({ home, away, people, facts }) {
  const { of, core } = paths(home);
  const pull = of('pullrequests', home.pullRequest);
  const list = `GET ${of('repositories')}`;
  const approval = of('agentapprovals', facts.approval);
  const binding = (name, spec, namespace = home.namespace) =>
    object('AgentRoleBinding', name, namespace, {
      subject: { kind: 'User', name: 'dev' },
      scope: { kind: 'organization' },
      ...spec,
    });
  const basic = (user, password) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const strange = ['eve', 'noa', undefined];
  const byStrangers = (why, request, more = {}) =>
    strange.map(by => ({
      why: `${why}, asked for by ${by ?? 'nobody'}`,
      by,
      request,
      want: by ? { status: [403, 404] } : unauthorized,
      ...more,
    }));

  return [
    ...table(
      [
        ['a viewer creates', 'vic', `POST ${of('repositories')}`, repository(home)],
        [
          'a developer creates what maintainers create',
          'dev',
          `POST ${of('repositories')}`,
          repository(home),
        ],
        ['a developer deletes it', 'dev', `DELETE ${of('repositories', home.repository)}`],
        ['a developer deletes everything', 'dev', `DELETE ${of('repositories')}`],
        ['a developer opens main', 'dev', `DELETE ${of('branchprotections', home.protection)}`],
        [
          'a maintainer gives roles',
          'max',
          `POST ${of('agentrolebindings')}`,
          binding('made-by-test', { roleRef: { name: 'developer' } }),
        ],
        [
          'a maintainer maps a login',
          'max',
          `POST ${of('identitymappings')}`,
          object('IdentityMapping', 'made-by-test', home.namespace, {
            user: 'dev',
            provider: 'backstage',
            subject: 'eve',
          }),
        ],
        [
          'a maintainer writes a Secret',
          'max',
          `POST ${core('secrets')}`,
          { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'made-by-test' }, stringData: { a: 'b' } },
        ],
        [
          'an admin makes a platform administrator',
          'ann',
          `POST ${GROUP}/namespaces/krate-system/agentrolebindings`,
          binding('made-by-test', { scope: { kind: 'cluster' }, roleRef: { name: 'admin' } }, 'krate-system'),
        ],
        [
          'an admin makes an organization',
          'ann',
          `POST ${GROUP}/namespaces/krate-system/organizations`,
          object('Organization', 'made-by-test', 'krate-system', { displayName: 'x' }),
        ],
        [
          'a stranger makes an organization',
          'eve',
          `POST ${GROUP}/namespaces/krate-system/organizations`,
          object('Organization', 'made-by-test', 'krate-system', { displayName: 'x' }),
        ],
        [
          'an admin makes a namespace',
          'ann',
          'POST /api/v1/namespaces',
          { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'krate-org-made-by-test' } },
        ],
        [
          'an admin binds a namespace',
          'ann',
          `POST ${GROUP}/namespaces/krate-system/orgnamespacebindings`,
          object('OrgNamespaceBinding', 'made-by-test', 'krate-system', {
            organizationRef: home.org,
            namespace: away.namespace,
          }),
        ],
        [
          'an admin makes an approval',
          'ann',
          `POST ${of('agentapprovals')}`,
          object('AgentApproval', 'made-by-test', home.namespace, {
            dispatchRun: 'x',
            action: 'write-back',
            actionDetail: { type: 'x', target: 'x', summary: 'x' },
            requestedBy: { kind: 'AgentStack', name: 'x' },
            expiresAt: '2030-01-01T00:00:00Z',
            decision: 'approve',
          }),
        ],
        [
          'an admin makes an event',
          'ann',
          `POST ${core('events')}`,
          {
            apiVersion: 'v1',
            kind: 'Event',
            metadata: { name: 'made-by-test' },
            involvedObject: { name: 'x' },
            reason: 'x',
          },
        ],
        [
          'a viewer asks for a merge',
          'vic',
          `PATCH ${pull}`,
          { spec: { merge: { expectedHeadSha: SHA } } },
          patch,
        ],
        ['a viewer decides', 'vic', `PATCH ${approval}`, { spec: { decision: 'approve' } }, patch],
        ['a developer decides', 'dev', `PATCH ${approval}`, { spec: { decision: 'approve' } }, patch],
        ['a neighbour decides', 'noa', `PATCH ${approval}`, { spec: { decision: 'approve' } }, patch],
        ['a stranger decides', 'eve', `PATCH ${approval}`, { spec: { decision: 'approve' } }, patch],
        [
          'a viewer cancels a run',
          'vic',
          `PATCH ${of('agentdispatchruns', facts.run)}`,
          { spec: { cancel: { reason: 'x' } } },
          patch,
        ],
        [
          'a viewer dispatches an agent',
          'vic',
          `POST ${of('agentdispatchruns')}`,
          object('AgentDispatchRun', 'made-by-test', home.namespace, {
            repository: home.repository,
            agentStack: 'x',
            task: 'x',
          }),
        ],
        [
          'a neighbour cancels a run',
          'noa',
          `PATCH ${of('agentdispatchruns', facts.run)}`,
          { spec: { cancel: { reason: 'x' } } },
          patch,
        ],
      ],
      (by, request, body, type) => ({ by, request, body, type, want: { status: 403, reason: 'Forbidden' } }),
    ),
    {
      why: 'a developer merges',
      by: 'dev',
      request: `PATCH ${pull}`,
      type: patch,
      body: { spec: { merge: { expectedHeadSha: SHA } } },
      want: forbidden('ACTION_NOT_ALLOWED'),
    },
    {
      why: 'a developer opens a pull request that merges itself',
      by: 'dev',
      request: `POST ${of('pullrequests')}`,
      body: object('PullRequest', 'made-by-test', home.namespace, {
        repository: home.repository,
        title: 't',
        sourceRef: 'a',
        targetRef: 'main',
        merge: { expectedHeadSha: SHA },
      }),
      want: forbidden('ACTION_NOT_ALLOWED'),
    },
    {
      why: 'a maintainer decides and changes the question',
      by: 'max',
      request: `PATCH ${approval}`,
      type: patch,
      body: { spec: { decision: 'approve', actionDetail: { target: 'another' } } },
      want: { status: [403, 422] },
    },
    {
      why: 'a maintainer changes the question only',
      by: 'max',
      request: `PATCH ${approval}`,
      type: patch,
      body: { spec: { comment: 'x', expiresAt: '2040-01-01T00:00:00Z' } },
      want: { status: 403, code: 'FIELD_NOT_ALLOWED' },
    },
    {
      why: 'a maintainer decides a third way',
      by: 'max',
      request: `PATCH ${approval}`,
      type: patch,
      body: { spec: { decision: 'perhaps' } },
      want: invalid('spec.decision', 'FieldValueNotSupported'),
    },
    {
      why: 'a forged decider',
      by: 'max',
      request: `PATCH ${approval}?dryRun=All`,
      type: patch,
      body: { spec: { decision: 'deny', decidedBy: 'ann', decidedAt: '2001-01-01T00:00:00Z' } },
      want: accepted(
        ({ spec }) =>
          (spec.decidedBy !== 'max' || spec.decidedAt.startsWith('2001')) && 'the stamp was taken',
      ),
    },
    {
      why: 'a decider without a decision',
      by: 'max',
      request: `PATCH ${approval}?dryRun=All`,
      type: patch,
      body: { spec: { decidedBy: 'ann' } },
      want: { status: [200, 403], check: got => got.spec?.decidedBy && 'the stamp was taken' },
    },
    {
      why: 'a forged requester of a merge',
      by: 'max',
      request: `PATCH ${pull}?dryRun=All`,
      type: patch,
      body: {
        spec: { merge: { expectedHeadSha: SHA, requestedBy: 'ann', requestedAt: '2001-01-01T00:00:00Z' } },
      },
      want: accepted(
        ({ spec }) =>
          (spec.merge.requestedBy !== 'max' || spec.merge.requestedAt.startsWith('2001')) &&
          'the stamp was taken',
      ),
    },
    {
      why: 'a forged author',
      by: 'dev',
      request: `POST ${of('pullrequests')}?dryRun=All`,
      body: object('PullRequest', 'made-by-test', home.namespace, {
        repository: home.repository,
        title: 't',
        sourceRef: 'a',
        targetRef: 'main',
        author: 'ann',
      }),
      want: accepted(({ spec }) => spec.author !== 'dev' && 'the author was taken'),
    },
    {
      why: 'a forged requester of a run',
      by: 'dev',
      request: `POST ${of('agentdispatchruns')}?dryRun=All`,
      body: object('AgentDispatchRun', 'made-by-test', home.namespace, {
        repository: home.repository,
        agentStack: 'fixer',
        task: 't',
        requestedBy: 'ann',
      }),
      want: {
        status: [201, 422],
        check: got => got.spec?.requestedBy && got.spec.requestedBy !== 'dev' && 'the requester was taken',
      },
    },
    {
      why: 'a forged creator',
      by: 'ann',
      request: `POST ${of('repositories')}?dryRun=All`,
      body: repository(home, {}, { annotations: { 'krate.a5c.ai/created-by': 'noa' } }),
      want: accepted(
        ({ metadata }) =>
          metadata.annotations['krate.a5c.ai/created-by'] !== 'ann' && 'the creator was taken',
      ),
    },
    {
      why: 'a creator forged later',
      by: 'ann',
      request: `PATCH ${of('repositories', home.repository)}?dryRun=All`,
      type: patch,
      body: { metadata: { annotations: { 'krate.a5c.ai/created-by': 'noa' } } },
      want: accepted(
        ({ metadata }) =>
          metadata.annotations['krate.a5c.ai/created-by'] === 'noa' && 'the creator was taken',
      ),
    },
    {
      why: 'a forged reviewer of one’s own change',
      by: 'admin',
      request: `POST ${of('reviews')}`,
      body: object('Review', 'made-by-test', home.namespace, {
        pullRequest: home.pullRequest,
        decision: 'approved',
        reviewer: 'max',
        headSha: SHA,
      }),
      want: forbidden('OWN_PULL_REQUEST'),
    },
    {
      why: 'managedFields of one’s own',
      by: 'ann',
      request: `POST ${of('repositories')}?dryRun=All`,
      body: repository(
        home,
        {},
        { managedFields: [{ manager: 'system', operation: 'Apply', fieldsV1: { 'f:spec': {} } }] },
      ),
      want: accepted(
        ({ metadata }) =>
          metadata.managedFields?.some(({ manager }) => manager === 'system') && 'they were taken',
      ),
    },
    {
      why: 'a role that is greater than one’s own',
      by: 'noa',
      request: `POST ${of('agentrolebindings')}`,
      body: binding('made-by-test', { subject: { kind: 'User', name: 'noa' }, roleRef: { name: 'admin' } }),
      want: { status: 403 },
    },
    {
      why: 'a scope that is greater than the organization',
      by: 'ann',
      request: `POST ${of('agentrolebindings')}`,
      body: binding('made-by-test', { scope: { kind: 'cluster' }, roleRef: { name: 'admin' } }),
      want: invalid('spec.scope.kind', 'FieldValueInvalid'),
    },
    {
      why: 'a login that is mapped already',
      by: 'ann',
      request: `POST ${of('identitymappings')}`,
      body: object('IdentityMapping', 'made-by-test', home.namespace, {
        user: 'vic',
        provider: 'backstage',
        subject: 'max',
      }),
      want: invalid('spec.subject', 'FieldValueDuplicate'),
    },
    {
      why: 'an organization with a name of dots',
      by: 'admin',
      request: `POST ${GROUP}/namespaces/krate-system/organizations`,
      body: object('Organization', 'a.b', 'krate-system', { displayName: 'x' }),
      want: invalid('metadata.name'),
    },
    {
      why: 'an organization outside of the platform',
      by: 'admin',
      request: `POST ${of('organizations')}`,
      body: object('Organization', 'made-by-test', home.namespace, { displayName: 'x' }),
      want: invalid('metadata.namespace', 'ORG_NAMESPACE_MISMATCH'),
    },
    {
      why: 'a repository outside of organizations',
      by: 'admin',
      request: `POST ${GROUP}/namespaces/krate-system/repositories`,
      body: repository({ namespace: 'krate-system' }),
      want: invalid('metadata.namespace', 'ORG_REQUIRED'),
    },
    {
      why: 'a repository in an organization that is not',
      by: 'admin',
      request: `POST ${GROUP}/namespaces/krate-org-nowhere/repositories`,
      body: repository({ namespace: 'krate-org-nowhere' }),
      want: { status: [403, 404, 422] },
    },
    {
      why: 'an organization’s namespace deleted by itself',
      by: 'admin',
      request: `DELETE /api/v1/namespaces/${home.namespace}`,
      want: { status: 403 },
    },

    ...table(
      [
        ['no token', undefined],
        ['garbage', 'Bearer garbage'],
        ['nothing after Bearer', 'Bearer '],
        ['a scheme nobody knows', 'Digest abc'],
        ['a token cut short', `Bearer ${people.ann.token.slice(0, -1)}`],
        ['a token with more behind', `Bearer ${people.ann.token}x`],
        ['a token in capitals', `Bearer ${people.ann.token.toUpperCase()}`],
        ['a token that was revoked', `Bearer ${facts.revoked}`],
        ['a token that expired', `Bearer ${facts.expired}`],
        ['a sign-in link’s token as a token', `Bearer ${facts.unusedLink}`],
        ['a sign-in link that was used', `Bearer ${facts.usedLink}`],
        [
          'a JWT signed by nobody',
          `Bearer ${jwt({ alg: 'none' }, { sub: 'user:default/admin', exp: 4e9 })}.`,
        ],
        [
          'a JWT signed by oneself',
          `Bearer ${jwt({ alg: 'HS256' }, { sub: 'user:default/admin', ent: ['user:default/admin'], exp: 4e9 })}.AAAA`,
        ],
        ['Basic with a wrong password', basic('admin', 'admin')],
        ['Basic with the token as the user', basic(people.ann.token, '')],
        ['Basic of garbage', 'Basic %%%'],
        ['Basic with an expired token', basic('x', facts.expired)],
        ['a million letters', `Bearer ${'x'.repeat(12_000)}`],
      ],
      authorization => ({
        request: list,
        headers: authorization === undefined ? {} : { authorization },
        want: unauthorized,
      }),
    ).map(row => ({ ...row, why: `a token that is none: ${row.why}` })),
    {
      why: 'a token in the query',
      request: `${list}?token=${people.ann.token}&access_token=${people.ann.token}`,
      want: unauthorized,
    },
    {
      why: 'a token in a cookie',
      request: list,
      headers: { cookie: `token=${people.ann.token}; backstage-auth=${people.ann.token}` },
      want: unauthorized,
    },
    {
      why: 'headers of a proxy that is none',
      request: list,
      headers: {
        'x-remote-user': 'admin',
        'x-remote-group': 'system:masters',
        'x-forwarded-user': 'admin',
        'impersonate-user': 'admin',
      },
      want: unauthorized,
    },
    {
      why: 'another person’s name by impersonation',
      by: 'eve',
      request: list,
      headers: { 'impersonate-user': 'admin', 'x-remote-user': 'admin' },
      want: { status: 403 },
    },
    {
      why: 'a sign-in link used twice',
      request: 'POST /login',
      body: { token: facts.usedLink },
      want: unauthorized,
    },
    {
      why: 'an access token used to sign in',
      request: 'POST /login',
      body: { token: people.ann.token },
      want: unauthorized,
    },
    { why: 'a sign-in without a token', request: 'POST /login', body: {}, want: unauthorized },
    { why: 'a sign-in with a list for a token', request: 'POST /login', body: { token: ['a'] }, want: bad() },
    { why: 'a sign-in of broken JSON', request: 'POST /login', body: '{', want: bad() },
    { why: 'a sign-in of null', request: 'POST /login', body: 'null', want: { status: [400, 401] } },
    {
      why: 'a sign-in body that is too large',
      request: 'POST /login',
      body: JSON.stringify({ token: 'x'.repeat(100_000) }),
      want: { status: 413 },
    },
    {
      why: 'a sign-in link for another, made by an admin of an organization',
      by: 'ann',
      request: 'POST /tokens',
      body: { purpose: 'sign-in', user: 'admin' },
      want: { status: 403 },
    },
    {
      why: 'a sign-in link for a name that climbs',
      by: 'admin',
      request: 'POST /tokens',
      body: { purpose: 'sign-in', user: '../admin' },
      want: bad(),
    },
    {
      why: 'a token for ever',
      by: 'ann',
      request: 'POST /tokens',
      body: { expiresInSeconds: 1e12 },
      want: bad(),
    },
    {
      why: 'a token for no time',
      by: 'ann',
      request: 'POST /tokens',
      body: { expiresInSeconds: 0 },
      want: bad(),
    },
    {
      why: 'a description that is no text',
      by: 'ann',
      request: 'POST /tokens',
      body: { description: { a: 1 } },
      want: bad(),
    },
    {
      why: 'another person’s token revoked',
      by: 'ann',
      request: `DELETE /tokens/${facts.adminTokenId}`,
      want: missing,
    },
    { why: 'a token that is not there revoked', by: 'ann', request: 'DELETE /tokens/..%2f..', want: missing },
    ...table(
      [
        ['tokens', 'GET /tokens'],
        ['a new token', 'POST /tokens'],
        ['a kubeconfig', 'GET /kubeconfig'],
        ['the live connection', 'GET /live'],
        ['discovery', 'GET /apis'],
        ['the schemas', 'GET /openapi/v3'],
        ['the audit trail', 'GET /audit'],
        ['metrics', 'GET /metrics'],
      ],
      request => ({ request, body: request.startsWith('POST') ? {} : undefined, want: unauthorized }),
    ).map(row => ({ ...row, why: `nobody asks for ${row.why}` })),

    ...byStrangers('the audit trail', `GET /audit?org=${home.org}`),
    ...byStrangers('the whole audit trail', 'GET /audit'),
    ...byStrangers('metrics', 'GET /metrics'),
    ...byStrangers(
      'a transcript',
      `GET /streams/agentdispatchruns/${home.namespace}/${facts.run}/transcript`,
    ),
    ...byStrangers(
      'a transcript of a path',
      `GET /streams/agentdispatchruns/${home.namespace}/..%2f..%2f/transcript`,
    ),
    ...byStrangers('a run', `GET ${of('agentdispatchruns', facts.run)}`),
    ...byStrangers(
      'a file of a repository',
      `GET /forge/${home.org}/${home.repository}/blob?path=README.md`,
      { want: { status: [401, 403, 404] } },
    ),
    {
      why: 'the audit trail read by a viewer',
      by: 'vic',
      request: `GET /audit?org=${home.org}`,
      want: { status: 403 },
    },
    {
      why: 'the audit trail of everything read by an admin',
      by: 'ann',
      request: 'GET /audit',
      want: { status: 403 },
    },
    {
      why: 'the audit trail with a limit that is none',
      by: 'ann',
      request: `GET /audit?org=${home.org}&limit=-1`,
      want: bad(),
    },
    {
      why: 'the audit trail of two organizations',
      by: 'ann',
      request: `GET /audit?org=${home.org}&org=${away.org}`,
      want: bad(),
    },
    {
      why: 'a stream of an unknown kind',
      by: 'ann',
      request: 'GET /streams/constructor/x/y/z',
      want: missing,
    },
    {
      why: 'a stream from a place that is none',
      by: 'ann',
      request: `GET /streams/agentdispatchruns/${home.namespace}/${facts.run}/transcript?offset=-1`,
      want: { status: [400, 404] },
    },
    {
      why: 'another person’s live connection',
      by: 'ann',
      request: () => `POST /live/${facts.liveOfDev}`,
      body: { subscribe: [{ id: 'x', group: '', resource: 'secrets', namespace: home.namespace }] },
      want: missing,
    },
    {
      why: 'a live connection that is none',
      by: 'ann',
      request: 'POST /live/..%2fx',
      body: {},
      want: missing,
    },
    {
      why: 'subscriptions that are none',
      by: 'dev',
      request: () => `POST /live/${facts.liveOfDev}`,
      body: { subscribe: 'everything' },
      want: bad(),
    },
    {
      why: 'too many subscriptions',
      by: 'dev',
      request: () => `POST /live/${facts.liveOfDev}`,
      body: {
        subscribe: Array.from({ length: 501 }, (_, i) => ({ id: `s${i}`, group: '', resource: 'secrets' })),
      },
      want: bad(),
    },
    {
      why: 'a question to the authorizer that is none',
      by: 'eve',
      request: 'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: { kind: 'SelfSubjectAccessReview', spec: {} },
      want: bad(),
    },
    {
      why: 'a stranger’s question tells no rights',
      by: 'eve',
      request: 'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: {
        kind: 'SelfSubjectAccessReview',
        spec: {
          resourceAttributes: {
            verb: 'get',
            group: 'krate.a5c.ai',
            resource: 'repositories',
            namespace: home.namespace,
          },
        },
      },
      want: accepted(({ status }) => status.allowed && 'it is allowed'),
    },
  ];
}

const jwt = (...parts) =>
  parts.map(part => Buffer.from(JSON.stringify({ typ: 'JWT', ...part })).toString('base64url')).join('.');
