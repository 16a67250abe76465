import type { ExitEvent, JournalRecord } from '../journal';
import type { AcpState } from './AcpState';
import { applyAcpRecord } from './applyAcpRecord';
import { initialAcpState } from './AcpState';
import { reduceAcpJournal } from './reduceAcpJournal';

type Line =
  | { in: object }
  | { out: object | string }
  | { err: string }
  | { exit: Partial<ExitEvent> }
  | { tooLong: number };

/** A journal in shorthand: every record is 10 bytes long, so that offsets are easy to read. */
function journal(...lines: Line[]): JournalRecord[] {
  return lines.map((line, index) => {
    const place = { n: index + 1, t: 1000 + index, offset: (index + 1) * 10 };
    const text = (value: object | string) =>
      typeof value === 'string' ? value : JSON.stringify({ jsonrpc: '2.0', ...value });
    if ('in' in line) return { ...place, d: 'in', l: text(line.in) };
    if ('out' in line) return { ...place, d: 'out', l: text(line.out) };
    if ('err' in line) return { ...place, d: 'err', l: line.err };
    if ('tooLong' in line)
      return { ...place, d: 'shim', e: { event: 'line-too-long', stream: 'out', bytes: line.tooLong } };
    return {
      ...place,
      d: 'shim',
      e: { event: 'exit', code: 0, signal: null, reason: 'exited', stderrDroppedBytes: 0, ...line.exit },
    };
  });
}

const began: Line[] = [
  { in: { id: 1, method: 'initialize', params: { protocolVersion: 1 } } },
  {
    out: {
      id: 1,
      result: {
        protocolVersion: 1,
        agentCapabilities: { loadSession: true },
        agentInfo: { name: 'a', version: '1' },
      },
    },
  },
  { in: { id: 2, method: 'session/new', params: { cwd: '/workspace', mcpServers: [] } } },
  { out: { id: 2, result: { sessionId: 's' } } },
  {
    in: {
      id: 3,
      method: 'session/prompt',
      params: { sessionId: 's', prompt: [{ type: 'text', text: 'Do it' }] },
    },
  },
];
const update = (body: object): Line => ({
  out: { method: 'session/update', params: { sessionId: 's', update: body } },
});
const chunk = (text: string, sessionUpdate = 'agent_message_chunk') =>
  update({ sessionUpdate, content: { type: 'text', text } });
const ask = (id: number | string): Line => ({
  out: {
    id,
    method: 'session/request_permission',
    params: {
      sessionId: 's',
      toolCall: { toolCallId: 't', title: 'Push' },
      options: [{ optionId: 'yes', name: 'Yes', kind: 'allow_once' }],
    },
  },
});
const allow = (id: number | string): Line => ({
  in: { id, result: { outcome: { outcome: 'selected', optionId: 'yes' } } },
});
const ended: Line = { out: { id: 3, result: { stopReason: 'end_turn' } } };
const user = { kind: 'user', text: 'Do it', offset: 50, at: 1004 };

