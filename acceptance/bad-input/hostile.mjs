/** Values that a parser, a database, a shell or a path may stumble over. */
import fc from 'fast-check';

const KIB = 1024;
/** The largest body that is read at all. */
const LIMIT = 1536 * KIB;

const NAMES = [
  ...['..', '../..', '%2e%2e%2f%2e%2e', '%252e%252e%252f', '.git', '-rf', '--upload-pack=x', 'refs%2f..%2fx'],
  ...['CON', 'x'.repeat(254), '%00', '%0d%0aSet-Cookie:%20a=b', '%ff%fe', '%F0%9F%92%A9', 'İ', '%zz', '%'],
  ...['__proto__', 'constructor', 'toString', "a'%20OR%20'1'='1", '%25s', '$%7Bx%7D', 'a;b', 'a%00b', '~'],
];
const TEXTS = [
  ...[
    '',
    '\u0000',
    '\ud800',
    '\udfff\ud800',
    '\u202e',
    '9'.repeat(400),
    '-1',
    '1e400',
    'NaN',
    'null',
    '[]',
    '{}',
  ],
  ...['__proto__', 'a=b,c!=d', 'a in (', '!', '=', ',,', 'metadata.name=', 'x'.repeat(8 * KIB)],
];

const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'binary', maxLength: 20 }));
const value = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 2, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom(null, true, -0, 1.5e308, -1, 2 ** 53, [], {}) },
);

/** The name of something that is there, or of nothing, or no name at all; percent signs are sent as they stand. */
function name({ home, away }) {
  const known = [
    home.namespace,
    home.repository,
    home.secret,
    away.namespace,
    away.repository,
    home.org,
    away.org,
  ];
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...known) },
    { weight: 2, arbitrary: fc.constantFrom(...NAMES).map(pathSafe) },
    {
      weight: 1,
      arbitrary: fc
        .string({ unit: 'binary', maxLength: 12 })
        .map(word => encodeURIComponent(word.toWellFormed())),
    },
  );
}

/** What Node's client refuses to put on a line at all is not the server's to refuse. */
function pathSafe(word) {
  return word.replace(/[^\x21-\x7e]/g, letter => encodeURIComponent(letter));
}

/** A body: half a good object with something wrong in it, or text that is none. */
function body({ home }) {
  const skeleton = (more, metadata = {}) => ({
    ...{ apiVersion: 'krate.a5c.ai/v1alpha1', kind: 'Repository' },
    metadata: { name: 'drawn', namespace: home.namespace, ...metadata },
    spec: {},
    ...more,
  });
  const json = object => JSON.stringify(object);
  const wrong = fc
    .record({
      spec: value,
      status: value,
      unknown: value,
      metadata: fc.dictionary(fc.constantFrom(...METADATA), value),
    })
    .map(({ metadata, ...more }) => json(skeleton(more, metadata)));
  return fc.oneof(
    { weight: 6, arbitrary: wrong },
    { weight: 2, arbitrary: value.map(drawn => json(drawn) ?? '') },
    { weight: 2, arbitrary: text.map(drawn => drawn.toWellFormed()) },
    { weight: 2, arbitrary: fc.constantFrom(...crafted(skeleton).map(make => make())) },
  );
}

const METADATA = [
  'name',
  'generateName',
  'namespace',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'uid',
  'resourceVersion',
  'managedFields',
];

function crafted(skeleton) {
  const good = JSON.stringify(skeleton());
  const labels = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`label-${index}`, 'x']));
  return [
    () => good.replace('"spec":{}', '"spec":{"visibility":"private","visibility":"public"}'),
    () =>
      good.replace('"spec":{}', '"spec":{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}'),
    () => good.replace('"spec":{}', '"spec":{"limit":1e400}'),
    () => good.replace('"spec":{}', '"spec":{"description":"\\ud800"}'),
    () => good.replace('"spec":{}', '"spec":{"description":"a\\u0000b"}'),
    () => good.replace('"spec":{}', `"spec":${'['.repeat(10_000)}${']'.repeat(10_000)}`),
    () => `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
    () => JSON.stringify(skeleton({}, { labels })),
    () => sized(good, LIMIT - 1),
    () => sized(good, LIMIT),
    () => sized(good, LIMIT + 1),
  ];
}

/** A good object of exactly so many bytes. */
function sized(good, bytes) {
  const padded = length => good.replace('"spec":{}', `"spec":{"description":"${'x'.repeat(length)}"}`);
  return padded(bytes - padded(0).length);
}

export const hostile = { name, text: text.map(drawn => drawn.toWellFormed()), body };
