import { Organization } from '@krate/plugin-control-plane-common';
import { defineKind } from '@krate/resource-model';
import { z } from 'zod';
import { refusalOf } from './__testUtils__/refusalOf';
import { alice, startService, TestService } from './__testUtils__/startService';

const rule = (text: string, message: string, more: object = {}) => ({ rule: text, message, ...more });

/** A kind with rules on its spec, its status and their transitions. */
const Tank = defineKind({
  ...{ kind: 'Tank', plural: 'tanks', area: 'test', storage: 'config', summary: 'Holds something.' },
  ...{ writableBy: 'developer', examples: [] },
  spec: z
    .object({
      capacity: z.int().min(1),
      reserve: z.int().default(0),
      liquid: z.string().max(20).optional(),
    })
    .meta({
      'x-kubernetes-validations': [
        rule('self.reserve <= self.capacity', 'more is reserved than there is', { fieldPath: '.reserve' }),
        rule(
          '!has(oldSelf.liquid) || has(self.liquid) && self.liquid == oldSelf.liquid',
          'liquid is immutable',
          {
            reason: 'FieldValueForbidden',
          },
        ),
      ],
    }),
  status: z.object({
    level: z
      .int()
      .optional()
      .meta({ 'x-kubernetes-validations': [rule('self >= 0', 'a level is not below zero')] }),
  }),
});

describe('rules of a kind', () => {
  let test: TestService;
  const tanks = { principal: alice, kind: Tank, namespace: 'team-a' };
  const tank = { ...tanks, name: 'one' };
  const manifest = (spec: object) => ({
    apiVersion: Tank.apiVersion,
    kind: 'Tank',
    metadata: { name: 'one' },
    spec,
  });
  const create = (spec: object) => test.service.create({ ...tanks, object: manifest(spec) });

  beforeEach(async () => {
    test = await startService([Tank]);
  });
  afterEach(() => test.stop());

  it('judge what is created, with its defaults, and leave the schema the first word', async () => {
    await create({ capacity: 1 });
    const refused = await refusalOf(create({ capacity: 1, reserve: 2 }));
    expect(refused).toMatchObject({
      reason: 'Invalid',
      message:
        'Tank.krate.a5c.ai "one" is invalid: spec.reserve: Invalid value: "object": more is reserved than there is',
      details: { causes: [{ reason: 'FieldValueInvalid', field: 'spec.reserve' }] },
    });
    const misshapen = await refusalOf(create({ capacity: 0, reserve: 2 }));
    expect(misshapen).toMatchObject({ details: { causes: [{ field: 'spec.capacity' }] } });
  });

  it.each([
    {
      reason: 'an update',
      write: () => test.service.update({ ...tank, object: manifest({ capacity: 1, reserve: 2 }) }),
    },
    {
      reason: 'a patch',
      write: () => test.service.patch({ ...tank, type: 'merge', patch: { spec: { reserve: 9 } } }),
    },
    {
      reason: 'an apply',
      write: () =>
        test.service.apply({
          ...tank,
          object: manifest({ capacity: 1, reserve: 2 }),
          fieldManager: 'a',
          force: true,
        }),
    },
    {
      reason: 'a dry run',
      write: () =>
        test.service.patch({ ...tank, type: 'merge', patch: { spec: { reserve: 9 } }, dryRun: true }),
    },
    {
      reason: 'a status',
      write: () =>
        test.service.patch({
          ...tank,
          subresource: 'status',
          type: 'merge',
          patch: { status: { level: -1 } },
        }),
    },
  ])('judge $reason', async ({ write }) => {
    await create({ capacity: 1 });
    expect(await refusalOf(write())).toMatchObject({ reason: 'Invalid', code: 422 });
  });

  it('compare an update with what was', async () => {
    await create({ capacity: 5 });
    const pour = (liquid: string | null) =>
      test.service.patch({ ...tank, type: 'merge', patch: { spec: { liquid } } });
    await pour('water');
    await pour('water');
    for (const other of ['wine', null])
      expect(await refusalOf(pour(other))).toMatchObject({
        details: { causes: [{ reason: 'FieldValueForbidden', message: 'Forbidden: liquid is immutable' }] },
      });
  });
});

describe('the name of an organization', () => {
  let test: TestService;
  beforeEach(async () => {
    test = await startService();
  });
  afterEach(() => test.stop());

  const create = (name: string) =>
    test.service.create({
      principal: alice,
      kind: Organization,
      namespace: 'team-a',
      object: {
        apiVersion: Organization.apiVersion,
        kind: 'Organization',
        metadata: { name },
        spec: { displayName: 'Acme' },
      },
    });

  it.each(['acme', 'a', 'a-1', 'x'.repeat(53)])('may be %s', async name => {
    expect(await create(name)).toMatchObject({ created: true });
  });

  it.each(['a.b', 'x'.repeat(54)])('may not be %s', async name => {
    expect(await refusalOf(create(name))).toMatchObject({
      details: { causes: [{ reason: 'FieldValueInvalid', field: 'metadata.name' }] },
    });
  });
});
