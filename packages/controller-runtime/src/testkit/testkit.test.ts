import { App, Library, Part } from '../__testUtils__/fixtures';
import { defineReconciler, reads, Reconciler } from '../defineReconciler';
import { anObject } from './anObject';
import { expectReconcilerLaws } from './expectReconcilerLaws';
import { reconcileOnce } from './reconcileOnce';

const good = defineReconciler({
  for: App,
  reads: {
    library: reads.ref(Library, 'spec.library'),
    libraries: reads.refs(Library, 'spec.libraries'),
    parts: reads.owned(Part),
  },
  reconcile: (ctx, object) => ({
    status: {
      parts: ctx.parts.length,
      note: `missing ${ctx.libraries.missing.join(',')}`,
      phase: ctx.effects.build?.state ?? 'New',
    },
    effects: [{ name: 'build' }],
    events: object.status?.phase ? [] : [{ type: 'Normal', reason: 'Seen', message: 'First seen' }],
  }),
  finalize: () => ({ done: true }),
});

describe('reconcileOnce', () => {
  it('fills in reads that are left out: nothing exists, references are missing', () => {
    const object = anObject(App, { spec: { libraries: ['x', 'y'] } });
    expect(reconcileOnce(good, { object }).status).toEqual({ parts: 0, note: 'missing x,y', phase: 'New' });
  });

  it('finalizes an object that is being deleted', () => {
    const object = anObject(App, { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } });
    expect(reconcileOnce(good, { object })).toEqual({ done: true });
  });
});

describe('expectReconcilerLaws', () => {
  const check = (reconcile: Reconciler<typeof App>['reconcile']) =>
    expectReconcilerLaws(defineReconciler({ for: App, reconcile }), { object: anObject(App) });

  it('accepts a reconciler that keeps them', () => {
    expect(() =>
      expectReconcilerLaws(good, { object: anObject(App, { spec: { libraries: ['x'] } }) }),
    ).not.toThrow();
  });

  let calls = 0;
  it.each<{ reason: string; reconcile: Reconciler<typeof App>['reconcile']; error: RegExp }>([
    {
      reason: 'differs from call to call',
      reconcile: () => ({ status: { parts: (calls += 1) } }),
      error: /not deterministic/,
    },
    {
      reason: 'changes its object',
      reconcile: (_ctx, object) => {
        object.spec.text = 'mine';
        return {};
      },
      error: /changes its inputs/,
    },
    {
      reason: 'builds on its own status for ever',
      reconcile: (_ctx, object) => ({ status: { parts: (object.status?.parts ?? 0) + 1 } }),
      error: /does not settle/,
    },
    {
      reason: 'flaps',
      reconcile: (_ctx, object) => {
        const was = object.status?.conditions?.[0]?.status;
        const status = was === 'True' ? 'False' : 'True';
        return { conditions: [{ type: 'Ready', status, reason: 'Available', message: '' }] };
      },
      error: /flaps: condition Ready goes back to True/,
    },
    {
      reason: 'reports events although nothing happens',
      reconcile: () => ({ events: [{ type: 'Normal', reason: 'Here', message: 'again' }] }),
      error: /reports events/,
    },
  ])('rejects one that $reason', ({ reconcile, error }) => {
    expect(() => check(reconcile)).toThrow(error);
  });
});

describe('anObject', () => {
  it('fills in metadata and the defaults of the kind', () => {
    expect(anObject(Library, { metadata: { name: 'lib' } })).toEqual({
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'Library',
      metadata: expect.objectContaining({
        name: 'lib',
        namespace: 'krate-org-acme',
        uid: 'uid-of-lib',
        generation: 1,
      }),
      spec: { version: '1' },
    });
  });
});
