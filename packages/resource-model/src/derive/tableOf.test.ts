import { Gadget, Secret } from '../__fixtures__/sampleKinds';
import { humanDuration } from './humanDuration';
import { tableOf } from './tableOf';

const [s, m, h, d] = [1, 60, 3600, 86400];

describe('humanDuration', () => {
  it.each([
    [-2 * s, '<invalid>'], [-1 * s, '0s'], [0, '0s'], [5 * s, '5s'], [119 * s, '119s'], [2 * m, '2m'], [3 * m + 2, '3m2s'], [10 * m + 5, '10m'],
    [179 * m, '179m'], [3 * h, '3h'], [3 * h + 5 * m, '3h5m'], [8 * h + 5 * m, '8h'], [47 * h, '47h'], [2 * d, '2d'], [3 * d, '3d'],
    [3 * d + 4 * h, '3d4h'], [8 * d + 4 * h, '8d'], [729 * d, '729d'], [730 * d, '2y'], [800 * d, '2y70d'], [8 * 365 * d, '8y'],
  ])('%d seconds are %s', (seconds, want) => {
    expect(humanDuration(seconds * 1000)).toBe(want);
  }); // prettier-ignore
});

describe('tableOf', () => {
  const now = new Date('2026-01-02T00:00:00Z');
  const metadata = { name: 'sorter', creationTimestamp: '2026-01-01T23:56:58Z' };
  const busy = {
    metadata,
    spec: { repository: 'tools', size: 3, steps: [{ name: 'a' }, { name: 'b' }] },
    status: { lastRun: '2026-01-02T02:05:00Z', conditions: [{ type: 'Ready', status: 'True' }] },
  };

  it('puts the name first and the age last', () => {
    const { columnDefinitions, rows } = tableOf(Gadget, [busy, { metadata: { name: 'new' } }], now);
    expect(columnDefinitions.map(({ name, type, priority }) => [name, type, priority])).toEqual([
      ['Name', 'string', 0],
      ['Repository', 'string', 0],
      ['Size', 'integer', 0],
      ['Ready', 'string', 0],
      ['Steps', 'string', 1],
      ['Last run', 'date', 0],
      ['Age', 'date', 0],
    ]);
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['sorter', 'tools', 3, 'True', 'a,b', 'in 125m', '3m2s'],
      ['new', null, null, null, null, null, null],
    ]);
  });

  it.each([
    {
      include: 'Metadata' as const,
      want: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata },
    },
    { include: 'Object' as const, want: busy },
    { include: 'None' as const, want: null },
  ])('rows carry $include', ({ include, want }) => {
    expect(tableOf(Gadget, [busy], now, include).rows[0].object).toEqual(want);
  });

  it('works without declared columns', () => {
    expect(tableOf(Secret, [{ metadata }], now).rows[0].cells).toEqual(['sorter', '3m2s']);
  });
});
