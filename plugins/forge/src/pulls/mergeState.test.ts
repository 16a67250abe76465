import { PullRequest } from '@krate/plugin-forge-common';
import { aPullRequest } from '../testing/objects';
import { mergeStateOf } from './mergeState';

const HEAD = 'a'.repeat(40);
const met = [{ name: 'approvals', met: true, message: '' }] as const;
const unmet = [{ name: 'approvals', met: false, message: 'One more approval is needed' }] as const;
const merge = { method: 'merge', expectedHeadSha: HEAD } as const;
const refusal = { code: 'stale-head', message: 'The branch moved' };

describe('mergeStateOf', () => {
  it.each([
    { reason: 'no controller has looked yet', given: {}, want: { kind: 'computing' } },
    {
      reason: 'every gate met',
      given: { status: { headSha: HEAD, gates: [...met] } },
      want: { kind: 'ready', headSha: HEAD },
    },
    {
      reason: 'a gate unmet',
      given: { status: { headSha: HEAD, gates: [...unmet] } },
      want: { kind: 'blocked', unmet },
    },
    {
      reason: 'asked for, not looked at',
      given: { spec: { merge }, status: { headSha: HEAD, gates: [...met] } },
      want: { kind: 'merging' },
    },
    {
      reason: 'refused: may be asked for again',
      given: { spec: { merge }, status: { headSha: HEAD, gates: [...met], mergeRefused: refusal } },
      want: { kind: 'ready', headSha: HEAD, refused: 'The branch moved' },
    },
    {
      reason: 'merged wins over everything',
      given: { spec: { merge }, status: { phase: 'Merged', mergedBy: 'ada' } },
      want: { kind: 'merged', by: 'ada' },
    },
    { reason: 'closed', given: { status: { phase: 'Closed', gates: [...unmet] } }, want: { kind: 'closed' } },
  ] as {
    reason: string;
    given: { spec?: Partial<PullRequest['spec']>; status?: PullRequest['status'] };
    want: object;
  }[])('$reason', ({ given, want }) => expect(mergeStateOf(aPullRequest(given))).toMatchObject(want));
});
