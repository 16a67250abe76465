import { App, Part } from '../__testUtils__/fixtures';
import { defineReconciler, reads } from '../defineReconciler';
import { checkDeclarations } from './checkDeclarations';

describe('checkDeclarations', () => {
  const plain = defineReconciler({ for: App, reconcile: () => ({}) });

  it.each([
    {
      reason: 'two reconcilers own one condition',
      reconcilers: [plain, defineReconciler({ for: App, name: 'other', reconcile: () => ({}) })],
      error: 'both own the condition Ready of App',
    },
    {
      reason: 'two have one name',
      reconcilers: [plain, plain],
      error: 'Two reconcilers are named app',
    },
    {
      reason: 'a read takes a name of the runtime',
      reconcilers: [defineReconciler({ for: App, reads: { now: reads.all(Part) }, reconcile: () => ({}) })],
      error: 'may not name a read "now"',
    },
    {
      reason: 'an observer is not registered',
      reconcilers: [defineReconciler({ for: App, reads: { x: reads.observed('x') }, reconcile: () => ({}) })],
      error: 'reads the observer x, which is not registered',
    },
  ])('refuses reconcilers when $reason', ({ reconcilers, error }) => {
    expect(() => checkDeclarations(reconcilers, [])).toThrow(error);
  });
});