describe('the state of a conversation, from its journal', () => {
  it.each<{ reason: string; given: Line[]; want: Partial<AcpState> }>([
    { reason: 'nothing was said', given: [], want: { phase: 'starting', nextRequestId: 1 } },
    {
      reason: 'initialize waits for its answer',
      given: began.slice(0, 1),
      want: {
        phase: 'starting',
        nextRequestId: 2,
        outstanding: [{ id: 1, method: 'initialize', offset: 10 }],
      },
    },
    {
      reason: 'the agent introduced itself',
      given: began.slice(0, 2),
      want: {
        phase: 'initialized',
        loadSession: true,
        agentInfo: { name: 'a', version: '1' },
        outstanding: [],
      },
    },
    { reason: 'there is a session', given: began.slice(0, 4), want: { phase: 'ready', sessionId: 's' } },
    {
      reason: 'a session was loaded',
      given: [
        ...began.slice(0, 2),
        { in: { id: 2, method: 'session/load', params: { sessionId: 'old', cwd: '/workspace' } } },
        { out: { id: 2, result: null } },
      ],
      want: { phase: 'ready', sessionId: 'old' },
    },
    {
      reason: 'a turn runs',
      given: began,
      want: { phase: 'prompting', nextRequestId: 4, transcript: [user] as never },
    },
    {
      reason: 'a turn ended',
      given: [...began, ended],
      want: { phase: 'ready', stopReason: 'end_turn', turnsEnded: 1 },
    },
    {
      reason: 'chunks are joined until something comes between',
      given: [...began, chunk('Hel'), chunk('lo'), chunk('hm', 'agent_thought_chunk'), chunk('!')],
      want: {
        transcript: [
          user,
          { kind: 'agent', text: 'Hello', offset: 60, at: 1005 },
          { kind: 'thought', text: 'hm', offset: 80, at: 1007 },
          { kind: 'agent', text: '!', offset: 90, at: 1008 },
        ] as never,
      },
    },
    {
      reason: 'a tool call carries its latest state',
      given: [
        ...began,
        update({ sessionUpdate: 'tool_call', toolCallId: 't', title: 'Read', kind: 'read' }),
        update({
          sessionUpdate: 'tool_call_update',
          toolCallId: 't',
          status: 'completed',
          content: [{ type: 'content', content: { type: 'text', text: 'x' } }],
        }),
      ],
      want: {
        transcript: [
          user,
          {
            kind: 'tool',
            toolCallId: 't',
            title: 'Read',
            toolKind: 'read',
            status: 'completed',
            content: [{ type: 'content', content: { type: 'text', text: 'x' } }],
            locations: [],
            offset: 60,
            at: 1005,
          },
        ] as never,
      },
    },
    {
      reason: 'the plan is the latest one',
      given: [
        ...began,
        update({ sessionUpdate: 'plan', entries: [{ content: 'one', priority: 'high', status: 'pending' }] }),
      ],
      want: { plan: [{ content: 'one', priority: 'high', status: 'pending' }] },
    },
    {
      reason: 'a permission with the id 0 waits',
      given: [...began, ask(0)],
      want: {
        pendingPermissions: [
          expect.objectContaining({ id: 0, key: '60:0', offset: 60, askedAt: 1005 }),
        ] as never,
      },
    },
    {
      reason: 'an answered permission waits no more',
      given: [...began, ask(0), allow(0)],
      want: { pendingPermissions: [] },
    },
    {
      reason: 'the answer to another id is not its answer',
      given: [...began, ask('0'), allow(0)],
      want: { pendingPermissions: [expect.objectContaining({ id: '0' })] as never },
    },
    {
      reason: 'an id used again is a new request',
      given: [...began, ask(0), allow(0), ask(0)],
      want: { pendingPermissions: [expect.objectContaining({ id: 0, key: '80:0' })] as never },
    },
    {
      reason: "our request 3 is not the agent's request 3",
      given: [...began, ask(3)],
      want: {
        outstanding: [expect.objectContaining({ id: 3 })] as never,
        pendingPermissions: [expect.objectContaining({ id: 3 })] as never,
      },
    },
    {
      reason: 'a turn that ends leaves no permission waiting',
      given: [...began, ask(0), ended],
      want: {
        pendingPermissions: [],
        phase: 'ready',
        transcript: [user, expect.objectContaining({ kind: 'permission', outcome: 'abandoned' })] as never,
      },
    },
    {
      reason: 'a late answer does no harm',
      given: [...began, ask(0), ended, allow(0)],
      want: { pendingPermissions: [], phase: 'ready' },
    },
    {
      reason: 'a request taken back still must be answered',
      given: [...began, ask(0), { out: { method: '$/cancel_request', params: { requestId: 0 } } }],
      want: { pendingPermissions: [expect.objectContaining({ withdrawn: true })] as never },
    },
    {
      reason: 'a request for files was not answered yet',
      given: [...began, { out: { id: 7, method: 'fs/read_text_file', params: {} } }],
      want: { unanswered: [{ id: 7, method: 'fs/read_text_file', offset: 60 }] },
    },
    {
      reason: 'it was refused',
      given: [
        ...began,
        { out: { id: 7, method: 'fs/read_text_file', params: {} } },
        { in: { id: 7, error: { code: -32601, message: 'no' } } },
      ],
      want: { unanswered: [] },
    },
    {
      reason: 'another version is refused',
      given: [began[0]!, { out: { id: 1, result: { protocolVersion: 9 } } }],
      want: { phase: 'failed', error: expect.objectContaining({ method: 'initialize' }) },
    },
    {
      reason: 'the agent wants authentication',
      given: [...began.slice(0, 3), { out: { id: 2, error: { code: -32000, message: 'Log in first' } } }],
      want: { phase: 'failed', error: { method: 'session/new', code: -32000, message: 'Log in first' } },
    },
    {
      reason: 'the process ended',
      given: [...began, ask(0), { exit: { code: null, signal: 'SIGKILL', reason: 'deadline' } }],
      want: {
        phase: 'exited',
        pendingPermissions: [],
        outstanding: [],
        exit: expect.objectContaining({ reason: 'deadline' }),
      },
    },
    {
      reason: 'standard error is no conversation',
      given: [...began, { err: '{"id":3,"result":{"stopReason":"end_turn"}}' }],
      want: { phase: 'prompting' },
    },
    {
      reason: "another session's update is not ours",
      given: [
        ...began,
        {
          out: {
            method: 'session/update',
            params: {
              sessionId: 'other',
              update: { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: 'x' } },
            },
          },
        },
      ],
      want: { transcript: [user] as never },
    },
  ])('$reason', ({ given, want }) => {
    expect(reduceAcpJournal(journal(...given))).toMatchObject(want);
  });

  it.each<{ reason: string; line: Line; code: string }>([
    { reason: 'a banner', line: { out: 'Welcome!' }, code: 'NOT_A_MESSAGE' },
    {
      reason: 'an update of a wrong shape',
      line: update({ sessionUpdate: 'tool_call', title: 5 }),
      code: 'INVALID_MESSAGE',
    },
    {
      reason: 'a permission without options',
      line: {
        out: {
          id: 1,
          method: 'session/request_permission',
          params: { sessionId: 's', toolCall: { toolCallId: 't' }, options: [] },
        },
      },
      code: 'INVALID_MESSAGE',
    },
    { reason: 'an answer nobody asked for', line: { out: { id: 99, result: {} } }, code: 'UNKNOWN_ANSWER' },
    { reason: 'a line that was too long', line: { tooLong: 9_000_000 }, code: 'LINE_TOO_LONG' },
  ])('$reason is told and changes nothing', ({ line, code }) => {
    const records = journal(...began, line);
    const state = initialAcpState();
    const events = records.flatMap(record => applyAcpRecord(state, record));
    expect(events).toEqual([expect.objectContaining({ type: 'error', code, fatal: false, offset: 60 })]);
    expect(state.phase).toBe('prompting');
    expect(state.transcript).toEqual([user]);
  });

  it('is the same in pieces as whole, and leaves what it was given alone', () => {
    const records = journal(...began, chunk('a'), ask(0), allow(0), chunk('b'), ended, { exit: {} });
    const whole = reduceAcpJournal(records);
    for (let cut = 0; cut <= records.length; cut++) {
      const first = reduceAcpJournal(records.slice(0, cut));
      const before = structuredClone(first);
      expect(reduceAcpJournal(records.slice(cut), first)).toEqual(whole);
      expect(first).toEqual(before);
    }
  });
});
