import { FakeStreams } from '../__fixtures__/FakeStreams';
import { redact } from './redact';
import { TranscriptRenderer } from './TranscriptRenderer';
import { TranscriptWriter } from './TranscriptWriter';

const chunk = (text: string, offset: number, kind = 'agent_message_chunk'): any => ({
  type: 'update',
  offset,
  update: { sessionUpdate: kind, content: { type: 'text', text } },
});
const tool = (offset: number, fields: object): any => ({
  type: 'update',
  offset,
  update: { sessionUpdate: 'tool_call_update', toolCallId: 'c', ...fields },
});
const output = (text: string) => [{ type: 'content', content: { type: 'text', text } }];
const asks: any = {
  type: 'permission',
  offset: 50,
  permission: {
    key: '50:0',
    toolCall: { toolCallId: 'c', title: 'npm test' },
    options: [
      { optionId: 'a', kind: 'allow_once' },
      { optionId: 'r', kind: 'reject_once' },
    ],
  },
};
const settled = (outcome: string): any => ({ type: 'permission-settled', offset: 60, key: '50:0', outcome });

function rendered(events: any[]): object[] {
  const renderer = new TranscriptRenderer();
  return [...events.flatMap(event => renderer.render(event, () => 'bob')), ...renderer.flush()];
}

describe('TranscriptRenderer', () => {
  it.each([
    {
      reason: 'joins the chunks of a message',
      events: [chunk('Hel', 1), chunk('lo', 2)],
      want: [{ o: 2, type: 'message', text: 'Hello' }],
    },
    {
      reason: 'begins anew after a paragraph',
      events: [chunk('One.\n\n', 1), chunk('Two.', 2)],
      want: [
        { o: 1, text: 'One.\n\n' },
        { o: 2, text: 'Two.' },
      ],
    },
    {
      reason: 'tells thoughts from words',
      events: [chunk('hm', 1, 'agent_thought_chunk'), chunk('Yes.', 2)],
      want: [
        { type: 'thought', text: 'hm' },
        { type: 'message', text: 'Yes.' },
      ],
    },
    {
      reason: 'keeps the order of words and tools',
      events: [chunk('I look', 1), tool(2, { title: 'Read', kind: 'read', status: 'pending' })],
      want: [
        { type: 'message' },
        { type: 'tool-call', id: 'c', title: 'Read', kind: 'read', status: 'pending' },
      ],
    },
    {
      reason: 'says a status once',
      events: [
        tool(1, { title: 'Read', status: 'pending' }),
        tool(2, { status: 'pending' }),
        tool(3, { status: 'completed' }),
      ],
      want: [{ status: 'pending' }, { title: 'Read', status: 'completed' }],
    },
    {
      reason: 'says of an output what is new',
      events: [
        tool(1, { content: output('a') }),
        tool(2, { content: output('ab') }),
        tool(3, { content: output('ab') }),
      ],
      want: [
        { type: 'tool-output', text: 'a' },
        { type: 'tool-output', text: 'b' },
      ],
    },
    {
      reason: 'shows an edit',
      events: [tool(1, { content: [{ type: 'diff', path: '/f', oldText: null, newText: 'x' }] })],
      want: [{ type: 'tool-output', id: 'c', path: '/f', oldText: null, newText: 'x' }],
    },
    {
      reason: 'says who allowed it',
      events: [asks, settled('a')],
      want: [
        { type: 'permission', title: 'npm test', requestId: '50:0' },
        { type: 'decision', outcome: 'allowed', by: 'bob' },
      ],
    },
    { reason: 'says that it was denied', events: [asks, settled('r')], want: [{}, { outcome: 'denied' }] },
    {
      reason: 'says that nobody waited for the answer',
      events: [asks, settled('abandoned')],
      want: [{}, { outcome: 'abandoned' }],
    },
    {
      reason: 'hides what looks like a secret',
      events: [chunk('the key is sk-abcdefghijklmnopqrstuvwxyz', 1)],
      want: [{ text: 'the key is [REDACTED:provider-token]' }],
    },
  ])('$reason', ({ events, want }) => {
    const lines = rendered(events);
    expect(lines).toHaveLength(want.length);
    expect(lines).toMatchObject(want);
  });
});

describe('TranscriptWriter', () => {
  const key = { resource: 'r', namespace: 'n', name: 'a', uid: 'u', stream: 'transcript' };
  const textOf = async (streams: FakeStreams) =>
    (await streams.read(key)).data
      .toString()
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));

  it('leaves out after a restart what is there already, and goes on', async () => {
    const streams = new FakeStreams();
    const first = await TranscriptWriter.open(streams, key);
    await first.append([{ o: 5, type: 'message', text: 'one' }]);
    await first.note('usage', { inputTokens: 3 });
    const second = await TranscriptWriter.open(streams, key);
    await second.append([{ o: 5, type: 'message', text: 'one' }]);
    await second.append([
      { o: 5, type: 'message', text: 'one' },
      { o: 9, type: 'message', text: 'two' },
    ]);
    expect((await textOf(streams)).map(line => line.text ?? line.inputTokens)).toEqual(['one', 3, 'two']);
  });

  it('ends once, whoever ends it', async () => {
    const streams = new FakeStreams();
    const first = await TranscriptWriter.open(streams, key);
    await first.note('ended', { reason: 'Succeeded' });
    const second = await TranscriptWriter.open(streams, key);
    expect(await second.end('Succeeded', 'done')).toMatchObject({
      digest: expect.stringMatching(/^sha256:/),
    });
    expect(await textOf(streams)).toHaveLength(1);
  });
});

describe('redact', () => {
  it.each([
    ['Authorization: Bearer abcdefghijklmnop1234', 'Authorization: Bearer [REDACTED:bearer-token]'],
    ['password="hunter2hunter2"', 'password="[REDACTED:secret-key]"'],
    ['token ghp_abcdefghijklmnopqrstuvwx', 'token [REDACTED:provider-token]'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----', '[REDACTED:private-key]'],
    ['const sum = (a, b) => a + b;', 'const sum = (a, b) => a + b;'],
  ])('%s', (text, want) => expect(redact(text)).toBe(want));
});
