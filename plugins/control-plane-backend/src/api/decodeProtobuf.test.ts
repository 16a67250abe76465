import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { decodeProtobuf } from './decodeProtobuf';

/** A message of fields in order; nested messages and strings alike are length-delimited. */
function message(fields: readonly [number, string | Uint8Array | number][]): Uint8Array {
  const writer = new BinaryWriter();
  for (const [number, value] of fields) {
    if (typeof value === 'number') writer.tag(number, 0).int64(value);
    else if (typeof value === 'string') writer.tag(number, 2).string(value);
    else writer.tag(number, 2).bytes(value);
  }
  return writer.finish();
}

function envelope(apiVersion: string, kind: string, raw: Uint8Array): Buffer {
  const typeMeta = message([
    [1, apiVersion],
    [2, kind],
  ]);
  return Buffer.concat([
    Buffer.from('k8s\0'),
    message([
      [1, typeMeta],
      [2, raw],
      [3, ''],
      [4, ''],
    ]),
  ]);
}

const named = message([
  [1, 'it'],
  [3, 'team-a'],
  [
    11,
    message([
      [1, 'a'],
      [2, 'b'],
    ]),
  ],
  [14, 'x/y'],
  [7, 3],
]);

it.each([
  {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    raw: message([
      [1, message([[1, '']])],
      [
        2,
        message([
          [
            1,
            message([
              [1, 'team-a'],
              [2, 'get'],
              [3, 'g'],
              [5, 'widgets'],
              [7, 'one'],
            ]),
          ],
        ]),
      ],
    ]),
    want: {
      metadata: {},
      spec: {
        resourceAttributes: {
          namespace: 'team-a',
          verb: 'get',
          group: 'g',
          resource: 'widgets',
          name: 'one',
        },
      },
    },
  },
  {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectRulesReview',
    raw: message([[2, message([[1, 'team-a']])]]),
    want: { spec: { namespace: 'team-a' } },
  },
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    raw: message([
      [1, named],
      [2, new Uint8Array()],
    ]),
    want: {
      metadata: { name: 'it', namespace: 'team-a', labels: { a: 'b' }, finalizers: ['x/y'] },
      spec: {},
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    raw: message([
      [1, message([[1, 'it']])],
      [
        2,
        message([
          [1, 'token'],
          [2, Buffer.from([0, 255])],
        ]),
      ],
      [3, 'Opaque'],
      [5, 1],
    ]),
    want: { metadata: { name: 'it' }, data: { token: 'AP8=' }, type: 'Opaque', immutable: true },
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    raw: message([
      [1, message([[1, 'it']])],
      [
        2,
        message([
          [1, 'a'],
          [2, 'b'],
        ]),
      ],
      [
        3,
        message([
          [1, 'c'],
          [2, Buffer.from([0, 255])],
        ]),
      ],
    ]),
    want: { metadata: { name: 'it' }, data: { a: 'b' }, binaryData: { c: 'AP8=' } },
  },
  {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    raw: message([
      [1, 0],
      [2, message([[1, 'u']])],
      [4, 'Foreground'],
      [5, 'All'],
    ]),
    want: {
      gracePeriodSeconds: 0,
      preconditions: { uid: 'u' },
      propagationPolicy: 'Foreground',
      dryRun: ['All'],
    },
  },
])('reads a $kind', ({ apiVersion, kind, raw, want }) => {
  expect(decodeProtobuf(envelope(apiVersion, kind, raw))).toEqual({ apiVersion, kind, ...want });
});

it.each([
  { reason: 'what has no envelope', body: Buffer.from('{}'), want: 'BadRequest' },
  {
    reason: 'an envelope that breaks off',
    body: envelope('v1', 'Namespace', named).subarray(0, 12),
    want: 'BadRequest',
  },
  {
    reason: 'a message that breaks off',
    body: envelope('v1', 'Namespace', message([[1, named]]).subarray(0, 9)),
    want: 'BadRequest',
  },
  {
    reason: 'a kind without protobuf form',
    body: envelope('v1', 'Pod', named),
    want: 'UnsupportedMediaType',
  },
  {
    reason: 'a kind from the prototype',
    body: envelope('v1', 'constructor', named),
    want: 'UnsupportedMediaType',
  },
  { reason: 'nothing', body: Buffer.alloc(0), want: 'BadRequest' },
])('refuses $reason', ({ body, want }) => {
  expect(() => decodeProtobuf(body)).toThrow(expect.objectContaining({ reason: want }));
});
