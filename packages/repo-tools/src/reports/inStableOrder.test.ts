import { inStableOrder } from './inStableOrder';

describe('a report in a stable order', () => {
  const report = (...values: string[]) =>
    `state: z.ZodEnum<{\n${values.map(value => `${value}: ${JSON.stringify(value.replaceAll('"', ''))};\n`).join('')}}>;\nzebra: string;\napple: string;\n`;

  it('does not depend on the order in which the compiler met the values', () => {
    expect(inStableOrder(report('open', '"not-planned"', 'closed'))).toBe(
      inStableOrder(report('closed', 'open', '"not-planned"')),
    );
  });

  it('leaves everything else where it is, and is done once', () => {
    const stable = inStableOrder(report('open', 'closed'));
    expect(stable).toBe(report('closed', 'open'));
    expect(inStableOrder(stable)).toBe(stable);
  });
});
