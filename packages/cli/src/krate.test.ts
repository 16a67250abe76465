import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { Terminal } from './__testUtils__/Terminal';
import { TestServer } from './__testUtils__/TestServer';

const ACME = 'krate-org-acme';
const manifest = (kind: string, name: string, more = '') =>
  `apiVersion: krate.a5c.ai/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name}${more} }\nspec: {}\n`;

describe('krate', () => {
  let server: TestServer;
  let terminal: Terminal;

  beforeEach(async () => {
    server = await TestServer.start();
    terminal = new Terminal();
    terminal.signIn(server.url, 'acme');
  });
  afterEach(async () => {
    terminal.close();
    await server.stop();
  });
  const krate = (...args: string[]) => terminal.krate(...args);

  describe('signing in', () => {
    it('trades the link for a token that only its owner can read', async () => {
      const { code, err, out } = await krate('login', `${server.url}/#sign-in=once`);
      expect(code).toBe(0);
      expect(err).toContain('krate org <name>`: acme, globex');
      expect(`${out}${err}`).not.toContain('good');
      expect(JSON.parse(readFileSync(terminal.configuration, 'utf8'))).toEqual({
        server: server.url,
        token: 'good',
        user: 'ada',
      });
      expect(statSync(terminal.configuration).mode.toString(8)).toBe('100600');
    });

    it('says what became of a used link', async () => {
      const { code, err } = await krate('login', `${server.url}/#sign-in=twice`);
      expect([code, err]).toEqual([
        4,
        'krate: That sign-in link was used already or has expired; ask for another.\n',
      ]);
    });

    it('chooses an organization of mine, and no other', async () => {
      expect((await krate('org', 'globex')).code).toBe(0);
      expect((await krate('org')).out).toBe('  acme\n* globex\n');
      expect(await krate('org', 'initech')).toMatchObject({
        code: 3,
        err: expect.stringContaining('yours: acme, globex'),
      });
    });

    it('takes server and token from the environment, for pipelines', async () => {
      const env = { KRATE_CONFIG: '/nowhere', KRATE_SERVER: `${server.url}/`, KRATE_TOKEN: 'good' };
      expect(await terminal.start(['whoami'], { env }).ended).toEqual({ code: 0, out: 'ada\n', err: '' });
    });

    it('makes links for others', async () => {
      expect((await krate('sign-in-link', 'bob')).out).toBe(`${server.url}/#sign-in=for-bob-sign-in\n`);
    });
  });

  describe('access tokens', () => {
    it('prints a new one alone, and says beside it when it ends', async () => {
      const { out, err } = await krate(
        'token',
        'create',
        'ci',
        '--read-only',
        '--only',
        'acme',
        '--expires',
        '30d',
      );
      expect(out).toBe('for-undefined-undefined\n');
      expect(err).toContain('ends on 2027-01-31');
      expect(server.requests.at(-1)?.body).toEqual({
        description: 'ci',
        readOnly: true,
        organizations: ['acme'],
        expiresInSeconds: 30 * 86_400,
      });
    });

    it('lists what each may, and which one is in use', async () => {
      const { out } = await krate('token', 'list');
      expect(out).toMatch(/t1\s+laptop \(this one\)\s+access\s+read and write\s+never\s+2027/);
      expect(out).toMatch(/t2\s+backup\s+access\s+read in acme/);
    });

    it.each([
      { reason: 'by its id', id: 't1', code: 0 },
      { reason: 'by its name', id: 'laptop', code: 0 },
      { reason: 'only if there is one', id: 'nothing', code: 3 },
    ])('revokes one $reason', async ({ id, code }) => {
      expect((await krate('token', 'revoke', id)).code).toBe(code);
      const sent = server.requests.map(({ method, path }) => `${method} ${path}`);
      expect(sent.includes('DELETE tokens/t1')).toBe(code === 0);
    });

    it('takes no duration that is none', async () => {
      expect((await krate('token', 'create', 'ci', '--expires', 'soon')).code).toBe(2);
    });
  });

  describe('the audit trail', () => {
    it('lists what matches in the organization that is meant', async () => {
      const { out } = await krate('audit', 'list', '--who', 'ada', '--kind', 'Team');
      expect(out).toMatch(/ada\s+create\s+Team\/krate-org-acme\/crew\s+allowed/);
      expect(server.requests.at(-1)?.query.toString()).toBe('org=acme&limit=50&who=ada&kind=Team');
    });

    it('prints the head of a whole chain, to note it down', async () => {
      const { code, out, err } = await krate('audit', 'verify', '--anchor', '2:abc');
      expect([code, out]).toEqual([0, '3:abc\n']);
      expect(err).toContain('3 events are as they were recorded');
      expect(server.requests.at(-1)?.query.get('anchor')).toBe('2:abc');
    });

    it('fails when the chain is broken, and says where', async () => {
      server.verification = { ok: false, brokenAt: 2, reason: 'an event is missing' };
      expect(await krate('audit', 'verify')).toMatchObject({
        code: 1,
        err: expect.stringContaining('broken at event 2: an event is missing'),
      });
    });
  });

  describe('exit codes', () => {
    const refusal = (code: number, reason: string) => () => ({ code, reason, message: reason });
    it.each([
      { reason: 'no such command', args: ['frob'], code: 2 },
      { reason: 'a missing argument', args: ['get'], code: 2 },
      { reason: 'a missing option', args: ['dispatch', '--stack', 'fixer'], code: 2 },
      { reason: 'a kind the server lacks', args: ['get', 'nonsense'], code: 2 },
      { reason: 'a verb that needs a name', args: ['describe', 'repo'], code: 2 },
      { reason: 'a method that is none', args: ['merge', 'web-1', '--method', 'magic'], code: 2 },
      { reason: 'an object that is not there', args: ['get', 'repo', 'nope'], code: 3 },
      { reason: 'help', args: ['--help'], code: 0 },
      { reason: 'the version', args: ['--version'], code: 0 },
    ])('$reason: $code', async ({ args, code }) => {
      expect((await krate(...args)).code).toBe(code);
    });

    it.each([
      { status: 401, reason: 'Unauthorized', code: 4 },
      { status: 403, reason: 'Forbidden', code: 4 },
      { status: 404, reason: 'NotFound', code: 3 },
      { status: 409, reason: 'Conflict', code: 5 },
      { status: 422, reason: 'Invalid', code: 1 },
      { status: 500, reason: 'InternalError', code: 1 },
    ])('the server refuses with $status: $code', async ({ status, reason, code }) => {
      server.refuse = refusal(status, reason);
      expect(await krate('get', 'repo')).toEqual({ code, out: '', err: `krate: ${reason}\n` });
    });

    it('nobody is signed in: 4', async () => {
      const { code, err } = await terminal.start(['status'], { env: { KRATE_CONFIG: '/nowhere' } }).ended;
      expect([code, err]).toEqual([4, expect.stringContaining('krate login <link>')]);
    });

    it('nothing answers: 1, with the address', async () => {
      const { url } = server;
      await server.stop();
      const { code, err } = await krate('get', 'repo');
      expect([code, err]).toEqual([1, expect.stringMatching(`No answer from ${url}: .*Is Krate running`)]);
      server = await TestServer.start();
    });
  });

  describe('reading', () => {
    beforeEach(() => {
      server.put('Repository', ACME, 'web', { spec: { topics: ['a', 'b'], text: 'one\n\ntwo\n' } });
      server.put('Repository', 'krate-org-globex', 'other', { spec: {} });
      server.put('Organization', 'krate-system', 'acme', { spec: {} });
    });

    it.each(['repositories', 'repository', 'Repository', 'repo', 'repos', 'REPO'])(
      'lists by the word %s, as a table',
      async word => {
        expect((await krate('get', word)).out).toBe('NAME   TOPICS\nweb    a,b\n');
      },
    );

    it('says when there is nothing, beside the data', async () => {
      expect(await krate('get', 'approvals')).toEqual({
        code: 0,
        out: '',
        err: `No agentapprovals in ${ACME}.\n`,
      });
    });

    it.each([
      { reason: 'another organization', args: ['--org', 'globex', 'get', 'repo'], shows: 'other' },
      { reason: 'a namespace', args: ['get', 'repo', '-n', 'krate-org-globex'], shows: 'other' },
      { reason: 'a kind of the platform', args: ['get', 'org'], shows: 'acme' },
    ])('looks in $reason', async ({ args, shows }) => {
      expect((await krate(...args)).out).toContain(shows);
    });

    it('lists what is in no namespace without an organization', async () => {
      terminal.signIn(server.url);
      server.put('Namespace', '', 'krate-system');
      expect((await krate('get', 'ns')).code).toBe(2);
      expect((await krate('get', 'namespaces')).out).toContain('krate-system');
      expect(await krate('get', 'repo')).toMatchObject({ code: 2, err: expect.stringContaining('--org') });
    });

    it.each([[['get', 'repo', 'web']], [['get', 'repo/web']]])(
      'shows one as YAML that reads well: %s',
      async args => {
        const { out } = await krate(...args);
        expect(out).toContain('name: web\n');
        expect(out).toContain('text: |\n    one\n\n    two\n');
      },
    );

    it('--json gives JSON and nothing else', async () => {
      expect(JSON.parse((await krate('get', 'repo', '--json')).out)).toMatchObject([
        { metadata: { name: 'web' } },
      ]);
      expect(JSON.parse((await krate('--json', 'get', 'repo', 'web')).out)).toMatchObject({
        metadata: { name: 'web' },
      });
      expect(JSON.parse((await krate('status', '--json')).out)).toEqual({
        ...{ server: server.url, version: 'v1.2.3+krate', user: 'ada', organization: 'acme' },
        ...{ pendingApprovals: 0, activeRuns: 0, openPullRequests: 0 },
      });
      expect(JSON.parse((await krate('version', '--json')).out)).toMatchObject({
        server: { version: 'v1.2.3+krate' },
      });
    });

    it('tells the version of the server, and does without one', async () => {
      expect((await krate('version')).out).toMatch(
        /^krate {3}\d+\.\d+\.\d+\nserver {2}v1\.2\.3\+krate \(http/,
      );
      const env = { KRATE_CONFIG: '/nowhere' };
      expect(await terminal.start(['version'], { env }).ended).toEqual({
        code: 0,
        out: expect.stringMatching(/^krate {3}\S+\n$/),
        err: '',
      });
    });

    it('says that no controller is installed for a kind, beside the data', async () => {
      server.put('PolicyBinding', ACME, 'careful', { spec: {} });
      const told =
        'No controller is installed for PolicyBinding: policybindings are kept as they are written, and get no status.\n';
      const file = terminal.write('binding.yaml', manifest('PolicyBinding', 'careful'));
      expect((await krate('get', 'policybindings')).err).toBe(told);
      expect((await krate('get', 'policybinding', 'careful')).err).toBe(told);
      expect((await krate('apply', '-f', file)).err).toBe(told);
      expect((await krate('describe', 'policybinding', 'careful')).out).toContain(
        'Conditions:\n  none: no controller is installed for PolicyBinding\n',
      );
      expect((await krate('kinds')).out).toMatch(/^policybindings +PolicyBinding +policy +none installed$/m);
      expect((await krate('kinds')).out).toMatch(
        /^organizations +Organization +org +control-plane +organization$/m,
      );
    });

    it('describes with conditions and events', async () => {
      const condition = { type: 'Ready', status: 'True', reason: 'Available', message: 'Clone it' };
      server.put('Repository', ACME, 'web', { status: { conditions: [condition] } });
      const { out } = await krate('describe', 'repo', 'web');
      expect(out).toContain('Conditions:\n  Ready  True     Available: Clone it\n\nEvents:\n  none\n');
    });

    it('makes the context of the organization current in a kubeconfig', async () => {
      expect((await krate('kubeconfig', '--org', 'globex')).out).toContain('current-context: krate-globex');
      expect((await krate('kubeconfig', '--org', 'initech')).code).toBe(3);
    });
  });

  describe('apply', () => {
    const names = () =>
      server.requests.filter(({ method }) => method === 'PATCH').map(({ path }) => path.split('/').pop());

    it('takes a file of several documents, in their order, as the manager krate', async () => {
      const file = terminal.write(
        'two.yaml',
        `${manifest('Repository', 'b')}---\n${manifest('Repository', 'a')}---\n`,
      );
      expect(await krate('apply', '-f', file)).toEqual({
        code: 0,
        out: 'Repository/b applied\nRepository/a applied\n',
        err: '',
      });
      expect(names()).toEqual(['b', 'a']);
      const [request] = server.requests.filter(({ method }) => method === 'PATCH');
      expect(Object.fromEntries(request.query)).toEqual({
        fieldManager: 'krate',
        force: 'false',
        fieldValidation: 'Strict',
      });
      expect(request.body.metadata.namespace).toBe(ACME);
    });

    it('takes a folder in the order of its names, and only manifests from it', async () => {
      mkdirSync(`${terminal.home}/all`);
      terminal.write('all/20.yml', manifest('Repository', 'second'));
      terminal.write('all/10.yaml', manifest('Repository', 'first'));
      terminal.write(
        'all/30.json',
        JSON.stringify({ apiVersion: 'v1', kind: 'Event', metadata: { name: 'third', namespace: ACME } }),
      );
      terminal.write('all/README.md', '# no manifest');
      await krate('apply', '-f', `${terminal.home}/all`);
      expect(names()).toEqual(['first', 'second', 'third']);
    });

    it('takes standard input, a List, and several sources', async () => {
      const file = terminal.write('a.yaml', manifest('Repository', 'a'));
      const list = `apiVersion: v1\nkind: List\nitems:\n- { apiVersion: krate.a5c.ai/v1alpha1, kind: Repository, metadata: { name: b } }\n`;
      const { ended } = terminal.start(['apply', '--json', '-f', file, '-f', '-'], { stdin: list });
      expect(JSON.parse((await ended).out)).toHaveLength(2);
      expect(names()).toEqual(['a', 'b']);
    });

    it('lets the server check, and takes fields over, only when told', async () => {
      const file = terminal.write('a.yaml', manifest('Repository', 'a'));
      expect((await krate('apply', '-f', file, '--dry-run', '--force')).out).toBe(
        'Repository/a applied (dry run)\n',
      );
      expect(Object.fromEntries(server.requests.at(-1)!.query)).toMatchObject({
        dryRun: 'All',
        force: 'true',
      });
    });

    it('stops at a refusal and says whose it was, with every cause', async () => {
      const file = terminal.write(
        'two.yaml',
        `${manifest('Repository', 'bad')}---\n${manifest('Repository', 'next')}`,
      );
      const causes = [{ field: 'spec.visibility', message: 'Unsupported value' }];
      server.refuse = ({ method }) =>
        method === 'PATCH' ? { code: 422, reason: 'Invalid', message: 'bad is invalid', causes } : undefined;
      expect(await krate('apply', '-f', file)).toEqual({
        code: 1,
        out: '',
        err: 'krate: Repository/bad: bad is invalid\n  spec.visibility: Unsupported value\n',
      });
      expect(names()).toEqual(['bad']);
    });

    it('waits for a new organization before what lives in it', async () => {
      const file = terminal.write(
        'org.yaml',
        `${manifest('Organization', 'new')}---\n${manifest('Repository', 'web', ', namespace: krate-org-new')}`,
      );
      const { ended, says } = terminal.start(['apply', '-f', file]);
      await says('Organization/new applied');
      expect(names()).toEqual(['new']);
      server.put('Organization', 'krate-system', 'new', {
        status: { conditions: [{ type: 'Ready', status: 'True' }] },
      });
      expect((await ended).out).toContain('Repository/web applied');
    });

    it.each([
      { reason: 'a path that is not there', source: 'nowhere.yaml' },
      { reason: 'a folder without manifests', source: '.' },
    ])('refuses $reason', async ({ source }) => {
      server.requests.length = 0;
      mkdirSync(`${terminal.home}/empty`);
      expect((await krate('apply', '-f', source === '.' ? `${terminal.home}/empty` : source)).code).toBe(2);
    });
  });

  it('deletes by kind and name', async () => {
    server.put('Repository', ACME, 'web', { spec: {} });
    expect((await krate('delete', 'repo/web')).out).toBe('Repository/web deleted\n');
    expect(server.get('repositories', ACME, 'web')).toBeUndefined();
  });

  describe('runs', () => {
    const dispatch = [
      'dispatch',
      '--repository',
      'web',
      '--stack',
      'fixer',
      '--task',
      'Mend it',
      '--ref',
      'next',
    ];
    const run = (status: object) => server.put('AgentDispatchRun', ACME, 'fixer-x1', { status });

    it('are dispatched with a name the server makes', async () => {
      expect((await krate(...dispatch)).out).toBe('fixer-x1\n');
      const { spec } = server.get('agentdispatchruns', ACME, 'fixer-x1')!;
      expect(spec).toEqual({
        repository: 'web',
        agentStack: 'fixer',
        task: 'Mend it',
        ref: 'refs/heads/next',
      });
    });

    it('are followed to their end, over a restart of the server', async () => {
      const { ended, says } = terminal.start([...dispatch, '--follow']);
      await says('pending');
      run({ phase: 'AwaitingApproval' });
      await says('waits for an approval');
      server.breakConnections();
      run({ phase: 'Completed', pullRequest: 'web-1' });
      expect(await ended).toEqual({
        ...{ code: 0, out: '' },
        err: 'dispatched fixer-x1\npending\nwaits for an approval (krate get approvals)\ncompleted; it opened web-1\n',
      });
    });

    it.each([
      {
        reason: 'fails',
        change: () => run({ phase: 'Failed', lastError: { code: 'budget', message: 'too dear' } }),
        code: 1,
        says: 'failed: too dear (budget)',
      },
      { reason: 'is cancelled', change: () => run({ phase: 'Cancelled' }), code: 1, says: 'cancelled' },
      {
        reason: 'is deleted',
        change: () => server.remove('agentdispatchruns', ACME, 'fixer-x1'),
        code: 3,
        says: 'was deleted',
      },
    ])('that $reason make the follower fail', async ({ change, code, says }) => {
      const started = terminal.start([...dispatch, '--follow']);
      await started.says('pending');
      change();
      expect(await started.ended).toMatchObject({ code, err: expect.stringContaining(says) });
    });

    it('are cancelled with a reason', async () => {
      run({ phase: 'Running' });
      await krate('cancel', 'fixer-x1', '--reason', 'wrong repository');
      expect(server.get('agentdispatchruns', ACME, 'fixer-x1')!.spec).toEqual({
        cancel: { reason: 'wrong repository' },
      });
    });

    it.each(['approve', 'deny'])('ask, and a person can %s', async decision => {
      server.put('AgentApproval', ACME, 'q1', { spec: {} });
      expect((await krate(decision, 'q1', '--comment', 'because')).code).toBe(0);
      expect(server.get('agentapprovals', ACME, 'q1')!.spec).toEqual({ decision, comment: 'because' });
    });
  });

  describe('logs', () => {
    const transcript = `agentdispatchattempts/${ACME}/fix-1/transcript`;
    const event = (text: string) => `${JSON.stringify({ type: 'message', text })}\n`;

    it('wait for the launch, then go on over a restart until the stream is sealed', async () => {
      server.put('AgentDispatchRun', ACME, 'fix', {
        spec: {},
        status: { phase: 'Queued', queuePosition: 2 },
      });
      const { ended, says } = terminal.start(['logs', '-f', 'fix']);
      await says('queued, position 2');
      server.put('AgentDispatchRun', ACME, 'fix', { status: { phase: 'Running', attemptRef: 'fix-1' } });
      server.write(transcript, event('größer'));
      await says('größer');
      server.breakConnections();
      server.write(transcript, event('two'));
      await says('two');
      server.write(transcript, event('three').trimEnd(), true);
      expect(await ended).toEqual({ code: 0, out: 'größer\ntwo\nthree\n', err: 'queued, position 2\n' });
    });

    it('say why there is no transcript, without waiting unless asked', async () => {
      server.put('AgentDispatchRun', ACME, 'fix', {
        spec: {},
        status: { phase: 'Queued', queuePosition: 2 },
      });
      expect(await krate('logs', 'fix')).toMatchObject({
        code: 3,
        err: expect.stringContaining('queued, position 2; `krate logs -f` waits'),
      });
      server.put('AgentDispatchRun', ACME, 'fix', {
        status: { phase: 'Failed', lastError: { code: 'denied', message: 'no' } },
      });
      expect(await krate('logs', '-f', 'fix')).toMatchObject({
        code: 3,
        err: expect.stringContaining('failed: no (denied)\n'),
      });
    });

    it('of a job are its output byte for byte, also when it has not begun or breaks off', async () => {
      server.put('Job', ACME, 'test', { spec: {}, status: { phase: 'Queued' } });
      expect((await krate('logs', 'test')).code).toBe(3);
      const { ended, says } = terminal.start(['logs', '-f', 'test']);
      server.write(`jobs/${ACME}/test/log`, 'größer\n\n');
      await says('größer');
      server.breakConnections();
      server.write(`jobs/${ACME}/test/log`, 'ok 1\nok 2\n', true);
      expect(await ended).toEqual({ code: 0, out: 'größer\n\nok 1\nok 2\n', err: '' });
    });

    it('name what is missing', async () => {
      expect(await krate('logs', 'nope')).toMatchObject({
        code: 3,
        err: 'krate: There is no run and no job named nope.\n',
      });
    });
  });

  describe('merge', () => {
    const pr = (status: object) =>
      server.put('PullRequest', ACME, 'web-1', { status: { headSha: 'abc', ...status } });
    const asked = () => server.get('pullrequests', ACME, 'web-1')!;
    const start = async (...args: string[]) => {
      const started = terminal.start(['merge', 'web-1', ...args]);
      for (;;) {
        if (server.requests.some(({ query }) => query.has('watch'))) return started;
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    };

    it('asks for the head one sees, and waits until it is merged', async () => {
      pr({});
      const { ended } = await start('--method', 'squash');
      expect(asked().spec.merge).toEqual({ method: 'squash', expectedHeadSha: 'abc' });
      pr({ phase: 'Merged', mergeCommit: 'def' });
      expect(await ended).toEqual({ code: 0, out: 'web-1 is merged as def\n', err: '' });
    });

    it('does not take an earlier refusal for its own', async () => {
      const refused = (message: string, observedGeneration: number) =>
        pr({
          // Of the whole status, which another reconciler may have written.
          observedGeneration: 1,
          mergeRefused: { code: 'gates', message },
          conditions: [{ type: 'Merged', status: 'False', observedGeneration }],
        });
      refused('an old one', 0);
      const { ended } = await start();
      refused('a check fails', 1);
      expect(await ended).toMatchObject({ code: 5, err: 'krate: web-1 was not merged: a check fails\n' });
    });

    it('gives up in time', async () => {
      pr({});
      expect(await krate('merge', 'web-1', '--timeout', '0.5')).toMatchObject({
        code: 6,
        err: expect.stringContaining('within 0.5 s'),
      });
    });
  });

  describe('issue', () => {
    const put = (name: string, spec: object) => server.put('Issue', ACME, name, { spec });
    const specOf = (name: string) => server.get('issues', ACME, name)!.spec;

    it('opens one with what is given', async () => {
      const { code } = await krate(
        ...['issue', 'create', '--repository', 'web', '--title', 'Prices', '--label', 'bug', 'now'],
      );
      expect(code).toBe(0);
      expect(server.requests.at(-1)!.body).toMatchObject({
        kind: 'Issue',
        spec: { repository: 'web', title: 'Prices', labels: ['bug', 'now'] },
      });
    });

    it('lists those with a label', async () => {
      put('web-1', { title: 'One', state: 'open', labels: ['bug'] });
      put('web-2', { title: 'Two', state: 'open', labels: [] });
      const { out } = await krate('issue', 'list', '--state', 'all', '--label', 'bug');
      expect(out).toContain('web-1');
      expect(out).not.toContain('web-2');
    });

    it.each([
      { args: ['comment', 'web-1', 'Seen'], said: 'commented on', want: { comment: { body: 'Seen' } } },
      { args: ['close', 'web-1'], said: 'closed', want: { state: 'closed', stateReason: 'completed' } },
      { args: ['reopen', 'web-1'], said: 'open again', want: { state: 'open' } },
    ])('$args.0', async ({ args, said, want }) => {
      put('web-1', { title: 'One' });
      expect((await krate('issue', ...args)).out).toBe(`web-1 is ${said}\n`);
      expect(specOf('web-1')).toMatchObject(want);
    });
  });

  describe('webhook', () => {
    const delivery = (name: string, at: string, status: object) =>
      server.put('WebhookDelivery', ACME, name, {
        metadata: { name, creationTimestamp: at },
        spec: { subscription: 'chat', eventType: 'run.failed' },
        status,
      });

    it('asks for a ping, another one each time', async () => {
      server.put('WebhookSubscription', ACME, 'chat');
      const ids = new Set<string>();
      for (let turn = 0; turn < 2; turn += 1) {
        expect((await krate('webhook', 'test', 'chat')).code).toBe(0);
        ids.add(server.get('webhooksubscriptions', ACME, 'chat')!.spec.test.id);
      }
      expect(ids.size).toBe(2);
    });

    it('lists what a listener was sent, and why it was not accepted', async () => {
      delivery('chat-1', '2026-01-01T00:00:00Z', {
        phase: 'Delivered',
        response: { status: 204 },
        attemptCount: 1,
      });
      delivery('chat-2', '2026-01-02T00:00:00Z', { phase: 'Failed', attempts: [{ code: 'TimedOut' }] });
      const lines = (await krate('webhook', 'deliveries', 'chat')).out.trim().split('\n');
      expect(lines[1]).toMatch(/^chat-2 .*Failed.*TimedOut/);
      expect(lines[2]).toMatch(/^chat-1 .*Delivered.*204/);
    });

    it('has a message sent again', async () => {
      delivery('chat-1', '2026-01-01T00:00:00Z', { phase: 'Failed' });
      await krate('webhook', 'replay', 'chat-1', '--reason', 'they were down');
      expect(server.get('webhookdeliveries', ACME, 'chat-1')!.spec.replay).toEqual({
        reason: 'they were down',
      });
    });
  });

  describe('git-credential', () => {
    const ask = (operation: string, host: string, protocol = 'http') =>
      terminal.start(['git-credential', operation], {
        stdin: `protocol=${protocol}\nhost=${host}\nwwwauth[]=Basic realm="x=y"\n\n`,
      }).ended;

    it('answers its own server', async () => {
      expect(await ask('get', new URL(server.url).host)).toEqual({
        code: 0,
        out: 'username=ada\npassword=good\n',
        err: '',
      });
    });

    it.each([
      { reason: 'another host', operation: 'get', host: () => 'example.org' },
      { reason: 'another port', operation: 'get', host: () => '127.0.0.1:1' },
      {
        reason: 'another protocol',
        operation: 'get',
        host: () => new URL(server.url).host,
        protocol: 'https',
      },
      { reason: 'store', operation: 'store', host: () => new URL(server.url).host },
      { reason: 'erase', operation: 'erase', host: () => new URL(server.url).host },
    ])('keeps silent for $reason', async ({ operation, host, protocol }) => {
      expect(await ask(operation, host(), protocol)).toEqual({ code: 0, out: '', err: '' });
    });
  });

  describe('completion', () => {
    it('for bash is valid, and completes commands and then their options', async () => {
      const { out } = await krate('completion', 'bash');
      execFileSync('bash', ['-n'], { input: out });
      const complete = (...words: string[]) =>
        execFileSync('bash', ['-s'], {
          input: `${out}\nCOMP_WORDS=(${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _krate; printf '%s\\n' "\${COMPREPLY[@]}"`,
          encoding: 'utf8',
        })
          .split('\n')
          .filter(Boolean);
      expect(complete('krate', 'de')).toEqual(['describe', 'delete', 'deny']);
      expect(complete('krate', 'apply', '--f')).toEqual(['--filename', '--force']);
      expect(complete('krate', '--json', 'merge', '--me')).toEqual(['--method']);
    });

    it.each(['zsh', 'fish'])('for %s names every command', async shell => {
      expect((await krate('completion', shell)).out).toContain('dispatch');
    });

    it('knows no other shell', async () => {
      expect((await krate('completion', 'tcsh')).code).toBe(2);
    });
  });

  it('is no failure when the reader has seen enough', () => {
    const bin = require.resolve('../bin/krate.js');
    const script = `"$0" "$1" help 2>&1 | true; echo "\${PIPESTATUS[0]}"`;
    expect(execFileSync('bash', ['-c', script, process.execPath, bin], { encoding: 'utf8' })).toBe('0\n');
  });
});
