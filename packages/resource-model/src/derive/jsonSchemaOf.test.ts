import Ajv from 'ajv';
import { Gadget, Organization, Repository, Secret } from '../__fixtures__/sampleKinds';
import { Kind } from '../defineKind';
import { isObject, JsonObject } from '../isObject';
import { validateObject } from '../validateObject';
import { jsonSchemaOf } from './jsonSchemaOf';

const ajv = new Ajv({ strict: false, validateFormats: false });
const validator = (kind: Kind) => ajv.compile(jsonSchemaOf(kind));

describe('jsonSchemaOf', () => {
  it.each([Gadget, Repository, Organization, Secret])('accepts the examples of $kind', kind => {
    const validate = validator(kind);
    kind.examples.forEach(example => expect([validate(example), validate.errors]).toEqual([true, null]));
  });

  it.each<{ reason: string; spec: JsonObject; valid: boolean }>([
    { reason: 'a bound', spec: { size: 11 }, valid: false },
    { reason: 'an exclusive bound', spec: { ratio: 0 }, valid: false },
    { reason: 'an enum', spec: { mode: 'slow' }, valid: false },
    { reason: 'a pattern', spec: { retry: { delay: '5m' } }, valid: false },
    { reason: 'a list too long', spec: { steps: [1, 2, 3, 4].map(i => ({ name: `s${i}` })) }, valid: false },
    { reason: 'integer or string: integer', spec: { port: 80 }, valid: true },
    { reason: 'integer or string: string', spec: { port: 'http' }, valid: true },
    { reason: 'integer or string: boolean', spec: { port: true }, valid: false },
    { reason: 'free content', spec: { settings: { any: [1] } }, valid: true },
  ])('agrees with the server on $reason', ({ spec, valid }) => {
    const [example] = Gadget.examples as [JsonObject];
    const object = { ...example, spec: { ...(isObject(example.spec) ? example.spec : {}), ...spec } };
    expect(validator(Gadget)(object)).toBe(valid);
    expect(validateObject(Gadget, object).length === 0).toBe(valid);
  });

  it('shows typing errors and keeps references', () => {
    const [example] = Gadget.examples;
    expect(validator(Gadget)({ ...example, spce: {} })).toBe(false);
    expect(JSON.stringify(jsonSchemaOf(Gadget))).toContain('"x-krate-ref":{"kind":"Repository"}');
    expect(jsonSchemaOf(Gadget).properties).not.toHaveProperty('status');
  });
});
