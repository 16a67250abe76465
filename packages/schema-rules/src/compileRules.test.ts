import { StructuralSchema, ValidationRule } from '@krate/resource-model';
import { compileRules } from './compileRules';

const string = (maxLength?: number): StructuralSchema => ({ type: 'string', maxLength });
const listOf = (items: StructuralSchema, maxItems?: number): StructuralSchema => ({
  type: 'array',
  items,
  maxItems,
});
const spec = (properties: Record<string, StructuralSchema>, rules: ValidationRule[]): StructuralSchema => ({
  type: 'object',
  properties: { spec: { type: 'object', properties, 'x-kubernetes-validations': rules } },
});

describe('compileRules', () => {
  it('finds none where there are none', () => {
    expect(compileRules(spec({ a: string() }, []))).toBeUndefined();
  });

  it('lets a rule of the whole object read its name', () => {
    const root = { ...spec({}, []), 'x-kubernetes-validations': [{ rule: 'self.metadata.name != "no"' }] };
    expect(compileRules(root)?.rules).toHaveLength(1);
  });

  it.each<{
    reason: string;
    rule: ValidationRule;
    properties?: Record<string, StructuralSchema>;
    says: RegExp;
  }>([
    { reason: 'no expression', rule: { rule: ' ' }, says: /is empty/ },
    { reason: 'no CEL', rule: { rule: 'self.a ===' }, says: /does not compile/ },
    { reason: 'a field that is not there', rule: { rule: 'self.b == ""' }, says: /No such key: b/ },
    { reason: 'two types compared', rule: { rule: 'self.a == 1' }, says: /does not compile/ },
    { reason: 'no boolean', rule: { rule: 'self.a' }, says: /is string and must be bool/ },
    { reason: 'no pattern of RE2', rule: { rule: 'self.a.matches("(?=x)")' }, says: /does not compile/ },
    {
      reason: 'a function nobody has',
      rule: { rule: 'quantity(self.a).isInteger()' },
      says: /overload|quantity/,
    },
    {
      reason: 'an unknown reason',
      rule: { rule: 'true', reason: 'Odd' as never },
      says: /has the reason Odd/,
    },
    {
      reason: 'a field path that leads nowhere',
      rule: { rule: 'true', fieldPath: '.b' },
      says: /fieldPath \.b/,
    },
    { reason: 'a message in lines', rule: { rule: 'true', message: 'a\nb' }, says: /one line/ },
    {
      reason: 'a message that is no text',
      rule: { rule: 'true', messageExpression: '1' },
      says: /must be string/,
    },
    {
      reason: 'an optional that is not used',
      rule: { rule: 'true', optionalOldSelf: true },
      says: /leave it out/,
    },
    {
      reason: 'a list without end in itself',
      rule: { rule: 'self.l.all(x, self.l.exists(y, x == y))' },
      properties: { l: listOf(string()) },
      says: /more than 100 times .* maxItems/,
    },
    {
      reason: 'a text without end against itself, often',
      rule: { rule: 'self.l.all(x, x.contains(x))' },
      properties: { l: listOf(string(2000), 1000) },
      says: /may cost .* times/,
    },
  ])('refuses $reason', ({ rule, properties = { a: string(10) }, says }) => {
    expect(() => compileRules(spec(properties, [rule]))).toThrow(says);
  });

  it('counts a rule as often as its place', () => {
    const item = (rule: string): StructuralSchema => ({
      ...string(1000),
      'x-kubernetes-validations': [{ rule }],
    });
    const rule = 'self.matches("^[a-z]+$")';
    expect(() => compileRules(spec({ l: listOf(item(rule), 100) }, []))).not.toThrow();
    expect(() => compileRules(spec({ l: listOf(item(rule), 1_000_000) }, []))).toThrow(/spec\.l\[\].*times/);
  });

  it('counts all rules of a kind together', () => {
    const rules = Array.from({ length: 20 }, () => ({ rule: 'self.l.all(x, self.l.all(y, x == y))' }));
    expect(() => compileRules(spec({ l: listOf(string(100), 700) }, rules))).toThrow(/the rules of the kind/);
  });

  it('asks for no old value where none can be told', () => {
    const item: StructuralSchema = {
      ...string(9),
      'x-kubernetes-validations': [{ rule: 'self == oldSelf' }],
    };
    expect(() => compileRules(spec({ l: listOf(item, 9) }, []))).toThrow(/list map/);
  });
});
