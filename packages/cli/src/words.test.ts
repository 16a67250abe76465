import { ApiObject } from './ApiClient';
import { parseCredentialInput } from './commands/gitCredential';
import { parseSignInLink } from './commands/login';
import { parseManifests } from './manifests';
import { parseNamedTarget, parseTarget } from './parseTarget';
import { progressLine } from './progressLine';
import { createTranscriptReader, parseEvent } from './transcriptLine';

describe('a sign-in link', () => {
  it.each([
    {
      reason: 'as printed',
      link: 'http://127.0.0.1:7007/#sign-in=abc',
      want: { server: 'http://127.0.0.1:7007', token: 'abc' },
    },
    {
      reason: 'without a slash',
      link: 'https://krate.example#sign-in=a_b-c',
      want: { server: 'https://krate.example', token: 'a_b-c' },
    },
    {
      reason: 'below a path',
      link: 'https://example.org/krate/#sign-in=x',
      want: { server: 'https://example.org/krate', token: 'x' },
    },
    {
      reason: 'pasted with space around it',
      link: ' http://a/#sign-in=x\n',
      want: { server: 'http://a', token: 'x' },
    },
  ])('$reason', ({ link, want }) => {
    expect(parseSignInLink(link)).toEqual(want);
  });

  it.each(['http://127.0.0.1:7007/', '#sign-in=abc', 'ftp://a/#sign-in=x', 'http://a/#sign-in=', 'abc'])(
    'is not %s',
    link => {
      expect(() => parseSignInLink(link)).toThrow('That is no sign-in link');
    },
  );
});

describe('manifests', () => {
  const head = 'apiVersion: v1\nkind: Secret\n';
  it.each([
    { reason: 'one document', text: `${head}metadata: { name: a }`, names: ['a'] },
    {
      reason: 'several documents',
      text: `${head}metadata: { name: a }\n---\n${head}metadata: { name: b }\n`,
      names: ['a', 'b'],
    },
    {
      reason: 'empty documents and comments',
      text: `---\n# nothing\n---\n${head}metadata: { name: a }\n---\n`,
      names: ['a'],
    },
    { reason: 'JSON', text: '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"}}', names: ['a'] },
    {
      reason: 'a list',
      text: `apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: Secret, metadata: { name: a } }]`,
      names: ['a'],
    },
    { reason: 'nothing', text: '', names: [] },
  ])('$reason', ({ text, names }) => {
    expect(parseManifests(text, 'x.yaml').map(({ metadata }) => metadata.name)).toEqual(names);
  });

  it.each([
    { reason: 'broken YAML', text: 'a: [', says: 'x.yaml: ' },
    { reason: 'no kind', text: 'apiVersion: v1', says: 'x.yaml: a manifest needs apiVersion and kind' },
    { reason: 'no apiVersion', text: 'kind: Secret', says: 'x.yaml: a manifest needs apiVersion and kind' },
    { reason: 'no object', text: 'just words', says: 'x.yaml: a manifest needs apiVersion and kind' },
    { reason: 'no name', text: head, says: 'x.yaml: a Secret has no metadata.name' },
  ])('refuses $reason, and says in which file', ({ text, says }) => {
    expect(() => parseManifests(text, 'x.yaml')).toThrow(says);
  });
});

describe('a target', () => {
  it.each([
    { words: ['repo'], want: { kind: 'repo' } },
    { words: ['repo', 'web'], want: { kind: 'repo', name: 'web' } },
    { words: ['repo/web'], want: { kind: 'repo', name: 'web' } },
    { words: ['repo/'], want: { kind: 'repo' } },
  ])('$words', ({ words, want }) => {
    expect(parseTarget(words)).toEqual(want);
  });

  it('is one object', () => {
    expect(() => parseTarget(['repo', 'a', 'b'])).toThrow('One object at a time');
    expect(() => parseNamedTarget(['repo'], 'Delete')).toThrow('Delete which one?');
  });
});

