import { assertDraftJson, replaceRevision, withRevision } from './objectJson';

const KEY = { group: 'test.krate.dev', resource: 'widgets', namespace: '', name: 'a' };
const MARK = '"metadata":{';

describe('the revision in the text', () => {
  it.each([
    { reason: 'nothing special', object: { apiVersion: 'v1', kind: 'A', metadata: { name: 'a' } } },
    { reason: 'the mark in apiVersion', object: { apiVersion: MARK, kind: 'A', metadata: { name: 'a' } } },
    { reason: 'the mark in kind', object: { apiVersion: 'v1', kind: `\\${MARK}`, metadata: { name: 'a' } } },
    {
      reason: 'a kind ending in a backslash',
      object: { apiVersion: 'v1', kind: 'A\\', metadata: { name: MARK } },
    },
    {
      reason: 'the mark in values',
      object: { apiVersion: 'v1', kind: 'A', metadata: { name: MARK }, spec: MARK },
    },
    {
      reason: 'metadata further down',
      object: {
        apiVersion: 'v1',
        kind: 'A',
        metadata: { name: 'a' },
        spec: { metadata: { resourceVersion: '9' } },
      },
    },
    {
      reason: 'a revision as an annotation',
      object: { apiVersion: 'v1', kind: 'A', metadata: { annotations: { resourceVersion: '8' } } },
    },
  ])('goes in and changes without touching the rest: $reason', ({ object }) => {
    const json = JSON.stringify(object);
    expect(() => assertDraftJson(json, KEY)).not.toThrow();

    const wire = withRevision(json, 7);
    expect(JSON.parse(wire)).toEqual({ ...object, metadata: { ...object.metadata, resourceVersion: '7' } });
    expect(replaceRevision(wire, 7, 12345)).toBe(withRevision(json, 12345));
  });

  it.each([
    { reason: 'kind first', json: '{"kind":"A","apiVersion":"v1","metadata":{"name":"a"}}' },
    { reason: 'a key between', json: '{"apiVersion":"v1","kind":"A","spec":{},"metadata":{"name":"a"}}' },
    { reason: 'empty metadata', json: '{"apiVersion":"v1","kind":"A","metadata":{}}' },
    { reason: 'spaces', json: '{ "apiVersion": "v1", "kind": "A", "metadata": { "name": "a" } }' },
    { reason: 'no text', json: '' },
    { reason: 'a kind that is no text', json: '{"apiVersion":"v1","kind":{},"metadata":{"name":"a"}}' },
    { reason: 'something after the end', json: '{"apiVersion":"v1","kind":"A","metadata":{"name":"a"}}}' },
    {
      reason: 'a revision of its own',
      json: '{"apiVersion":"v1","kind":"A","metadata":{"name":"a","resourceVersion":"1"}}',
    },
    {
      reason: 'an escaped one',
      json: '{"apiVersion":"v1","kind":"A","metadata":{"resource\\u0056ersion":"1"}}',
    },
  ])('is refused for a draft with $reason', ({ json }) => {
    expect(() => assertDraftJson(json, KEY)).toThrow(expect.objectContaining({ code: 'invalid', key: KEY }));
  });
});
