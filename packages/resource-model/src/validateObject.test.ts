import { Gadget, Secret } from './__fixtures__/sampleKinds';
import { invalidObject, validateObject } from './validateObject';

const aGadget = (spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'krate.a5c.ai/v1alpha1',
  kind: 'Gadget',
  metadata: { name: 'sorter', ...metadata },
  spec: { repository: 'tools', ...spec },
});
const faults = (object: object, old?: object) =>
  validateObject(Gadget, object as Record<string, unknown>, {
    old: old as Record<string, unknown> | undefined,
  }).map(({ field, reason, message }) => `${field} ${reason.replace('FieldValue', '')}: ${message}`);

describe('validateObject', () => {
  it('finds nothing wrong with a valid object', () => {
    expect(
      faults(
        aGadget({
          port: 'http',
          ratio: 0.5,
          env: { A: 'b' },
          homepage: 'https://example.com',
          startAt: '2026-01-01T00:00:00+02:00',
        }),
      ),
    ).toEqual([]);
    expect(
      validateObject(Secret, {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'x' },
        type: 'Opaque',
        data: { a: 'aGk=' },
      }),
    ).toEqual([]);
  });

  it.each([
    {
      reason: 'a required field',
      spec: { repository: undefined },
      want: ['spec.repository Required: Required value'],
    },
    {
      reason: 'an enum',
      spec: { mode: 'slow' },
      want: ['spec.mode NotSupported: Unsupported value: "slow": supported values: "fast", "careful"'],
    },
    {
      reason: 'a type',
      spec: { size: 'big' },
      want: [
        'spec.size TypeInvalid: Invalid value: "string": spec.size in body must be of type integer: "string"',
      ],
    },
    {
      reason: 'an integer that JavaScript would round',
      spec: { retry: { times: 2 ** 53 } },
      want: [
        'spec.retry.times Invalid: Invalid value: 9007199254740992: spec.retry.times in body must be an integer between -(2^53-1) and 2^53-1',
      ],
    },
    {
      reason: 'a lower bound',
      spec: { size: 0 },
      want: ['spec.size Invalid: Invalid value: 0: spec.size in body should be greater than or equal to 1'],
    },
    {
      reason: 'an exclusive bound',
      spec: { ratio: 0 },
      want: ['spec.ratio Invalid: Invalid value: 0: spec.ratio in body should be greater than 0'],
    },
    {
      reason: 'a pattern',
      spec: { retry: { delay: '5m' } },
      want: [
        'spec.retry.delay Invalid: Invalid value: "5m": spec.retry.delay in body should match \'^\\d+s$\'',
      ],
    },
    {
      reason: 'a format',
      spec: { startAt: '2026-02-30T00:00:00Z' },
      want: [
        'spec.startAt Invalid: Invalid value: "2026-02-30T00:00:00Z": spec.startAt in body must be of type date-time: "2026-02-30T00:00:00Z"',
      ],
    },
    {
      reason: 'a length',
      spec: { steps: [{ name: 'a', image: 'x'.repeat(21) }] },
      want: ['spec.steps[0].image TooLong: Too long: may not be more than 20 bytes'],
    },
    {
      reason: 'a list too long',
      spec: { steps: ['a', 'b', 'c', 'd'].map(name => ({ name })) },
      want: ['spec.steps TooMany: Too many: 4: must have at most 3 items'],
    },
    {
      reason: 'two items with one key',
      spec: { steps: [{ name: 'a' }, { name: 'a' }] },
      want: ['spec.steps[1] Duplicate: Duplicate value: {"name":"a"}'],
    },
    {
      reason: 'a set with a value twice',
      spec: { tags: ['a', 'a'] },
      want: ['spec.tags[1] Duplicate: Duplicate value: "a"'],
    },
    {
      reason: 'a map value',
      spec: { env: { A: 1 } },
      want: [
        'spec.env.A TypeInvalid: Invalid value: "integer": spec.env.A in body must be of type string: "integer"',
      ],
    },
    {
      reason: 'integer or string',
      spec: { port: true },
      want: [
        'spec.port TypeInvalid: Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean"',
      ],
    },
    {
      reason: 'null where null is not allowed',
      spec: { mode: null },
      want: [
        'spec.mode TypeInvalid: Invalid value: "null": spec.mode in body must be of type string: "null"',
      ],
    },
    {
      reason: 'several faults at once',
      spec: { repository: undefined, size: 0, tags: 1 },
      want: [expect.any(String), expect.any(String), expect.any(String)],
    },
  ])('reports $reason', ({ spec, want }) => {
    expect(faults(aGadget(spec))).toEqual(want);
  });

  it.each([
    {
      reason: 'upper case in a name',
      metadata: { name: 'Sorter' },
      want: /^metadata.name Invalid: Invalid value: "Sorter": a lowercase RFC 1123 subdomain/,
    },
    {
      reason: 'no name',
      metadata: { name: undefined },
      want: /^metadata.name Required: Required value: name or generateName is required/,
    },
    {
      reason: 'a name the catalog cannot mirror',
      metadata: { name: 'x'.repeat(64) },
      want: /must be no more than 63 characters/,
    },
    {
      reason: 'a bad prefix',
      metadata: { name: undefined, generateName: 'Run-' },
      want: /^metadata.generateName Invalid: Invalid value: "Run-"/,
    },
    {
      reason: 'a bad prefix, whatever name was made from it',
      metadata: { name: '../x7k2p', generateName: '../' },
      want: /^metadata.generateName Invalid: Invalid value: "..\/"/,
    },
    {
      reason: 'an endless prefix',
      metadata: { generateName: 'x'.repeat(254) },
      want: /^metadata.generateName Invalid: .*must be no more than 253 characters/,
    },
    { reason: 'a label key', metadata: { labels: { 'a/b/c': 'x' } }, want: /at most one '\/'/ },
    {
      reason: 'a label value',
      metadata: { labels: { a: 'not ok' } },
      want: /^metadata.labels Invalid: Invalid value: "not ok": a valid label/,
    },
    {
      reason: 'a label of the wrong type',
      metadata: { labels: { a: 1 } },
      want: /^metadata.labels.a TypeInvalid/,
    },
    {
      reason: 'large annotations',
      metadata: { annotations: { a: 'x'.repeat(256 * 1024) } },
      want: /^metadata.annotations TooLong/,
    },
    {
      reason: 'a finalizer',
      metadata: { finalizers: ['not ok'] },
      want: /^metadata.finalizers\[0\] Invalid/,
    },
    {
      reason: 'two controllers',
      metadata: {
        ownerReferences: ['a', 'b'].map(uid => ({
          apiVersion: 'v1',
          kind: 'K',
          name: uid,
          uid,
          controller: true,
        })),
      },
      want: /only one owner/,
    },
  ])('reports metadata: $reason', ({ metadata, want }) => {
    expect(faults(aGadget({}, metadata))).toEqual([expect.stringMatching(want)]);
  });

  it('accepts a prefix that ends with a dash', () => {
    expect(faults(aGadget({}, { name: undefined, generateName: 'run-' }))).toEqual([]);
  });

  it.each([
    {
      reason: 'an immutable field changes',
      now: { repository: 'other' },
      want: ['spec.repository Invalid: Invalid value: "other": field is immutable'],
    },
    { reason: 'another field changes', now: { size: 5 }, want: [] },
  ])('on update: $reason', ({ now, want }) => {
    expect(faults(aGadget(now), aGadget())).toEqual(want);
  });

  it('reports a foreign kind and identity', () => {
    expect(faults({ ...aGadget(), kind: 'Widget' })).toEqual([
      'kind Invalid: Invalid value: "Widget": must be Gadget',
    ]);
    expect(faults(aGadget({}, { uid: 'b' }), aGadget({}, { uid: 'a' }))).toEqual([
      'metadata.uid Invalid: Invalid value: "b": field is immutable',
    ]);
  });

  it('bounds the answer to a body of many faults', () => {
    const { details } = invalidObject(
      Gadget,
      'sorter',
      validateObject(Gadget, aGadget({ tags: Array(150).fill(1) })),
    );
    expect(details.causes).toHaveLength(101);
    expect(details.causes?.[100].message).toMatch(/^and \d+ more$/);
  });

  it('words the refusal as Kubernetes does', () => {
    const causes = validateObject(Gadget, aGadget({ size: 0, mode: 'slow' }));
    const error = invalidObject(Gadget, 'sorter', causes);
    expect(error).toMatchObject({
      code: 422,
      reason: 'Invalid',
      details: { name: 'sorter', kind: 'Gadget', causes },
    });
    expect(error.message).toMatch(
      /^Gadget.krate.a5c.ai "sorter" is invalid: \[spec.size: Invalid value: 0: .*, spec.mode: Unsupported value/,
    );
  });
});
