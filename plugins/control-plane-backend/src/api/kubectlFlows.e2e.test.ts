import { aWidget } from '../resources/__testUtils__/startService';
import { kubectlTitle, startKubectl, TestKubectl, withKubectl } from './__testUtils__/startKubectl';

const WIDGETS = '/apis/krate.a5c.ai/v1alpha1/namespaces/team-a/widgets';

// Every call is a process of its own, and finds others at work.
jest.setTimeout(120_000);

withKubectl(kubectlTitle('what people do with kubectl'), () => {
  let started: TestKubectl;
  beforeAll(async () => {
    started = await startKubectl();
  });
  afterAll(() => started.stop());

  const kubectl: TestKubectl['kubectl'] = (...call) => started.kubectl(...call);
  const ok: TestKubectl['ok'] = (...call) => started.ok(...call);
  const typo = (name: string) => aWidget(name, { colour: 'blue' });

  it.each([
    { level: 'strict', code: 1, says: /unknown field "spec.colour"/ },
    { level: 'warn', code: 0, says: /Warning: unknown field "spec.colour"/ },
    { level: 'ignore', code: 0, says: /^$/ },
  ])('validates fields by --validate=$level', async ({ level, code, says }) => {
    const ran = await kubectl(['create', `--validate=${level}`, '-f', '-'], typo(`v-${level}`));
    expect(ran.code).toBe(code);
    expect(ran.err).toMatch(says);
  });

  it.each(['plaintext', 'plaintext-openapiv2'])('explains to the leaf by %s', async output => {
    const explain = (field: string, ...more: string[]) =>
      ok(['explain', field, `--output=${output}`, '--api-version=krate.a5c.ai/v1alpha1', ...more]);
    expect(await explain('widget.spec.color')).toContain('What it looks like.');
    expect(await explain('widget.spec.parts.count')).toMatch(/FIELD:\s+count.*integer/s);
    expect(await explain('widget.metadata.ownerReferences.uid')).toContain('UID of the owner');
    expect(await explain('widget', '--recursive')).toMatch(/parts\s.*count\s.*lastTransitionTime/s);
    const missing = await kubectl(['explain', 'widget.spec.nothing', `--output=${output}`]);
    expect(missing.err).toContain('field "nothing" does not exist');
  });

  it.each([
    { cascade: 'background', left: '' },
    { cascade: 'foreground', left: 'foregroundDeletion' },
    { cascade: 'orphan', left: 'orphan' },
  ])('deletes with --cascade=$cascade', async ({ cascade, left }) => {
    const name = `c-${cascade}`;
    await ok(['create', '-f', '-'], aWidget(name));
    await ok(['delete', 'widget', name, `--cascade=${cascade}`, '--wait=false']);
    const { out } = await kubectl(['get', 'widget', name, '-o', 'jsonpath={.metadata.finalizers[0]}']);
    expect(out).toBe(left);
  });

  it('tells of events by their kind, and of tables with wide columns', async () => {
    await ok(['create', '-f', '-'], aWidget('seen'));
    const watching = started.spawn(['get', 'widget', 'seen', '-w', '--output-watch-events', '-o', 'wide']);
    try {
      let out = '';
      watching.stdout!.on('data', data => (out += data));
      const until = async (pattern: RegExp) => {
        const deadline = Date.now() + 30_000;
        while (!pattern.test(out) && Date.now() < deadline)
          await new Promise(resolve => setTimeout(resolve, 20));
        expect(out).toMatch(pattern);
      };
      await until(/^EVENT\s+NAME\s+COLOR\s+SIZE\s+READY\s+AGE\nADDED\s+seen\s+red\s+3/);
      await ok(['patch', 'widget', 'seen', '--type=merge', '-p', '{"spec":{"size":5}}']);
      await until(/MODIFIED\s+seen\s+red\s+5/);
      await ok(['delete', 'widget', 'seen']);
      await until(/DELETED\s+seen/);
    } finally {
      watching.kill();
    }
  });

  it('says who manages which field, and takes over from client-side apply', async () => {
    await ok(['apply', '-f', '-'], aWidget('moved', { serial: 'a' }));
    await ok(['apply', '--server-side', '-f', '-'], aWidget('moved', { serial: 'a' }));
    await ok(['apply', '--server-side', '-f', '-'], aWidget('moved', { serial: 'a', size: 4 }));
    const shown = await ok(['get', 'widget', 'moved', '-o', 'json', '--show-managed-fields']);
    const managers = JSON.parse(shown).metadata.managedFields.map(
      ({ manager, operation }: { manager: string; operation: string }) => `${manager} ${operation}`,
    );
    expect(managers).toEqual(['kubectl Apply', 'kubectl-last-applied Apply']);
    const diff = await kubectl(
      ['diff', '--server-side', '-f', '-'],
      aWidget('moved', { serial: 'a', size: 5 }),
    );
    expect(diff).toMatchObject({ code: 1, out: expect.stringMatching(/-\s+size: 4\n\+\s+size: 5/) });
    const last = await kubectl(['apply', 'view-last-applied', 'widget', 'moved']);
    expect(last.out + last.err).toMatch(/color: red|no last-applied/);
  });

  it('asks for one version of a list, in pages or whole', async () => {
    const version = async () => JSON.parse(await ok(['get', '--raw', `${WIDGETS}`])).metadata.resourceVersion;
    const then = await version();
    await ok(['create', '-f', '-'], aWidget('later'));
    const names = async (query: string) =>
      JSON.parse(await ok(['get', '--raw', `${WIDGETS}?${query}`])).items.map(
        (item: any) => item.metadata.name,
      );
    expect(await names(`resourceVersion=${then}&resourceVersionMatch=Exact`)).not.toContain('later');
    expect(await names(`resourceVersion=${then}&resourceVersionMatch=NotOlderThan`)).toContain('later');
  });
});
