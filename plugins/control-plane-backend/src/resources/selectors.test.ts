import { Widget } from './__testUtils__/testKinds';
import { parseFieldSelector, parseLabelSelector } from './selectors';

describe('selectors', () => {
  it('takes no longer for a hostile selector', () => {
    const started = Date.now();
    for (const text of [`a${' '.repeat(16_000)}b`, `${'a'.repeat(16_000)}=`, `a in (${'b,'.repeat(8_000)}`]) {
      expect(() => parseLabelSelector(text)).toThrow(expect.objectContaining({ reason: 'BadRequest' }));
    }
    expect(Date.now() - started).toBeLessThan(100);
  });

  it.each([
    { text: '', want: [] },
    { text: 'a=b', want: [{ key: 'a', operator: 'In', values: ['b'] }] },
    {
      text: 'a==b, x/c != d',
      want: [
        { key: 'a', operator: 'In', values: ['b'] },
        { key: 'x/c', operator: 'NotIn', values: ['d'] },
      ],
    },
    {
      text: 'a in (b, c),d notin (e)',
      want: [
        { key: 'a', operator: 'In', values: ['b', 'c'] },
        { key: 'd', operator: 'NotIn', values: ['e'] },
      ],
    },
    {
      text: 'a,!b',
      want: [
        { key: 'a', operator: 'Exists', values: [] },
        { key: 'b', operator: 'DoesNotExist', values: [] },
      ],
    },
    { text: 'a=', want: [{ key: 'a', operator: 'In', values: [''] }] },
  ])('reads the label selector "$text"', ({ text, want }) => {
    expect(parseLabelSelector(text)).toEqual(want);
  });

  it.each(['a b', 'a in b', 'a in (b', '=b', 'a=b c', 'a,,b', 'a>1', '!'])(
    'refuses the label selector "%s"',
    text => {
      expect(() => parseLabelSelector(text)).toThrow(expect.objectContaining({ reason: 'BadRequest' }));
    },
  );

  it.each([
    { text: 'metadata.name=a', want: [{ path: 'metadata.name', value: 'a' }] },
    {
      text: 'spec.color!=red,metadata.namespace==x',
      want: [
        { path: 'spec.color', value: 'red', negate: true },
        { path: 'metadata.namespace', value: 'x' },
      ],
    },
    { text: 'spec.color=a\\,b\\=c', want: [{ path: 'spec.color', value: 'a,b=c' }] },
  ])('reads the field selector "$text"', ({ text, want }) => {
    expect(parseFieldSelector(Widget, text)).toEqual(want);
  });

  it.each(['spec.size=3', 'color', 'status.phase=Idle'])('refuses the field selector "%s"', text => {
    expect(() => parseFieldSelector(Widget, text)).toThrow(expect.objectContaining({ reason: 'BadRequest' }));
  });
});
