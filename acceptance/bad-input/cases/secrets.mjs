/** Secret values are written and never read: not by whoever wrote them, in no form, on no way. */
import { accepted, invalid, paths, table } from './helpers.mjs';

const FORMS = [
  ['as JSON', 'application/json'],
  ['as YAML', 'application/yaml'],
  ['as a table', 'application/json;as=Table;v=v1;g=meta.k8s.io'],
  ['as metadata', 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io'],
];

/** That no value comes back is checked on every answer of the whole table. */
export function secrets({ home, facts }) {
  const { core } = paths(home);
  const item = core('secrets', home.secret);
  const readers = ['admin', 'ann', 'max'];
  const reads = readers.flatMap(by =>
    FORMS.flatMap(([form, accept]) => [
      { why: `a Secret read by ${by} ${form}`, by, request: `GET ${item}`, headers: { accept }, want: 200 },
      {
        why: `Secrets listed by ${by} ${form}`,
        by,
        request: `GET ${core('secrets')}?includeObject=Object`,
        headers: { accept: accept.replace('PartialObjectMetadata', 'PartialObjectMetadataList') },
        want: 200,
      },
      {
        why: `Secrets watched by ${by} ${form}`,
        by,
        request: `GET ${core('secrets')}?watch=1&timeoutSeconds=1`,
        headers: { accept },
        forMs: 400,
        want: accept.includes('yaml') ? [200, 406] : 200,
      },
    ]),
  );
  const write = (why, body, field) => ({
    why,
    by: 'ann',
    request: `POST ${core('secrets')}`,
    body: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'made-by-test' }, ...body },
    want: invalid(field),
  });
  return [
    ...reads,
    ...table(
      [
        ['a developer', 'dev'],
        ['a viewer', 'vic'],
        ['a neighbour', 'noa'],
        ['a stranger', 'eve'],
      ],
      by => ({ by, request: `GET ${item}`, want: 403 }),
    ).map(row => ({ ...row, why: `a Secret read by ${row.why}` })),
    ...table(
      [
        ['a developer', 'dev'],
        ['a neighbour', 'noa'],
      ],
      by => ({ by, request: `GET ${core('secrets')}?watch=1&timeoutSeconds=1`, want: 403 }),
    ).map(row => ({ ...row, why: `Secrets watched by ${row.why}` })),
    {
      why: 'a Secret in the answer to a change',
      by: 'ann',
      request: `PATCH ${item}?dryRun=All`,
      type: 'application/merge-patch+json',
      body: { metadata: { labels: { a: 'b' } } },
      want: accepted(),
    },
    {
      why: 'a Secret in the answer to an apply',
      by: 'ann',
      request: `PATCH ${item}?dryRun=All&fieldManager=x&force=true`,
      type: 'application/apply-patch+yaml',
      body: { apiVersion: 'v1', kind: 'Secret', metadata: { name: home.secret, labels: { a: 'b' } } },
      want: accepted(),
    },
    {
      why: 'a Secret in the answer to a deletion',
      by: 'ann',
      request: `DELETE ${item}?dryRun=All`,
      want: 200,
    },
    {
      why: 'a Secret copied to an annotation by a JSON patch',
      by: 'ann',
      request: `PATCH ${item}?dryRun=All`,
      type: 'application/json-patch+json',
      body: [{ op: 'copy', from: '/data/apiKey', path: '/metadata/labels/stolen' }],
      want: { status: [200, 422] },
    },
    {
      why: 'a Secret guessed by a JSON patch’s test',
      by: 'ann',
      request: `PATCH ${item}?dryRun=All`,
      type: 'application/json-patch+json',
      body: [{ op: 'test', path: '/data/apiKey', value: Buffer.from(home.value).toString('base64') }],
      want: 422,
    },
    {
      why: 'a Secret guessed by a selector',
      by: 'ann',
      request: `GET ${core('secrets')}?fieldSelector=data.apiKey%3D${home.value}`,
      want: 400,
    },
    { why: 'Secrets as a status', by: 'ann', request: `GET ${item}/status`, want: [200, 404] },
    { why: 'Secrets in the audit trail', by: 'ann', request: `GET /audit?org=${home.org}`, want: 200 },
    { why: 'Secrets in the whole audit trail', by: 'admin', request: 'GET /audit?limit=500', want: 200 },
    { why: 'Secrets in events', by: 'ann', request: `GET ${core('events')}`, want: 200 },
    {
      why: 'Secrets on the live connection',
      by: 'max',
      live: { group: '', resource: 'secrets', namespace: home.namespace },
      want: accepted((_, { text }) => !text.includes(home.secret) && 'the Secret itself did not come'),
    },
    {
      why: 'Secrets of another organization on the live connection',
      by: 'noa',
      live: { group: '', resource: 'secrets', namespace: home.namespace },
      want: accepted((_, { text }) => !/forbidden|403/i.test(text) && 'it was not refused'),
    },
    {
      why: 'another organization’s repositories on the live connection',
      by: 'noa',
      live: { group: 'krate.a5c.ai', resource: 'repositories', namespace: home.namespace },
      want: accepted((_, { text }) => !/forbidden|403/i.test(text) && 'it was not refused'),
    },
    {
      why: 'all organizations’ repositories on the live connection',
      by: 'noa',
      live: { group: 'krate.a5c.ai', resource: 'repositories' },
      want: accepted((_, { text }) => !/forbidden|403/i.test(text) && 'it was not refused'),
    },
    {
      why: 'another organization’s transcript on the live connection',
      by: 'noa',
      live: {
        stream: {
          resource: 'agentdispatchruns',
          namespace: home.namespace,
          name: facts.run,
          stream: 'transcript',
        },
      },
      want: accepted((_, { text }) => !/forbidden|not found|403|404/i.test(text) && 'it was not refused'),
    },
    write('a value that is not base64', { data: { apiKey: `${home.value}!` } }, 'data.apiKey'),
    write('a value that is a number', { stringData: { apiKey: 7 } }, 'stringData.apiKey'),
    write('a key that climbs', { stringData: { '../x': 'y' } }, 'stringData'),
    write('values in a list', { data: [home.value] }, 'data'),
  ].map(row => ({ mayTell: row.why.includes('live connection') ? [] : [], ...row }));
}
