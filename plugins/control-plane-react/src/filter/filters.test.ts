import { Resource } from '@krate/resource-model';
import { formatFieldRule, parseFieldRule } from './fieldRuleText';
import { formatLabelSelector, parseLabelSelector } from './labelSelectorText';
import { fitsFields, fitsLabels } from './ListFilter';

const object = {
  metadata: { name: 'one', labels: { tier: 'web' } },
  spec: { title: 'Pay, soon', size: 12, steps: [{ run: 'a' }, { run: 'b' }] },
  status: { phase: 'Failed', conditions: [{ type: 'Ready', status: 'False' }] },
} as unknown as Resource;

describe('rules about fields', () => {
  it.each([
    { reason: 'one of several values', text: 'status.phase=Queued,Failed', fits: true },
    { reason: 'none of them', text: 'status.phase!=Queued,Failed', fits: false },
    { reason: 'a condition', text: 'condition:Ready=False', fits: true },
    { reason: 'a condition nobody reported', text: 'condition:Synced', fits: false },
    { reason: 'an absent field', text: '!spec.owner', fits: true },
    { reason: 'a part of a text, in any case', text: 'spec.title~pAY', fits: true },
    { reason: 'a value with a comma', text: 'spec.title=Pay%2C soon', fits: true },
    { reason: 'numbers as numbers', text: 'spec.size>9', fits: true },
    { reason: 'any item of a list', text: 'spec.steps.run=b', fits: true },
  ])('$reason', ({ text, fits }) => {
    const rule = parseFieldRule(text)!;
    expect(fitsFields(object, [rule])).toBe(fits);
    expect(formatFieldRule(rule)).toBe(text);
  });

  it.each(['', '=x', '!a=b', 'a b=c'])('%j is no rule', text => {
    expect(parseFieldRule(text)).toBeUndefined();
  });
});

describe('label selectors', () => {
  it.each([
    { text: 'tier=web', fits: true },
    { text: 'tier!=web', fits: false },
    { text: 'tier in (db,web),!retired', fits: true },
    { text: 'team notin (a,b)', fits: true },
    { text: 'team', fits: false },
  ])('$text', ({ text, fits }) => {
    const rules = parseLabelSelector(text);
    expect(fitsLabels(object, rules)).toBe(fits);
    expect(formatLabelSelector(rules)).toBe(text);
  });

  it.each(['tier=a b', '=x', 'a b'])('%j is refused with a reason', text => {
    expect(() => parseLabelSelector(text)).toThrow(/label/);
  });
});
