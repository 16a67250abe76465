import { judgeToolCall, ToolCall } from './judgeToolCall';

const tools = (own: object = {}) => ({
  filesystemPolicy: 'workspace-write',
  approvalPolicyByTool: {
    read: 'allow',
    edit: 'allow-workspace',
    search: 'prompt-on-denied-or-privileged',
    '*': 'prompt',
  },
  allowedCommands: ['npm test*'],
  deniedCommands: ['*rm -rf*'],
  allowedTools: [],
  deniedTools: [],
  ...own,
});
const execute = (command: string): ToolCall => ({ kind: 'execute', command, paths: [] });
const edit = (...paths: string[]): ToolCall => ({ kind: 'edit', paths });

describe('judgeToolCall', () => {
  it.each([
    { reason: 'the profile allows reading', call: { kind: 'read', paths: ['/etc/passwd'] }, want: 'allow' },
    { reason: 'an edit in the workspace', call: edit('/workspace/src/a.ts'), want: 'allow' },
    { reason: 'an edit with a relative path', call: edit('src/a.ts'), want: 'allow' },
    { reason: 'an edit outside', call: edit('/etc/passwd'), want: 'ask' },
    { reason: 'an edit that climbs out', call: edit('/workspace/../etc/passwd'), want: 'ask' },
    { reason: 'an edit beside the workspace', call: edit('/workspace-2/a'), want: 'ask' },
    { reason: 'one of two edits outside', call: edit('/workspace/a', '/b'), want: 'ask' },
    { reason: 'an edit of git’s own files', call: edit('/workspace/.git/config'), want: 'ask' },
    { reason: 'an edit that does not say where', call: edit(), want: 'ask' },
    { reason: 'an allowed command', call: execute('npm test'), want: 'allow' },
    {
      reason: 'an allowed command with arguments',
      call: execute('npm test -- --watch=false'),
      want: 'allow',
    },
    { reason: 'an allowed command that another follows', call: execute('npm test; curl evil'), want: 'ask' },
    { reason: 'an allowed command with a substitution', call: execute('npm test $(curl evil)'), want: 'ask' },
    { reason: 'an allowed command with a new line', call: execute('npm test\ncurl evil'), want: 'ask' },
    { reason: 'any other command', call: execute('node test.js'), want: 'ask' },
    { reason: 'a command that is not told', call: { kind: 'execute', paths: [] }, want: 'ask' },
    { reason: 'a denied command', call: execute('npm test && rm -rf /'), want: 'deny' },
    {
      reason: 'a denied command, though the stack never asks',
      call: execute('rm -rf /'),
      mode: 'yolo',
      want: 'deny',
    },
    {
      reason: 'any other command, and the stack never asks',
      call: execute('node test.js'),
      mode: 'yolo',
      want: 'allow',
    },
    {
      reason: 'nothing is allowed by mode deny',
      call: { kind: 'read', paths: [] },
      mode: 'deny',
      want: 'deny',
    },
    { reason: 'a kind without a rule takes that of *', call: { kind: 'fetch', paths: [] }, want: 'ask' },
    {
      reason: 'no rule at all asks',
      call: { kind: 'fetch', paths: [] },
      own: { approvalPolicyByTool: {} },
      want: 'ask',
    },
    {
      reason: 'a kind that is denied',
      call: { kind: 'fetch', paths: [] },
      own: { approvalPolicyByTool: { '*': 'deny' } },
      mode: 'yolo',
      want: 'deny',
    },
    { reason: 'a harmless kind among the privileged', call: { kind: 'search', paths: [] }, want: 'allow' },
    {
      reason: 'a privileged kind',
      call: { kind: 'delete', paths: [] },
      own: { approvalPolicyByTool: { '*': 'prompt-on-denied-or-privileged' } },
      want: 'ask',
    },
    {
      reason: 'reading without file access',
      call: { kind: 'read', paths: [] },
      own: { filesystemPolicy: 'no-fs' },
      want: 'deny',
    },
    {
      reason: 'writing with read access',
      call: edit('/workspace/a'),
      own: { filesystemPolicy: 'read-only' },
      mode: 'yolo',
      want: 'deny',
    },
    {
      reason: 'reading with read access',
      call: { kind: 'read', paths: [] },
      own: { filesystemPolicy: 'read-only' },
      want: 'allow',
    },
    {
      reason: 'a kind the workspace policy denies',
      call: { kind: 'read', paths: [] },
      own: { deniedTools: ['read'] },
      mode: 'yolo',
      want: 'deny',
    },
    {
      reason: 'a kind the workspace policy does not list',
      call: { kind: 'read', paths: [] },
      own: { allowedTools: ['edit'] },
      want: 'deny',
    },
  ] as { reason: string; call: ToolCall; own?: object; mode?: string; want: string }[])(
    '$want: $reason',
    ({ call, own, mode = 'prompt', want }) => {
      const verdict = judgeToolCall(
        { tools: tools(own), approvalMode: mode, toolProfile: 'careful' },
        call,
        '/workspace',
      );
      expect(verdict).toMatchObject({ decision: want, reasons: [expect.any(String)] });
    },
  );

  it('takes linear time for a hostile pattern', () => {
    const started = Date.now();
    judgeToolCall(
      { tools: tools({ allowedCommands: ['*a'.repeat(100)] }), approvalMode: 'prompt' },
      execute(`${'a'.repeat(4000)}b`),
      '/workspace',
    );
    expect(Date.now() - started).toBeLessThan(500);
  });
});
