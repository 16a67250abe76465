import { Greeting } from '@acme/plugin-greetings-common';
import { anObject, expectReconcilerLaws, reconcileOnce } from '@krate/controller-runtime/testkit';
import { greetingReconciler } from './greetingReconciler';

describe('a greeting', () => {
  const object = anObject(Greeting, { spec: { to: 'Ada' } });
  it.each([
    { reason: 'its card is to be written', effects: {}, want: 'Ready=False/Writing' },
    {
      reason: 'its card is written',
      effects: { 'write-card/1': { state: 'Succeeded' as const, result: 'Good morning, Ada!', attempts: 1 } },
      want: 'Ready=True/Written',
    },
    {
      reason: 'its card could not be written',
      effects: { 'write-card/1': { state: 'Failed' as const, attempts: 5 } },
      want: 'Ready=False/NotWritten',
    },
  ])('$reason', ({ effects, want }) => {
    const { conditions = [] } = reconcileOnce(greetingReconciler, { object, effects });
    expect(conditions.map(({ type, status, reason }) => `${type}=${status}/${reason}`)).toEqual([want]);
    expectReconcilerLaws(greetingReconciler, { object, effects });
  });
});
