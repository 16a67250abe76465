/** What a body may not be: unreadable, of another kind, too large, too deep, or with values its schema does not have. */
import { GROUP } from '../objects.mjs';
import { accepted, bad, invalid, missing, paths, repository, table } from './helpers.mjs';

const MIB = 1024 * 1024;
const json = JSON.stringify;

export function bodies({ home }) {
  const { of, core } = paths(home);
  const create = `POST ${of('repositories')}`;
  const dry = `${create}?dryRun=All`;
  const item = of('repositories', home.repository);
  const good = repository(home);
  const withSpec = spec => ({ by: 'ann', request: create, body: repository(home, spec) });
  const withMeta = metadata => ({ by: 'ann', request: create, body: repository(home, {}, metadata) });

  return [
    ...table(
      [
        ['JSON that breaks off', '{"apiVersion":', 'application/json'],
        ['JSON that is no object', '[]', 'application/json'],
        ['JSON null', 'null', 'application/json'],
        ['a JSON text', '"Repository"', 'application/json'],
        ['an empty body', '', 'application/json'],
        ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80]), 'application/json'],
        ['YAML that breaks off', 'spec: [1, 2', 'application/yaml'],
        ['YAML with an unknown alias', 'spec: *nobody', 'application/yaml'],
        ['YAML that is a list', '- a\n- b', 'application/yaml'],
        ['two YAML documents', `${json(good)}\n---\n${json(good)}`, 'application/yaml'],
        ['YAML with a key twice', 'kind: A\nkind: B', 'application/yaml'],
        ['a YAML bomb of aliases', bomb(), 'application/yaml'],
        ['protobuf that is none', 'k8s\0nothing', 'application/vnd.kubernetes.protobuf'],
        ['protobuf of a foreign envelope', 'hello', 'application/vnd.kubernetes.protobuf'],
        ['a hundred thousand nested lists in JSON', '['.repeat(100_000), 'application/json'],
        [
          'a closed nest of lists in JSON',
          `{"spec":${'['.repeat(5000)}${']'.repeat(5000)}}`,
          'application/json',
        ],
        ['objects nested too deeply', nested(500), 'application/json'],
        [
          'lists nested too deeply in YAML',
          `spec: ${'['.repeat(20_000)}${']'.repeat(20_000)}`,
          'application/yaml',
        ],
        [
          'a field named __proto__',
          json(good).replace('"spec":{', '"spec":{"__proto__":{"admin":true},'),
          'application/json',
        ],
        [
          '__proto__ in YAML',
          `${json(good).replace('"spec":{', '"spec":{"__proto__":{"admin":true},')}`,
          'application/yaml',
        ],
        ['no kind', json({ ...good, kind: undefined }), 'application/json'],
        ['no apiVersion', json({ ...good, apiVersion: undefined }), 'application/json'],
        ['another kind', json({ ...good, kind: 'Organization' }), 'application/json'],
        ['another group', json({ ...good, apiVersion: 'apps/v1' }), 'application/json'],
        ['another version', json({ ...good, apiVersion: 'krate.a5c.ai/v9' }), 'application/json'],
        ['metadata that is a list', json({ ...good, metadata: [] }), 'application/json'],
        [
          'a body for another namespace',
          json(repository(home, {}, { namespace: 'krate-org-elsewhere' })),
          'application/json',
        ],
        [
          'a new object with a version',
          json(repository(home, {}, { resourceVersion: '1' })),
          'application/json',
        ],
      ],
      (body, type) => ({
        by: 'ann',
        request: create,
        body,
        type,
        want: { status: 400, reason: 'BadRequest' },
      }),
    ),
    ...table(
      [
        ['form data', 'application/x-www-form-urlencoded'],
        ['plain text', 'text/plain'],
        ['XML', 'application/xml'],
        ['a media type that is none', ';;;'],
      ],
      type => ({
        by: 'ann',
        request: create,
        body: json(good),
        type,
        want: { status: 415, reason: 'UnsupportedMediaType' },
      }),
    ),
    ...table(
      [
        ['a strategic merge patch', 'application/strategic-merge-patch+json'],
        ['a patch of an unknown type', 'application/json'],
      ],
      type => ({
        by: 'ann',
        request: `PATCH ${item}`,
        body: '{}',
        type,
        want: { status: 415, reason: 'UnsupportedMediaType' },
      }),
    ),
    {
      why: 'an answer in a form the server has not',
      by: 'ann',
      request: `GET ${item}`,
      headers: { accept: 'text/html' },
      want: { status: 406, reason: 'NotAcceptable' },
    },
    ...table(
      [
        ['a body of 1.5 MiB and a byte', { body: 'x'.repeat(1.5 * MIB + 1) }],
        ['a body of 3 MiB in chunks, without its length', { body: 'x'.repeat(3 * MIB), chunked: true }],
        ['a length that promises too much', { body: '{}', headers: { 'content-length': String(9 * MIB) } }],
      ],
      sent => ({
        by: 'ann',
        request: create,
        ...sent,
        want: { status: 413, reason: 'RequestEntityTooLarge' },
      }),
    ),
    {
      why: 'a patch that is too large',
      by: 'ann',
      request: `PATCH ${item}`,
      type: 'application/merge-patch+json',
      body: json({ spec: { description: 'x'.repeat(2 * MIB) } }),
      want: { status: 413 },
    },
    {
      why: 'options of a deletion that are too large',
      by: 'ann',
      request: `DELETE ${item}`,
      body: json({ x: 'x'.repeat(2 * MIB) }),
      want: { status: 413 },
    },
    {
      why: 'a JSON patch that doubles what it copies',
      by: 'ann',
      request: `PATCH ${item}?dryRun=All`,
      type: 'application/json-patch+json',
      body: json(doubling(40)),
      want: { status: 413 },
    },
    {
      why: 'a JSON patch of a value nested too deeply',
      by: 'ann',
      request: `PATCH ${item}`,
      type: 'application/json-patch+json',
      body: `[{"op":"add","path":"/spec/description","value":${'['.repeat(100_000)}${']'.repeat(100_000)}}]`,
      want: bad(/nested/),
    },
    {
      why: 'a JSON patch with __proto__ in a value',
      by: 'ann',
      request: `PATCH ${item}`,
      type: 'application/json-patch+json',
      body: '[{"op":"add","path":"/metadata/annotations","value":{"__proto__":{"a":"b"}}}]',
      want: bad(/__proto__/),
    },
    {
      why: 'a JSON patch of too many operations',
      by: 'ann',
      request: `PATCH ${item}`,
      type: 'application/json-patch+json',
      body: json(Array(10_001).fill({ op: 'test', path: '/kind', value: 'Repository' })),
      want: { status: 413 },
    },
    ...table(
      [
        ['a JSON patch that is no list', '{"op":"remove"}', 400],
        ['a JSON patch of no operation', '[{"op":"explode","path":"/spec"}]', 422],
        ['a JSON patch on a path that is not there', '[{"op":"replace","path":"/spec/a/b","value":1}]', 422],
        ['a JSON patch whose test fails', '[{"op":"test","path":"/spec/visibility","value":"public"}]', 422],
        ['a JSON patch through __proto__', '[{"op":"add","path":"/__proto__/admin","value":true}]', 400],
        [
          'a JSON patch through the constructor',
          '[{"op":"add","path":"/spec/constructor/prototype/admin","value":true}]',
          [400, 422],
        ],
        ['a JSON patch that replaces the whole', '[{"op":"replace","path":"","value":null}]', [400, 422]],
        [
          'a JSON patch that takes the name away',
          '[{"op":"replace","path":"/metadata/name","value":"another"}]',
          [400, 422],
        ],
      ],
      (body, status) => ({
        by: 'ann',
        request: `PATCH ${item}`,
        type: 'application/json-patch+json',
        body,
        want: { status },
      }),
    ),

    {
      why: 'an unknown field, strictly',
      by: 'ann',
      request: `${create}?fieldValidation=Strict`,
      body: repository(home, { colour: 'red' }),
      want: bad(/unknown field "spec.colour"/),
    },
    {
      why: 'an unknown field in metadata, strictly',
      by: 'ann',
      request: `${create}?fieldValidation=Strict`,
      body: repository(home, {}, { colour: 'red' }),
      want: bad(/unknown field "metadata.colour"/),
    },
    {
      why: 'an unknown field, with a warning',
      by: 'ann',
      request: `${dry}&fieldValidation=Warn`,
      body: repository(home, { colour: 'red' }),
      want: accepted(
        (got, { headers }) =>
          (!headers.warning?.includes('spec.colour') && 'no warning') || (got.spec.colour && 'it was kept'),
      ),
    },
    {
      why: 'an unknown field, ignored',
      by: 'ann',
      request: `${dry}&fieldValidation=Ignore`,
      body: repository(home, { colour: 'red' }),
      want: accepted(
        (got, { headers }) => (headers.warning && 'a warning') || (got.spec.colour && 'it was kept'),
      ),
    },
    {
      why: 'a way to validate that is none',
      by: 'ann',
      request: `${create}?fieldValidation=Lax`,
      body: good,
      want: invalid('fieldValidation'),
    },
    {
      why: 'a dry run that is none',
      by: 'ann',
      request: `${create}?dryRun=Some`,
      body: good,
      want: invalid('dryRun'),
    },
    {
      why: 'a manager of unprintable letters',
      by: 'ann',
      request: `${create}?fieldManager=%00%07`,
      body: good,
      want: invalid('fieldManager'),
    },
    {
      why: 'a manager that is too long',
      by: 'ann',
      request: `${create}?fieldManager=${'m'.repeat(129)}`,
      body: good,
      want: invalid('fieldManager'),
    },
    {
      why: 'an apply without a manager',
      by: 'ann',
      request: `PATCH ${of('repositories', 'made-by-test')}`,
      type: 'application/apply-patch+yaml',
      body: json(good),
      want: { status: [400, 422], message: /fieldManager/ },
    },

    {
      why: 'a required field left out',
      by: 'ann',
      request: `POST ${of('pullrequests')}`,
      body: { ...good, kind: 'PullRequest', spec: { repository: home.repository } },
      want: invalid('spec.title', 'FieldValueRequired'),
    },
    {
      why: 'null for a required text',
      by: 'ann',
      request: `POST ${of('pullrequests')}`,
      body: {
        ...good,
        kind: 'PullRequest',
        spec: { repository: home.repository, title: null, sourceRef: 'a', targetRef: 'main' },
      },
      want: invalid('spec.title'),
    },
    {
      why: 'no spec at all',
      by: 'ann',
      request: `POST ${of('pullrequests')}`,
      body: { ...good, kind: 'PullRequest', spec: undefined },
      want: { status: 422, reason: 'Invalid' },
    },
    {
      why: 'a spec that is a text',
      by: 'ann',
      request: create,
      body: { ...good, spec: 'private' },
      want: invalid('spec', 'FieldValueTypeInvalid'),
    },
    {
      why: 'a spec that is null',
      by: 'ann',
      request: `POST ${of('pullrequests')}`,
      body: { ...good, kind: 'PullRequest', spec: null },
      want: { status: 422 },
    },
    ...table(
      [
        ['a number for a text', { description: 7 }, 'spec.description', 'FieldValueTypeInvalid'],
        ['a text for a truth value', { archived: 'yes' }, 'spec.archived', 'FieldValueTypeInvalid'],
        [
          'a value outside of the choice',
          { visibility: 'secret' },
          'spec.visibility',
          'FieldValueNotSupported',
        ],
        [
          'a text that is too long',
          { description: 'x'.repeat(1001) },
          'spec.description',
          'FieldValueTooLong',
        ],
        [
          'a list that is too long',
          { topics: Array.from({ length: 21 }, (_, i) => `t${i}`) },
          'spec.topics',
          'FieldValueTooMany',
        ],
        ['an empty branch name', { defaultBranch: '' }, 'spec.defaultBranch'],
        ['a branch that climbs', { defaultBranch: '../../etc' }, 'spec.defaultBranch', 'BRANCH_NAME_INVALID'],
        [
          'a branch that is an option',
          { defaultBranch: '--upload-pack=x' },
          'spec.defaultBranch',
          'BRANCH_NAME_INVALID',
        ],
        [
          'a branch with a null byte',
          { defaultBranch: 'ma\0in' },
          'spec.defaultBranch',
          'BRANCH_NAME_INVALID',
        ],
        [
          'a file that climbs out of the tree',
          { initialize: { files: [{ path: '../x', content: '' }] } },
          'spec.initialize.files[0].path',
          'FILE_PATH_INVALID',
        ],
        [
          'a file in .git',
          { initialize: { files: [{ path: '.git/config', content: '' }] } },
          'spec.initialize.files[0].path',
          'FILE_PATH_INVALID',
        ],
        [
          'a file in .GIT',
          { initialize: { files: [{ path: 'a/.GIT/config', content: '' }] } },
          'spec.initialize.files[0].path',
          'FILE_PATH_INVALID',
        ],
        [
          'a file at an absolute path',
          { initialize: { files: [{ path: '/etc/passwd', content: '' }] } },
          'spec.initialize.files[0].path',
          'FILE_PATH_INVALID',
        ],
        [
          'a file with a null byte',
          { initialize: { files: [{ path: 'a\0b', content: '' }] } },
          'spec.initialize.files[0].path',
          'FILE_PATH_INVALID',
        ],
        [
          'a file twice',
          {
            initialize: {
              files: [
                { path: 'a', content: '' },
                { path: 'a', content: '' },
              ],
            },
          },
          'spec.initialize.files[1].path',
          'FILE_PATH_DUPLICATE',
        ],
        [
          'a file inside of a file',
          {
            initialize: {
              files: [
                { path: 'a', content: '' },
                { path: 'a/b', content: '' },
              ],
            },
          },
          'spec.initialize.files',
          'FILE_PATH_CONFLICT',
        ],
      ],
      (spec, field, code) => ({ ...withSpec(spec), want: invalid(field, code) }),
    ),
    ...table(
      [
        ['a number below its bound', { maxReplicas: 0 }, 'spec.maxReplicas'],
        ['a number above its bound', { maxReplicas: 1001 }, 'spec.maxReplicas'],
        ['a fraction for a whole number', { maxReplicas: 1.5 }, 'spec.maxReplicas'],
        ['a number beyond what JSON keeps exactly', { maxReplicas: 2 ** 60 }, 'spec.maxReplicas'],
        ['a number too large for JSON', { maxReplicas: '1e999' }, 'spec.maxReplicas'],
        ['a negative time', { maxReplicas: 1, jobTimeoutSeconds: -1 }, 'spec.jobTimeoutSeconds'],
      ],
      (spec, field) => ({
        by: 'ann',
        request: `POST ${of('runnerpools')}`,
        body: { ...good, kind: 'RunnerPool', spec: { warmReplicas: 0, ...spec } },
        want: invalid(field),
      }),
    ),
    {
      why: 'a commit that is none',
      by: 'ann',
      request: `POST ${of('reviews')}`,
      body: {
        ...good,
        kind: 'Review',
        spec: { pullRequest: home.pullRequest, decision: 'approved', headSha: 'HEAD; rm -rf /' },
      },
      want: invalid('spec.headSha'),
    },

    ...table(
      [
        ['labels that are a list', { labels: ['a'] }, 'metadata.labels'],
        ['a label that is a number', { labels: { a: 1 } }, 'metadata.labels.a'],
        ['a label key of two slashes', { labels: { 'a/b/c': 'x' } }, 'metadata.labels'],
        ['a label that is too long', { labels: { a: 'x'.repeat(64) } }, 'metadata.labels'],
        ['a label with a line break', { labels: { a: 'x\ny' } }, 'metadata.labels'],
        ['annotations over 256 KiB', { annotations: { a: 'x'.repeat(257 * 1024) } }, 'metadata.annotations'],
        ['a finalizer without a name', { finalizers: ['a/'] }, 'metadata.finalizers[0]'],
        [
          'an owner without a uid',
          { ownerReferences: [{ apiVersion: 'v1', kind: 'Secret', name: 'x' }] },
          'metadata.ownerReferences[0].uid',
        ],
      ],
      (metadata, field) => ({ ...withMeta(metadata), want: invalid(field) }),
    ),

    ...table(
      [
        ['an unknown group', '/apis/example.com/v1/namespaces/x/things'],
        ['an unknown version', '/apis/krate.a5c.ai/v9/namespaces/x/repositories'],
        ['an unknown kind', `${GROUP}/namespaces/x/unicorns`],
        ['a kind by its singular', `${GROUP}/namespaces/x/repository`],
        ['an unknown core kind', core('pods')],
        ['an unknown subresource', `${item}/scale`],
        ['a status below a status', `${item}/status/status`],
        ['a path of nothing', '/nothing/at/all'],
        ['a kind named like a method of objects', `${GROUP}/namespaces/x/constructor`],
        ['a kind named __proto__', `${GROUP}/namespaces/x/__proto__`],
      ],
      path => ({ by: 'ann', request: `GET ${path}`, want: missing }),
    ),
    ...table(
      [
        ['a PUT on a collection', `PUT ${of('repositories')}`],
        ['a POST on an object', `POST ${item}`],
        ['a PATCH on a collection', `PATCH ${of('repositories')}`],
        ['a method nobody knows', `PURGE ${item}`],
        ['a deletion of a status', `DELETE ${item}/status`],
        ['a creation without a namespace', `POST ${GROUP}/repositories`],
      ],
      request => ({ by: 'ann', request, body: json(good), want: { status: [404, 405] } }),
    ),
  ];
}

function nested(levels) {
  return `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
}

function bomb() {
  const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
  for (let i = 1; i < 12; i += 1)
    lines.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(',')}]`,
    );
  return lines.join('\n');
}

function doubling(times) {
  const grow = Array.from({ length: times }, (_, i) => ({
    op: 'copy',
    from: '/metadata/annotations',
    path: `/metadata/annotations/a${i}`,
  }));
  return [{ op: 'add', path: '/metadata/annotations', value: { a: 'x'.repeat(100) } }, ...grow];
}
