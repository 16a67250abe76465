import { TranscriptEvent } from './events';
import { TranscriptModel } from './TranscriptModel';

const lines = (...events: TranscriptEvent[]) => events.map(event => JSON.stringify(event));
const view = (...events: TranscriptEvent[]) => new TranscriptModel().update(lines(...events));
/** Without keys and times, to compare what is told. */
const told = (...events: TranscriptEvent[]) => view(...events).items.map(({ key, at, ...item }) => item);

describe('TranscriptModel', () => {
  const tool = { kind: 'tool', id: 'c1', title: 'Run the tests', toolKind: 'execute', output: '', edits: [] };

  it.each<{ reason: string; events: TranscriptEvent[]; items: unknown[] }>([
    {
      reason: 'pieces of one utterance are one message',
      events: [
        { type: 'message', text: 'I look ' },
        { type: 'message', text: 'at it.' },
      ],
      items: [{ kind: 'message', text: 'I look at it.' }],
    },
    {
      reason: 'whole sentences that follow one another are paragraphs',
      events: [
        { type: 'message', text: 'I look at it.' },
        { type: 'message', text: 'Both tests pass.' },
      ],
      items: [{ kind: 'message', text: 'I look at it.\n\nBoth tests pass.' }],
    },
    {
      reason: 'thoughts and messages stay apart',
      events: [
        { type: 'thought', text: 'Hm' },
        { type: 'message', text: 'Done' },
      ],
      items: [
        { kind: 'thought', text: 'Hm' },
        { kind: 'message', text: 'Done' },
      ],
    },
    {
      reason: 'updates of a tool call are merged into it, where it began',
      events: [
        { type: 'tool-call', id: 'c1', title: 'Run the tests', kind: 'execute', status: 'pending' },
        { type: 'message', text: 'Meanwhile' },
        { type: 'tool-call', id: 'c1', status: 'completed' },
      ],
      items: [
        { ...tool, status: 'completed' },
        { kind: 'message', text: 'Meanwhile' },
      ],
    },
    {
      reason: 'output that comes before its call waits for its name',
      events: [
        { type: 'tool-output', id: 'c1', text: 'ok' },
        { type: 'tool-call', id: 'c1', title: 'Run the tests', kind: 'execute', status: 'in_progress' },
      ],
      items: [{ ...tool, output: 'ok', status: 'in_progress' }],
    },
    {
      reason: 'a late update does not reopen a call that ended',
      events: [
        { type: 'tool-call', id: 'c1', title: 'Run the tests', kind: 'execute', status: 'completed' },
        { type: 'tool-call', id: 'c1', status: 'in_progress' },
      ],
      items: [{ ...tool, status: 'completed' }],
    },
    {
      reason: 'pieces of output follow one another as they come',
      events: [
        { type: 'tool-call', id: 'c1', title: 'Run the tests', kind: 'execute' },
        { type: 'tool-output', id: 'c1', text: 'one\n' },
        { type: 'tool-output', id: 'c1', text: 'tw' },
        { type: 'tool-output', id: 'c1', text: 'o\n' },
      ],
      items: [{ ...tool, output: 'one\ntwo\n' }],
    },
    {
      reason: 'edits are kept by file, a repeated one once',
      events: [
        { type: 'tool-output', id: 'c1', path: 'a.js', oldText: 'x', newText: 'y' },
        { type: 'tool-output', id: 'c1', path: 'a.js', oldText: 'x', newText: 'y' },
        { type: 'tool-output', id: 'c1', path: 'b.js', oldText: null, newText: 'new' },
      ],
      items: [
        {
          kind: 'tool',
          id: 'c1',
          title: '',
          output: '',
          edits: [
            { path: 'a.js', oldText: 'x', newText: 'y' },
            { path: 'b.js', oldText: undefined, newText: 'new' },
          ],
        },
      ],
    },
    {
      reason: 'a decision answers the open question',
      events: [
        { type: 'permission', title: 'node --test', requestId: 0 },
        { type: 'decision', outcome: 'approve', by: 'bob' },
      ],
      items: [{ kind: 'permission', title: 'node --test', requestId: '0', outcome: 'approve', by: 'bob' }],
    },
    {
      reason: 'a decision that names its question answers that one',
      events: [
        { type: 'permission', title: 'first', requestId: '1' },
        { type: 'permission', title: 'second', requestId: '2' },
        { type: 'decision', outcome: 'deny', by: 'bob', requestId: '1' },
      ],
      items: [
        { kind: 'permission', title: 'first', requestId: '1', outcome: 'deny', by: 'bob' },
        { kind: 'permission', title: 'second', requestId: '2' },
      ],
    },
    {
      reason: 'a question about a tool call that is known is part of it',
      events: [
        { type: 'tool-call', id: 'c1', title: 'Run the tests', kind: 'execute', status: 'pending' },
        { type: 'permission', title: 'Run the tests', requestId: '7', id: 'c1' },
        { type: 'decision', outcome: 'allowed', by: 'bob', requestId: '7' },
        { type: 'tool-call', id: 'c1', status: 'completed' },
      ],
      items: [{ ...tool, status: 'completed', question: { requestId: '7', outcome: 'allowed', by: 'bob' } }],
    },
    {
      reason: 'a plan that changes stays one plan',
      events: [
        { type: 'plan', entries: [{ content: 'look', status: 'pending' }] },
        { type: 'message', text: 'Now' },
        { type: 'plan', entries: [{ content: 'look', status: 'completed' }] },
      ],
      items: [
        { kind: 'plan', entries: [{ content: 'look', status: 'completed' }] },
        { kind: 'message', text: 'Now' },
      ],
    },
  ])('$reason', ({ events, items }) => {
    expect(told(...events)).toEqual(items);
  });

  it('keeps the latest usage and the end', () => {
    const { usage, ended } = view(
      { type: 'usage', inputTokens: 10, outputTokens: 1 },
      { type: 'usage', inputTokens: 20, costUsd: 0.01 },
      { type: 'ended', reason: 'end_turn' },
    );
    expect(usage).toEqual({ inputTokens: 20, outputTokens: 1, costUsd: 0.01 });
    expect(ended).toBe('end_turn');
  });

  it('takes only what is new of a list that grows, and leaves untouched items as they were', () => {
    const model = new TranscriptModel();
    const all = lines(
      { type: 'message', text: 'One' },
      { type: 'tool-call', id: 'c1', title: 'T' },
      { type: 'tool-output', id: 'c1', text: 'o' },
    );
    const first = model.update(all.slice(0, 2));
    const second = model.update(all);
    expect(second.items).toHaveLength(2);
    expect(second.items[0]).toBe(first.items[0]);
    expect(second.items[1]).not.toBe(first.items[1]);
    expect(model.update(all)).toBe(second);
  });

  it('starts over when the stream does', () => {
    const model = new TranscriptModel();
    model.update(lines({ type: 'message', text: 'One' }, { type: 'message', text: 'Two' }));
    expect(model.update(lines({ type: 'message', text: 'Other' })).items).toMatchObject([{ text: 'Other' }]);
  });

  it('shows a line that is no event as it is, and goes on', () => {
    expect(
      new TranscriptModel().update(['{"type":"mess', ...lines({ type: 'message', text: 'Hello' })]).items,
    ).toMatchObject([{ kind: 'unreadable' }, { kind: 'message', text: 'Hello' }]);
  });

  it('reads a hundred thousand events in a moment', () => {
    const many = Array.from({ length: 100_000 }, (_, n) =>
      JSON.stringify({ type: 'tool-call', id: `c${n}`, title: `Call ${n}`, status: 'completed' }),
    );
    const begin = performance.now();
    expect(new TranscriptModel().update(many).items).toHaveLength(100_000);
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});
