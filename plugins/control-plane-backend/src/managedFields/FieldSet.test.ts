import { JsonObject } from '@krate/resource-model';
import { FieldSet } from './FieldSet';
import { comparePathElements, formatPath } from './PathElement';

const set = (...paths: string[][]) => FieldSet.of(...paths);

describe('FieldSet', () => {
  it.each<{ reason: string; fields: JsonObject }>([
    { reason: 'an empty set', fields: {} },
    { reason: 'a leaf', fields: { 'f:spec': { 'f:size': {} } } },
    {
      reason: 'a container that is owned besides what is in it',
      fields: { 'f:spec': { '.': {}, 'f:size': {} } },
    },
    {
      reason: 'a list-map item',
      fields: { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:port': {} } } },
    },
    { reason: 'items of a set', fields: { 'f:tags': { 'v:"a"': {}, 'v:1': {}, 'v:true': {} } } },
    { reason: 'positions', fields: { 'f:list': { 'i:0': {}, 'i:10': {} } } },
    { reason: 'names of prototypes are data', fields: { 'f:__proto__': {}, 'f:constructor': {} } },
  ])('writes FieldsV1 as it read it: $reason', ({ fields }) => {
    expect(JSON.stringify(FieldSet.fromFieldsV1(fields).toFieldsV1())).toBe(JSON.stringify(fields));
  });

  it.each<{ reason: string; fields: unknown }>([
    { reason: 'no kind of element', fields: { spec: {} } },
    { reason: 'an unknown kind', fields: { 'x:spec': {} } },
    { reason: 'a key that is not an object', fields: { 'k:80': {} } },
    { reason: 'a value that is not JSON', fields: { 'v:a': {} } },
    { reason: 'a position that is no number', fields: { 'i:x': {} } },
    { reason: 'a leaf that is not an object', fields: { 'f:spec': true } },
    { reason: 'no object at all', fields: [] },
  ])('refuses what is not FieldsV1: $reason', ({ fields }) => {
    expect(() => FieldSet.fromFieldsV1(fields)).toThrow();
  });

  it('takes list-map keys in any order as the same item', () => {
    const one = FieldSet.fromFieldsV1({ 'k:{"protocol":"TCP","port":80}': {} });
    expect(one.equals(FieldSet.fromFieldsV1({ 'k:{"port":80,"protocol":"TCP"}': {} }))).toBe(true);
  });

  it('writes fields, keys, values and positions in the order of the real server', () => {
    const elements = ['i:10', 'i:2', 'v:"a"', 'k:{"a":1}', 'f:b', 'f:a'];
    expect(elements.sort(comparePathElements)).toEqual(['f:a', 'f:b', 'k:{"a":1}', 'v:"a"', 'i:2', 'i:10']);
  });

  const ab = ['f:a', 'f:b'];
  const a = ['f:a'];
  const c = ['f:c'];
  it.each<{ reason: string; result: FieldSet; expected: FieldSet }>([
    { reason: 'union has the paths of both', result: set(ab).union(set(a, c)), expected: set(a, ab, c) },
    {
      reason: 'intersection has common paths',
      result: set(a, ab).intersection(set(ab, c)),
      expected: set(ab),
    },
    { reason: 'a parent is not its child', result: set(a).intersection(set(ab)), expected: set() },
    {
      reason: 'difference leaves children of a removed path',
      result: set(a, ab).difference(set(a)),
      expected: set(ab),
    },
    {
      reason: 'difference leaves parents of a removed path',
      result: set(a, ab).difference(set(ab)),
      expected: set(a),
    },
    { reason: 'without goes deep', result: set(a, ab, c).without(set(a)), expected: set(c) },
    {
      reason: 'without leaves siblings',
      result: set(ab, c).without(set(['f:a', 'f:x'])),
      expected: set(ab, c),
    },
  ])('$reason', ({ result, expected }) => {
    expect(result.paths()).toEqual(expected.paths());
  });

  it('knows its members, and not the parents on the way', () => {
    expect(set(ab).has(ab)).toBe(true);
    expect(set(ab).has(a)).toBe(false);
    expect(set([]).isEmpty()).toBe(true);
  });

  it('prints paths as kubectl does', () => {
    const path = ['f:spec', 'f:ports', 'k:{"port":80,"protocol":"TCP"}', 'f:name'];
    expect(formatPath(path)).toBe('.spec.ports[port=80,protocol="TCP"].name');
    expect(formatPath(['f:metadata', 'f:finalizers', 'v:"a"'])).toBe('.metadata.finalizers[="a"]');
    expect(formatPath(['f:list', 'i:0'])).toBe('.list[0]');
  });
});
