import { KindInfo } from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import { parse } from 'yaml';
import { applyCommand, editableOf, replacementOf, templateOf } from './editable';

const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const live = {
  apiVersion: 'v1',
  kind: 'Widget',
  metadata: {
    name: 'one',
    namespace: 'acme',
    uid: 'u1',
    resourceVersion: '7',
    generation: 2,
    creationTimestamp: '2026-01-01T00:00:00Z',
    managedFields: [],
    annotations: { [APPLIED]: '{}', note: 'kept' },
  },
  spec: { color: 'red' },
  status: { phase: 'Ready' },
} as unknown as Resource;

describe('what one edits', () => {
  it('is what a person writes', () => {
    expect(editableOf(live)).toEqual({
      apiVersion: 'v1',
      kind: 'Widget',
      metadata: { name: 'one', namespace: 'acme', annotations: { note: 'kept' } },
      spec: { color: 'red' },
    });
  });

  it('is sent with the version it began with, and with what was not shown', () => {
    const sent = replacementOf({ ...editableOf(live), spec: { color: 'blue' } }, live);
    expect(sent).toMatchObject({
      metadata: { uid: 'u1', resourceVersion: '7', annotations: { [APPLIED]: '{}', note: 'kept' } },
      spec: { color: 'blue' },
    });
    expect(sent.status).toBeUndefined();
  });

  it('can lose its annotations', () => {
    const sent = replacementOf({ metadata: { name: 'one' } }, live);
    expect(sent.metadata).toMatchObject({ annotations: { [APPLIED]: '{}' } });
  });
});

describe('templateOf', () => {
  const kind = {
    apiVersion: 'krate/v1',
    kind: 'Widget',
    schema: {
      properties: { data: { 'x-krate-write-only': true }, stringData: { 'x-krate-write-only': true } },
    },
  } as unknown as KindInfo;

  it('is the example in another place, without its name and organization', () => {
    const example = { metadata: { name: 'x', namespace: 'y' }, spec: { color: 'red', organizationRef: 'z' } };
    expect(parse(templateOf({ ...kind, example }, 'acme'))).toEqual({
      apiVersion: 'krate/v1',
      kind: 'Widget',
      metadata: { name: null, namespace: 'acme' },
      spec: { color: 'red' },
    });
  });

  it('leaves the name to the server where that makes it', () => {
    expect(parse(templateOf({ ...kind, numbered: 'spec.number' }, 'acme')).metadata).toEqual({
      namespace: 'acme',
    });
  });

  it('has the keys of an example secret and no values', () => {
    const example = { type: 'Opaque', stringData: { token: 'replace-me' } };
    const text = templateOf({ ...kind, flat: true, example }, 'acme');
    expect(parse(text)).toMatchObject({ type: 'Opaque', data: { token: '' } });
    expect(text).not.toContain('replace-me');
  });
});

it('applyCommand is one command', () => {
  expect(applyCommand('kind: A\n')).toBe("kubectl apply -f - <<'EOF'\nkind: A\nEOF\n");
});