describe("git's question", () => {
  it.each([
    {
      reason: 'key and value',
      text: 'protocol=https\nhost=a:1\n\n',
      want: { protocol: 'https', host: 'a:1' },
    },
    { reason: 'a value with an equals sign', text: 'path=a=b\n', want: { path: 'a=b' } },
    { reason: 'a line that is none', text: 'nonsense\nhost=a\n', want: { host: 'a' } },
    { reason: 'nothing', text: '', want: {} },
  ])('$reason', ({ text, want }) => {
    expect(parseCredentialInput(text)).toEqual(want);
  });
});

describe('the progress of a run', () => {
  it.each([
    { status: undefined, want: 'pending' },
    { status: { phase: 'Queued' }, want: 'queued' },
    { status: { phase: 'Queued', queuePosition: 3 }, want: 'queued, position 3' },
    { status: { phase: 'AwaitingApproval' }, want: 'waits for an approval (krate get approvals)' },
    { status: { phase: 'Running' }, want: 'running' },
    { status: { phase: 'Completed' }, want: 'completed without a change' },
    { status: { phase: 'Completed', pullRequest: 'web-1' }, want: 'completed; it opened web-1' },
    { status: { phase: 'Failed' }, want: 'failed: no reason given (unknown)' },
    {
      status: { phase: 'Failed', lastError: { code: 'budget', message: 'too dear' } },
      want: 'failed: too dear (budget)',
    },
    { status: { phase: 'Cancelled' }, want: 'cancelled' },
  ])('$want', ({ status, want }) => {
    expect(progressLine({ status } as ApiObject)).toBe(want);
  });
});

describe('a line of a transcript', () => {
  it.each([
    { event: { type: 'message', text: 'Hello' }, want: 'Hello' },
    { event: { type: 'thought', text: 'hm' }, want: '… hm' },
    { event: { type: 'tool-call', title: 'Read a.js' }, want: '▸ Read a.js' },
    { event: { type: 'tool-call', kind: 'read', status: 'in_progress' }, want: '▸ read' },
    { event: { type: 'tool-call', title: 'Run', status: 'failed' }, want: '✗ Run' },
    { event: { type: 'tool-output', text: 'ok 1' }, want: 'ok 1' },
    { event: { type: 'tool-output', path: 'a.js', newText: 'x' }, want: '± a.js' },
    { event: { type: 'permission', title: 'Run npm test' }, want: '? asks: Run npm test' },
    { event: { type: 'decision', outcome: 'approved', by: 'bob' }, want: '! approved by bob' },
    { event: { type: 'ended', reason: 'completed' }, want: '■ completed' },
    { event: { type: 'ended', reason: 'AgentCrashed', text: 'killed' }, want: '■ AgentCrashed: killed' },
    { event: { type: 'usage', inputTokens: 3 }, want: undefined },
    { event: { type: 'message', text: 'a\u001b[2Jb\n\tc' }, want: 'a[2Jb\n\tc' },
  ])('$event.type: $want', ({ event, want }) => {
    expect(createTranscriptReader()(parseEvent(JSON.stringify(event)))).toBe(want);
  });

  it('tells of a call once, unless it fails', () => {
    const read = createTranscriptReader();
    const call = (id: string, status: string) => read({ type: 'tool-call', id, title: `Run ${id}`, status });
    const statuses = ['pending', 'in_progress', 'completed'];
    expect(statuses.map(status => call('a', status))).toEqual(['▸ Run a', undefined, undefined]);
    expect([call('b', 'pending'), call('b', 'failed')]).toEqual(['▸ Run b', '✗ Run b']);
  });

  it.each(['{"type":"mess', '', '3', 'null', '{"text":"x"}'])('that is no event is left out: %s', line => {
    expect(createTranscriptReader()(parseEvent(line))).toBeUndefined();
  });
});
