import { Condition } from './resource';
import { conditionOf, isConditionTrue, mergeConditions } from './conditions';

const ready: Condition<'Ready' | 'Idle'> = {
  type: 'Ready', status: 'False', reason: 'Missing', message: 'm', observedGeneration: 1, lastTransitionTime: '2026-01-01T00:00:00Z',
}; // prettier-ignore
const at = { now: new Date('2026-02-02T00:00:00.123Z'), generation: 2 };

describe('conditions', () => {
  it.each([
    { reason: 'absent', object: {}, want: false },
    { reason: 'false', object: { status: { conditions: [ready] } }, want: false },
    {
      reason: 'true',
      object: { status: { conditions: [{ ...ready, status: 'True' as const }] } },
      want: true,
    },
  ])('isConditionTrue: $reason', ({ object, want }) => {
    expect(isConditionTrue(object, 'Ready')).toBe(want);
  });

  it('are found by type', () => {
    expect(conditionOf({ status: { conditions: [ready] } }, 'Ready')).toBe(ready);
    expect(conditionOf({ status: { conditions: [ready] } }, 'Idle')).toBeUndefined();
  });

  it.each([
    {
      reason: 'the same status keeps its time',
      update: { type: 'Ready' as const, status: 'False' as const, reason: 'Other', message: 'n' },
      want: [{ ...ready, reason: 'Other', message: 'n', observedGeneration: 2 }],
    },
    {
      reason: 'another status is stamped in whole seconds',
      update: { type: 'Ready' as const, status: 'True' as const, reason: 'Ok', message: '' },
      want: [
        {
          type: 'Ready',
          status: 'True',
          reason: 'Ok',
          message: '',
          observedGeneration: 2,
          lastTransitionTime: '2026-02-02T00:00:00Z',
        },
      ],
    },
    {
      reason: 'a new type comes last',
      update: { type: 'Idle' as const, status: 'Unknown' as const, reason: 'New', message: '' },
      want: [
        ready,
        {
          type: 'Idle',
          status: 'Unknown',
          reason: 'New',
          message: '',
          observedGeneration: 2,
          lastTransitionTime: '2026-02-02T00:00:00Z',
        },
      ],
    },
  ])('mergeConditions: $reason', ({ update, want }) => {
    expect(mergeConditions([ready], [update], at)).toEqual(want);
  });
});
