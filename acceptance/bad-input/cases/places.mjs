/** Other organizations, names with tricks, versions that are gone, and fields that are the server's or nobody's. */
import { GROUP, object } from '../objects.mjs';
import { accepted, forbidden, invalid, missing, paths, repository, table } from './helpers.mjs';

export function places({ home, away, facts }) {
  const { of } = paths(home);
  const create = `POST ${of('repositories')}`;
  const item = of('repositories', home.repository);
  const pull = of('pullrequests', home.pullRequest);
  const merge = body => ({ by: 'ann', request: `PATCH ${item}`, type: 'application/merge-patch+json', body });
  const protection = spec => ({
    by: 'ann',
    request: `POST ${of('branchprotections')}`,
    body: object('BranchProtection', 'made-by-test', home.namespace, { refs: ['main'], ...spec }),
  });

  return [
    {
      why: 'another organization in organizationRef',
      by: 'ann',
      request: create,
      body: repository(home, { organizationRef: away.org }),
      want: invalid('spec.organizationRef', 'ORG_NAMESPACE_MISMATCH'),
    },
    {
      why: 'another organization in the label',
      by: 'ann',
      request: create,
      body: repository(home, {}, { labels: { 'krate.a5c.ai/org': away.org } }),
      want: invalid("metadata.labels['krate.a5c.ai/org']", 'ORG_NAMESPACE_MISMATCH'),
    },
    {
      why: 'a body of another organization',
      by: 'ann',
      request: create,
      body: repository(away),
      want: { status: 400, reason: 'BadRequest' },
    },
    {
      why: 'a reference to organization/name',
      ...protection({ repository: `${away.org}/${away.repository}` }),
      want: { status: [403, 422] },
    },
    {
      why: 'a reference to namespace/name',
      ...protection({ repository: `${away.namespace}/${away.repository}` }),
      want: forbidden('CROSS_ORG_REF_DENIED'),
    },
    {
      why: 'a reference that climbs',
      ...protection({ repository: `../${away.namespace}/${away.repository}` }),
      want: { status: [403, 422] },
    },
    {
      why: 'a reference that is an address',
      ...protection({ repository: 'http://169.254.169.254/' }),
      want: { status: [403, 422] },
    },
    {
      why: 'a bare name that only another organization has',
      by: 'dev',
      request: `POST ${of('pullrequests')}`,
      body: object('PullRequest', 'made-by-test', home.namespace, {
        repository: away.repository,
        title: 't',
        sourceRef: 'a',
        targetRef: 'main',
      }),
      want: { status: 422, code: 'REPOSITORY_MISSING' },
    },
    {
      why: 'a review of another organization’s pull request',
      by: 'dev',
      request: `POST ${of('reviews')}`,
      body: object('Review', 'made-by-test', home.namespace, {
        pullRequest: away.pullRequest,
        decision: 'approved',
      }),
      want: { status: 422, code: 'PULL_REQUEST_MISSING' },
    },
    {
      why: 'a run on another organization’s repository',
      by: 'dev',
      request: `POST ${of('agentdispatchruns')}`,
      body: object('AgentDispatchRun', 'made-by-test', home.namespace, {
        repository: `${away.org}/${away.repository}`,
        agentStack: 'x',
        task: 't',
      }),
      want: { status: [403, 422] },
    },
    {
      why: 'an owner in another organization',
      by: 'ann',
      request: create,
      body: repository(
        home,
        {},
        {
          ownerReferences: [
            {
              apiVersion: 'krate.a5c.ai/v1alpha1',
              kind: 'Repository',
              name: away.repository,
              uid: facts.awayRepositoryUid,
              blockOwnerDeletion: true,
            },
          ],
        },
      ),
      want: { status: [403, 422], field: 'metadata.ownerReferences[0]' },
    },
    {
      why: 'an owner of another uid than its name',
      by: 'ann',
      request: create,
      body: repository(
        home,
        {},
        {
          ownerReferences: [
            {
              apiVersion: 'krate.a5c.ai/v1alpha1',
              kind: 'Repository',
              name: home.repository,
              uid: '11111111-1111-4111-8111-111111111111',
            },
          ],
        },
      ),
      want: { status: 422, field: 'metadata.ownerReferences[0]' },
    },
    ...table(
      [
        [
          'a read of another organization’s repository',
          `GET ${paths(away).of('repositories', away.repository)}`,
        ],
        ['a list of another organization', `GET ${paths(away).of('repositories')}`],
        ['a watch of another organization', `GET ${paths(away).of('repositories')}?watch=1&timeoutSeconds=1`],
        ['a list of all organizations', `GET ${GROUP}/repositories`],
        ['a watch of all organizations', `GET ${GROUP}/repositories?watch=true&timeoutSeconds=1`],
        ['a list of all namespaces', 'GET /api/v1/namespaces'],
        ['a list of all organizations’ names', `GET ${GROUP}/namespaces/krate-system/organizations`],
        [
          'a watch of all organizations’ names',
          `GET ${GROUP}/namespaces/krate-system/organizations?watch=1&timeoutSeconds=1`,
        ],
        ['another organization itself', `GET ${GROUP}/namespaces/krate-system/organizations/${away.org}`],
        [
          'another organization by a selector',
          `GET ${GROUP}/namespaces/krate-system/organizations?fieldSelector=metadata.name%3D${away.org}`,
        ],
        ['the namespaces of all organizations', `GET ${GROUP}/namespaces/krate-system/orgnamespacebindings`],
        ['the administrators', `GET ${GROUP}/namespaces/krate-system/users`],
        ['another organization’s namespace', `GET /api/v1/namespaces/${away.namespace}`],
        ['another organization’s events', `GET ${paths(away).core('events')}`],
        ['a deletion in another organization', `DELETE ${paths(away).of('repositories', away.repository)}`],
        ['a deletion of everything in another organization', `DELETE ${paths(away).of('repositories')}`],
      ],
      request => ({ by: 'ann', request, want: { status: 403, reason: 'Forbidden' } }),
    ),
    {
      why: 'a list of another organization by a stranger',
      by: 'eve',
      request: `GET ${of('repositories')}`,
      want: { status: 403, reason: 'Forbidden' },
    },
    {
      why: 'an object named in another organization',
      by: 'ann',
      request: `GET ${of('repositories', away.repository)}`,
      want: missing,
    },

    {
      why: 'a version that is gone',
      by: 'ann',
      request: `PUT ${item}`,
      body: () => ({
        ...facts.repository,
        spec: { ...facts.repository.spec, description: 'x' },
        metadata: { ...facts.repository.metadata, resourceVersion: '1' },
      }),
      want: { status: 409, reason: 'Conflict', message: /has been modified/ },
    },
    {
      why: 'a patch of a version that is gone',
      ...merge({ metadata: { resourceVersion: '1' }, spec: { description: 'x' } }),
      want: { status: 409, reason: 'Conflict' },
    },
    {
      why: 'a version that is none',
      ...merge({ metadata: { resourceVersion: 'latest' }, spec: { description: 'x' } }),
      want: { status: [400, 409, 422] },
    },
    {
      why: 'a version that is a number',
      ...merge({ metadata: { resourceVersion: 1 }, spec: { description: 'x' } }),
      want: { status: [400, 409, 422] },
    },
    {
      why: 'the uid of another object',
      ...merge({ metadata: { uid: facts.awayRepositoryUid }, spec: { description: 'x' } }),
      want: { status: [409, 422] },
    },
    {
      why: 'a deletion of another uid',
      by: 'ann',
      request: `DELETE ${item}`,
      body: { preconditions: { uid: facts.awayRepositoryUid } },
      want: { status: 409, reason: 'Conflict' },
    },
    {
      why: 'a deletion with a policy that is none',
      by: 'ann',
      request: `DELETE ${item}`,
      body: { propagationPolicy: 'Everything' },
      want: { status: [400, 422] },
    },
    {
      why: 'a deletion of two policies',
      by: 'ann',
      request: `DELETE ${item}`,
      body: { propagationPolicy: 'Orphan', orphanDependents: true },
      want: { status: 422 },
    },
    {
      why: 'another repository of a pull request',
      by: 'ann',
      request: `PATCH ${pull}`,
      type: 'application/merge-patch+json',
      body: { spec: { repository: 'another' } },
      want: invalid('spec.repository'),
    },
    {
      why: 'another number of a pull request',
      by: 'ann',
      request: `PATCH ${pull}?dryRun=All`,
      type: 'application/merge-patch+json',
      body: { spec: { number: 99 } },
      want: {
        status: [200, 422],
        check: got => got.kind !== 'Status' && got.spec.number === 99 && 'the number changed',
      },
    },
    {
      why: 'another first commit',
      ...merge({ spec: { initialize: { files: [{ path: 'x', content: 'x' }] } } }),
      want: invalid('spec.initialize'),
    },
    { why: 'another name', ...merge({ metadata: { name: 'another' } }), want: { status: [400, 422] } },
    {
      why: 'another date of creation',
      ...merge({ metadata: { creationTimestamp: '2001-01-01T00:00:00Z' } }),
      want: { status: 422, field: 'metadata.creationTimestamp' },
    },
    {
      why: 'an object under another name',
      by: 'ann',
      request: `PUT ${of('repositories', 'another')}`,
      body: () => facts.repository,
      want: { status: [400, 404] },
    },

    ...table(
      [
        ['capital letters', 'Shop'],
        ['a path that climbs', '../secrets'],
        ['a dot', '.'],
        ['two dots', '..'],
        ['a slash', 'a/b'],
        ['a backslash', 'a\\b'],
        ['a null byte', 'a\0b'],
        ['a line break', 'a\nb'],
        ['a space', 'a b'],
        ['a letter beyond ASCII', 'käse'],
        ['a letter that only looks like one', 'аcme'],
        ['letters written from right to left', 'a\u202eb'],
        ['a percent sign', 'a%2fb'],
        ['a semicolon', 'a;rm'],
        ['a dash in front', '-rf'],
        ['64 letters', 'x'.repeat(64)],
        ['300 letters', 'x'.repeat(300)],
        ['nothing', ''],
        ['the end .git', 'shop.git'],
        ['the end .lock', 'shop.lock'],
        ['a number', 7],
        ['a list', ['a']],
      ],
      name => ({
        by: 'ann',
        request: create,
        body: repository(home, {}, { name }),
        want: { status: [400, 422] },
      }),
    ).map(row => ({ ...row, why: `a name of ${row.why}` })),
    {
      why: 'a generated name that climbs',
      by: 'ann',
      request: create,
      body: repository(home, {}, { name: undefined, generateName: '../' }),
      want: { status: 422, field: 'metadata.generateName' },
    },
    {
      why: 'a generated name of a million letters',
      by: 'ann',
      request: create,
      body: repository(home, {}, { name: undefined, generateName: 'x'.repeat(1_000_000) }),
      want: { status: 422 },
    },
    ...table(
      [
        ['two dots, encoded', `${of('repositories')}/%2e%2e/secrets`],
        ['a slash, encoded', `${of('repositories')}/..%2f..%2fsecrets`],
        ['a null byte, encoded', `${of('repositories')}/a%00b`],
        ['a double encoding', `${of('repositories')}/%252e%252e`],
        ['a line break, encoded', `${of('repositories')}/a%0d%0aX-Krate: 1`.replace(' ', '%20')],
        ['a namespace that climbs', `${GROUP}/namespaces/..%2f${away.namespace}/repositories`],
        [
          'another organization by dots',
          `${GROUP}/namespaces/${home.namespace}/../${away.namespace}/repositories`,
        ],
        ['an empty part', `${GROUP}/namespaces//repositories`],
        ['2 KiB of name', `${of('repositories')}/${'x'.repeat(2048)}`],
      ],
      path => ({ by: 'ann', request: `GET ${path}`, want: { status: [400, 403, 404] } }),
    ).map(row => ({ ...row, why: `a path with ${row.why}` })),
    {
      why: 'a path that is not validly encoded',
      by: 'ann',
      request: `GET ${of('repositories')}/%zz`,
      want: { status: 400 },
    },
    {
      why: '20 KiB of path',
      by: 'ann',
      request: `GET ${of('repositories')}/${'x'.repeat(20_480)}`,
      want: { status: [404, 414, 431] },
    },

    ...table(
      [
        ['a label selector that breaks off', 'labelSelector=a%20in%20(b'],
        ['a label selector of garbage', 'labelSelector=%3D%3D%3D'],
        ['a label key with a quote', "labelSelector=a'%20or%201%3D1"],
        ['a label selector of a null byte', 'labelSelector=a%3D%00'],
        ['a label selector made to take long', `labelSelector=a${'%20'.repeat(5000)}b`],
        ['a field selector of an unknown field', 'fieldSelector=spec.secret%3Dx'],
        ['a field selector of a status', 'fieldSelector=status.anything%3Dx'],
        ['a field selector that is none', 'fieldSelector=metadata.name'],
        ['a field selector through __proto__', 'fieldSelector=__proto__.x%3D1'],
        ['a limit that is a word', 'limit=all'],
        ['a limit beyond all numbers', 'limit=99999999999999999999'],
        ['a continue token of garbage', 'continue=garbage'],
        [
          'a continue token of another shape',
          `continue=${Buffer.from('{"revision":1,"name":{}}').toString('base64url')}`,
        ],
        ['a continue token of null', `continue=${Buffer.from('null').toString('base64url')}`],
        ['a version that is a word', 'resourceVersion=new'],
        ['a version below zero', 'resourceVersion=-1'],
        ['a version that is an injection', "resourceVersion=1'%20or%201%3D1"],
        ['a match without a version', 'resourceVersionMatch=Exact'],
        ['a match that is none', 'resourceVersion=1&resourceVersionMatch=Roughly'],
        ['a watch from a version that is a word', 'watch=1&resourceVersion=garbage'],
        ['a watch that is neither true nor false', 'watch=perhaps'],
        ['a watch for a time that is a word', 'watch=1&timeoutSeconds=soon'],
        ['initial events without a match', 'watch=1&sendInitialEvents=true&timeoutSeconds=1'],
      ],
      query => ({ by: 'ann', request: `GET ${of('repositories')}?${query}`, want: { status: [400, 422] } }),
    ),
    {
      why: 'a watch from the future',
      by: 'ann',
      request: `GET ${of('repositories')}?watch=1&resourceVersion=999999999`,
      want: { status: 504, reason: 'Timeout' },
    },
    {
      why: 'a list from the future',
      by: 'ann',
      request: `GET ${of('repositories')}?resourceVersion=999999999`,
      want: { status: 504, reason: 'Timeout' },
    },

    {
      why: 'a status through the object',
      ...merge({ status: { phase: 'Degraded', sizeBytes: 1 }, spec: { description: '' } }),
      request: `PATCH ${item}?dryRun=All`,
      want: accepted(got => got.status?.sizeBytes === 1 && 'the status was taken'),
    },
    {
      why: 'a status with a creation',
      by: 'ann',
      request: `${create}?dryRun=All`,
      body: { ...repository(home), status: { phase: 'Ready', cloneUrl: 'http://evil.example/' } },
      want: accepted(got => got.status?.cloneUrl && 'the status was taken'),
    },
    ...table(
      [
        ['an admin', 'ann'],
        ['the platform’s administrator', 'admin'],
        ['a viewer', 'vic'],
      ],
      by => ({
        by,
        request: `PATCH ${item}/status`,
        type: 'application/merge-patch+json',
        body: { status: { phase: 'Degraded' } },
        want: { status: 403, reason: 'Forbidden' },
      }),
    ).map(row => ({ ...row, why: `a status written by ${row.why}` })),
    {
      why: 'a date of deletion of one’s own',
      by: 'ann',
      request: `${create}?dryRun=All`,
      body: repository(
        home,
        {},
        { deletionTimestamp: '2020-01-01T00:00:00Z', uid: facts.awayRepositoryUid, generation: 99 },
      ),
      want: accepted(
        got =>
          (got.metadata.deletionTimestamp && 'it was taken') ||
          (got.metadata.uid === facts.awayRepositoryUid && 'the uid was taken') ||
          (got.metadata.generation !== 1 && 'the generation was taken'),
      ),
    },
  ];
}
