import { Greeting } from '@acme/plugin-greetings-common';
import { EffectState } from '@krate/controller-runtime';
import { anObject, expectReconcilerLaws, reconcileOnce } from '@krate/controller-runtime/testkit';
import { greetingReconciler } from './greetingReconciler';

describe('a greeting', () => {
  const object = anObject(Greeting, { spec: { to: 'Ada' } });
  it.each<{ reason: string; effects: Record<string, EffectState>; want: string }>([
    { reason: 'its card is to be written', effects: {}, want: 'Ready=False/Writing' },
    {
      reason: 'its card is written',
      effects: { 'write-card/1': { state: 'Succeeded', result: 'Good morning, Ada!', attempts: 1 } },
      want: 'Ready=True/Written',
    },
    {
      reason: 'its card could not be written',
      effects: { 'write-card/1': { state: 'Failed', attempts: 5 } },
      want: 'Ready=False/NotWritten',
    },
  ])('$reason', ({ effects, want }) => {
    const { conditions = [] } = reconcileOnce(greetingReconciler, { object, effects });
    expect(conditions.map(({ type, status, reason }) => `${type}=${status}/${reason}`)).toEqual([want]);
    expectReconcilerLaws(greetingReconciler, { object, effects });
  });
});
