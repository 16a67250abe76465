import { growthExponent, interquartileRange, median } from './statistics';

describe('statistics', () => {
  it.each([
    { values: [3, 1, 2], is: 2, reason: 'the one in the middle, whatever the order' },
    { values: [1, 2, 3, 10], is: 2.5, reason: 'between the two in the middle' },
    { values: [7], is: 7, reason: 'of one value, the value' },
  ])('the median is $reason', ({ values, is }) => {
    expect(median(values)).toBe(is);
  });

  it('tells where the middle half lies', () => {
    expect(interquartileRange([1, 2, 3, 4, 5])).toEqual([2, 4]);
  });

  it.each([
    { power: 0, reason: 'what stays the same' },
    { power: 1, reason: 'what grows as the sizes do' },
    { power: 2, reason: 'what grows with their square' },
  ])('finds the exponent of $reason', ({ power }) => {
    const points = [1_000, 10_000, 100_000].map(size => ({ size, value: 3 * size ** power }));
    expect(growthExponent(points)).toBeCloseTo(power, 6);
  });
});
