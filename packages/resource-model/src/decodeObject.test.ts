import { decodeObject } from './decodeObject';

describe('decodeObject', () => {
  it.each([
    { reason: 'JSON', text: '{"a":{"b":[1]}}', type: 'application/json', want: { a: { b: [1] } } },
    { reason: 'parameters of the media type', text: '{}', type: 'Application/JSON; charset=utf-8', want: {} },
    { reason: 'a merge patch', text: '{"a":null}', type: 'application/merge-patch+json', want: { a: null } },
    { reason: 'YAML', text: 'a:\n  b: [1]\n', type: 'application/yaml', want: { a: { b: [1] } } },
    {
      reason: 'YAML 1.2 booleans',
      text: 'a: y\nb: no\nc: true',
      type: 'text/yaml',
      want: { a: 'y', b: 'no', c: true },
    },
    {
      reason: 'an apply patch sent as JSON text',
      text: '{"a": 1}',
      type: 'application/apply-patch+yaml',
      want: { a: 1 },
    },
  ])('reads $reason', ({ text, type, want }) => {
    expect(decodeObject(text, type)).toEqual(want);
  });

  const json = 'application/json';
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefgh'.split('').map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefg'[i]}`)}]`),
  ].join('\n');
  it.each([
    { reason: 'broken JSON', text: '{', type: json, want: { code: 400, message: /not valid JSON/ } },
    {
      reason: 'broken YAML',
      text: 'a: [',
      type: 'text/yaml',
      want: { code: 400, message: /not valid YAML/ },
    },
    { reason: 'a list', text: '[]', type: json, want: { code: 400, message: /must be one object/ } },
    {
      reason: 'an unknown media type',
      text: '{}',
      type: 'text/plain',
      want: { code: 415, message: /text\/plain/ },
    },
    {
      reason: 'too much',
      text: `{"a":"${'é'.repeat(60)}"}`,
      type: json,
      want: { code: 413, message: /limit of 100 bytes/ },
    },
    {
      reason: 'too deep',
      text: `{"a":${'['.repeat(11)}${']'.repeat(11)}}`,
      type: json,
      want: { code: 400, message: /nested too deeply/ },
    },
    {
      reason: '__proto__',
      text: '{"a":{"__proto__":{}}}',
      type: json,
      want: { code: 400, message: /__proto__/ },
    },
  ])('refuses $reason', ({ text, type, want }) => {
    const read = () => decodeObject(text, type, { maxBytes: 100, maxDepth: 10 });
    expect(read).toThrow(want.message);
    expect(read).toThrow(expect.objectContaining({ code: want.code }));
  });

  it('refuses YAML aliases that unfold without end', () => {
    expect(() => decodeObject(bomb, 'application/yaml')).toThrow(/not valid YAML/);
  });

  it('refuses deep YAML without exhausting the stack', () => {
    expect(() => decodeObject(`a: ${'['.repeat(20_000)}`, 'application/yaml')).toThrow(
      expect.objectContaining({ code: 400 }),
    );
  });
});
