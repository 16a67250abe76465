import { widgetSchema } from './__fixtures__/widget';
import { mergeValues } from './mergeValues';
import { removeFields } from './removeFields';
import { FieldSet } from './FieldSet';

describe('keys that name prototype properties', () => {
  const live = JSON.parse('{"spec":{"raw":{"constructor":1,"__proto__":{"a":1}}}}');
  const applied = JSON.parse('{"spec":{"raw":{"toString":2}}}');

  it('are merged as data', () => {
    const merged = mergeValues(widgetSchema, live, applied);
    expect(JSON.stringify(merged)).toBe(
      '{"spec":{"raw":{"constructor":1,"__proto__":{"a":1},"toString":2}}}',
    );
  });

  it('are removed as data', () => {
    const left = removeFields(widgetSchema, live, FieldSet.of(['f:spec', 'f:raw', 'f:__proto__']));
    expect(JSON.stringify(left)).toBe('{"spec":{"raw":{"constructor":1}}}');
  });
});
