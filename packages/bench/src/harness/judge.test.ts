import { Bench, Reach, Sample } from './Bench';
import { judge, missingRow } from './judge';
import { Round } from './measure';

const bench = (reach: Reach): Bench => ({
  name: 'create',
  title: 'creates',
  durability: 'durable',
  figures: [{ name: 'rate', unit: 'per second', reach }],
  open: async () => {
    throw new Error('not opened here');
  },
});
const atLeast = (ratio: number) => bench({ at: 'least', ratio });
const atMost = (ratio: number) => bench({ at: 'most', ratio });
const reading = (rate: number): Sample => ({ rate });
const round = (ours: [number, number], peer: [number, number]): Round => ({
  ours: [reading(ours[0]), reading(ours[1])],
  peer: [reading(peer[0]), reading(peer[1])],
});
const steady = Array.from({ length: 7 }, () => round([80, 80], [100, 100]));
const judged = (of: Bench, rounds: readonly Round[]) => judge(of, of.figures[0], rounds);

describe('a line of the table', () => {
  it.each([
    { of: atLeast(0.8), met: true, reason: 'a rate that reaches what it has to' },
    { of: atLeast(0.81), met: false, reason: 'a rate below it' },
    { of: atMost(0.8), met: true, reason: 'a time within its bound' },
    { of: atMost(0.79), met: false, reason: 'a time beyond it' },
  ])('tells $reason', ({ of, met }) => {
    expect(judged(of, steady)).toMatchObject({ name: 'create/rate', ratio: 0.8, met, unstable: false });
  });

  it('is not moved by a machine that grows slower, since both sides are in each round', () => {
    const slowing = steady.map((_, index) => round([80 - index, 77 - index], [100 - index, 98 - index]));
    expect(judged(atLeast(0.7), slowing).ratio).toBeCloseTo(0.79, 1);
  });

  it('is the median of the rounds: a single bad one does not count', () => {
    const rounds = [...steady.slice(1), round([1, 1], [100, 100])];
    expect(judged(atLeast(0.8), rounds)).toMatchObject({ ratio: 0.8, met: true });
  });

  it('says unstable instead of a figure where the peer differs from itself', () => {
    const shaken = steady.map((_, index) => round([80, 80], index % 2 === 0 ? [150, 80] : [80, 150]));
    expect(judged(atLeast(0.1), shaken)).toMatchObject({ unstable: true, ratio: null, met: null });
  });

  it('says why where the machine cannot show it', () => {
    const of = atLeast(0.8);
    expect(missingRow(of, of.figures[0], 'needs PostgreSQL')).toMatchObject({
      ratio: null,
      met: null,
      missing: 'needs PostgreSQL',
    });
  });
});
