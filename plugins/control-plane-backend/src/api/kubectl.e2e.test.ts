import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aWidget } from '../resources/__testUtils__/startService';
import { kubectlTitle, startKubectl, TestKubectl, withKubectl } from './__testUtils__/startKubectl';

// Every call is a process of its own, and finds others at work.
jest.setTimeout(120_000);

withKubectl(kubectlTitle('the real kubectl'), () => {
  let started: TestKubectl;
  beforeAll(async () => {
    started = await startKubectl();
  });
  afterAll(() => started.stop());

  const kubectl: TestKubectl['kubectl'] = (...call) => started.kubectl(...call);
  const ok: TestKubectl['ok'] = (...call) => started.ok(...call);

  it('creates, gets, tables and names', async () => {
    expect(await ok(['create', '-f', '-'], aWidget('one', {}, { labels: { a: 'b' } }))).toBe(
      'widget.krate.a5c.ai/one created\n',
    );
    const yaml = await ok(['get', 'widget', 'one', '-o', 'yaml']);
    expect(yaml).toContain('color: red');
    expect(yaml).toContain('resourceVersion: "');
    expect(await ok(['get', 'wd'])).toMatch(/^NAME\s+COLOR\s+READY\s+AGE\none\s+red\s+\d+s\n$/);
    expect(await ok(['get', 'widgets', '-A', '-o', 'wide', '-l', 'a in (b,c)'])).toMatch(
      /NAMESPACE\s+NAME\s+COLOR\s+SIZE/,
    );
    expect(await ok(['get', 'all'])).toContain('one');
    expect(await ok(['get', 'widgets', '--field-selector', 'spec.color=blue', '-o', 'name'])).toBe('');
    const missing = await kubectl(['get', 'widget', 'two']);
    expect(missing.err).toContain('widgets.krate.a5c.ai "two" not found');
    const again = await kubectl(['create', '-f', '-'], aWidget('one'));
    expect(again.err).toContain('already exists');
  });

  it('refuses misspelt fields before they are stored', async () => {
    const { code, err } = await kubectl(['create', '-f', '-'], aWidget('misspelt', { colour: 'red' }));
    expect(code).not.toBe(0);
    expect(err).toContain('strict decoding error: unknown field "spec.colour"');
    const warned = await kubectl(
      ['create', '--validate=warn', '-f', '-'],
      aWidget('misspelt', { colour: 'red' }),
    );
    expect(warned).toMatchObject({ code: 0, err: expect.stringContaining('unknown field "spec.colour"') });
  });

  it('pages long lists', async () => {
    for (const n of [1, 2, 3, 4, 5]) await ok(['create', '-n', 'team-b', '-f', '-'], aWidget(`page-${n}`));
    const names = await ok(['get', 'widgets', '-n', 'team-b', '--chunk-size=2', '-o', 'name']);
    expect(names.trim().split('\n')).toHaveLength(5);
  });

  it('applies, says unchanged, diffs', async () => {
    const manifest = aWidget('applied');
    expect(await ok(['apply', '-f', '-'], manifest)).toContain('created');
    expect(await ok(['apply', '-f', '-'], manifest)).toContain('unchanged');
    const changed = aWidget('applied', { size: 4 });
    const diff = await kubectl(['diff', '-f', '-'], changed);
    expect(diff).toMatchObject({ code: 1, out: expect.stringMatching(/-\s+size: 3\n\+\s+size: 4/) });
    expect(await ok(['apply', '-f', '-'], changed)).toContain('configured');
    expect((await kubectl(['diff', '-f', '-'], changed)).code).toBe(0);
  });

  it('applies a List, for which it asks for OpenAPI v2', async () => {
    const items = [aWidget('listed-1'), aWidget('listed-2')];
    const applied = await ok(['apply', '-f', '-'], { apiVersion: 'v1', kind: 'List', items });
    expect(applied.match(/created/g)).toHaveLength(2);
  });

  it('applies on the server, and settles conflicts between managers', async () => {
    const as = (manager: string, ...more: string[]) => [
      'apply',
      '--server-side',
      `--field-manager=${manager}`,
      ...more,
      '-f',
      '-',
    ];
    expect(await ok(as('ann'), aWidget('shared'))).toContain('serverside-applied');
    const conflict = await kubectl(as('ben'), aWidget('shared', { color: 'blue' }));
    expect(conflict.err).toMatch(/conflict with "ann": \.spec\.color/);
    expect(await ok(as('ben', '--force-conflicts'), aWidget('shared', { color: 'blue' }))).toContain(
      'serverside-applied',
    );
    // From client-side to server-side: kubectl migrates its own managedFields by a JSON patch.
    await ok(['apply', '-f', '-'], aWidget('migrated'));
    expect(await ok(['apply', '--server-side', '-f', '-'], aWidget('migrated', { color: 'blue' }))).toContain(
      'serverside-applied',
    );
    const managers = await ok([
      'get',
      'widget',
      'migrated',
      '--show-managed-fields',
      '-o',
      'jsonpath={.metadata.managedFields[*].manager}',
    ]);
    expect(managers).not.toContain('kubectl-client-side-apply');
  });

  it('patches by merge and JSON patch, and says why not by strategic merge', async () => {
    await ok(['patch', 'widget', 'one', '--type=merge', '-p', '{"spec":{"size":5}}']);
    await ok([
      'patch',
      'widget',
      'one',
      '--type=json',
      '-p',
      '[{"op":"replace","path":"/spec/color","value":"green"}]',
    ]);
    expect(await ok(['get', 'widget', 'one', '-o', 'jsonpath={.spec.size} {.spec.color}'])).toBe('5 green');
    const strategic = await kubectl(['patch', 'widget', 'one', '-p', '{"spec":{"size":6}}']);
    expect(strategic.err).toMatch(/application\/merge-patch\+json|UnsupportedMediaType/);
    await ok([
      'patch',
      'widget',
      'one',
      '--subresource=status',
      '--type=merge',
      '-p',
      '{"status":{"phase":"Busy"}}',
    ]);
    expect(await ok(['get', 'widget', 'one', '--subresource=status', '-o', 'jsonpath={.status.phase}'])).toBe(
      'Busy',
    );
  });

  it('labels, annotates, replaces', async () => {
    expect(await ok(['label', 'widget', 'one', 'tier=gold'])).toContain('labeled');
    expect(await ok(['annotate', 'widget', 'one', 'note=hello'])).toContain('annotated');
    expect(await ok(['get', 'widgets', '-l', 'tier=gold', '-o', 'name'])).toBe('widget.krate.a5c.ai/one\n');
    expect(await ok(['replace', '-f', '-'], aWidget('one', { size: 7 }))).toContain('replaced');
    const stale = aWidget('one', { size: 8 }, { resourceVersion: '1' });
    expect((await kubectl(['replace', '-f', '-'], stale)).err).toContain('the object has been modified');
  });

  it('explains, and knows its resources', async () => {
    const explained = await ok(['explain', 'widget.spec.color']);
    expect(explained).toContain('What it looks like.');
    expect(await ok(['explain', 'widgets'])).toContain('A thing with a colour.');
    expect(await ok(['api-resources'])).toMatch(/widgets\s+wd\s+krate\.a5c\.ai\/v1alpha1\s+true\s+Widget/);
    expect(await ok(['api-versions'])).toContain('krate.a5c.ai/v1alpha1');
    expect(await ok(['version'])).toContain('Server Version: v1.32');
  });

  it('describes an object with its events', async () => {
    const uid = await ok(['get', 'widget', 'one', '-o', 'jsonpath={.metadata.uid}']);
    await ok(['create', '-f', '-'], {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'one.1', namespace: 'team-a' },
      involvedObject: {
        apiVersion: 'krate.a5c.ai/v1alpha1',
        kind: 'Widget',
        name: 'one',
        namespace: 'team-a',
        uid,
      },
      type: 'Normal',
      reason: 'Painted',
      message: 'It is red now',
      count: 1,
      firstTimestamp: '2026-11-20T00:00:00Z',
      lastTimestamp: '2026-11-20T00:00:00Z',
      source: { component: 'painter' },
    });
    const described = await ok(['describe', 'widget', 'one']);
    expect(described).toContain('Painted');
    expect(described).toContain('Color:');
    expect(await ok(['events', '--for', 'widget/one'])).toContain('It is red now');
    expect(await ok(['get', 'events'])).toContain('Painted');
  });

  it('watches, with each event there at once although it asks for gzip', async () => {
    const begun = Date.now();
    const watching = started.spawn(['get', 'widgets', '-w', '--watch-only', '-o', 'name']);
    try {
      // Until the watch stands nothing arrives: write again and again, and time the last write that was needed.
      let wrote = 0;
      const seen = new Promise<number>(resolve => watching.stdout!.once('data', () => resolve(Date.now())));
      const writing = setInterval(() => {
        wrote = Date.now();
        const patch = { metadata: { annotations: { at: String(wrote) } } };
        started.test.service
          .patch({
            principal: { type: 'system', name: 'test' },
            kind: started.test.kinds.kind('Widget')!,
            namespace: 'team-a',
            name: 'one',
            type: 'merge',
            patch,
          })
          .catch(() => clearInterval(writing));
      }, 400);
      const arrived = await seen;
      clearInterval(writing);
      expect(arrived - wrote).toBeLessThan(200);
      expect(arrived).toBeGreaterThan(begun);
    } finally {
      watching.kill();
    }
  });

  it('prints the table of a watch as it grows', async () => {
    const watching = started.spawn(['get', 'widgets', '-n', 'team-b', '-w']);
    try {
      let out = '';
      watching.stdout!.on('data', data => {
        out += data;
      });
      const until = async (pattern: RegExp) => {
        const deadline = Date.now() + 20_000;
        while (!pattern.test(out) && Date.now() < deadline)
          await new Promise(resolve => setTimeout(resolve, 20));
        expect(out).toMatch(pattern);
      };
      await until(/^NAME\s+COLOR\s+READY\s+AGE\npage-1\s+red/);
      await new Promise(resolve => setTimeout(resolve, 500));
      await ok([
        'patch',
        'widget',
        '-n',
        'team-b',
        'page-1',
        '--type=merge',
        '-p',
        '{"spec":{"color":"violet"}}',
      ]);
      await until(/page-1\s+violet/);
    } finally {
      watching.kill();
    }
  });

  it('edits, replaces by force, and waits for a field', async () => {
    const editor = join(started.home, 'editor.sh');
    await writeFile(editor, '#!/bin/sh\nsed -i "s/color: .*/color: edited/" "$1"\n', { mode: 0o700 });
    await ok(['create', '-f', '-'], aWidget('edited'));
    const waiting = ok(['wait', 'widget/edited', '--for=jsonpath={.spec.color}=edited', '--timeout=30s']);
    const editing = started.spawn(['edit', 'widget', 'edited'], { KUBE_EDITOR: editor });
    expect(await once(editing, 'exit')).toEqual([0, null]);
    expect(await waiting).toContain('condition met');
    expect(await ok(['replace', '--force', '-f', '-'], aWidget('edited', { color: 'new' }))).toContain(
      'replaced',
    );
    expect(await ok(['get', '--raw', '/readyz'])).toBe('ok');
    expect(await ok(['delete', 'widget', 'edited', '--dry-run=server'])).toContain(
      'deleted (server dry run)',
    );
    await ok(['get', 'widget', 'edited']);
  });

  it('waits for conditions and for deletion', async () => {
    await ok(['create', '-f', '-'], aWidget('awaited', {}, { finalizers: ['krate.a5c.ai/hold'] }));
    const waiting = ok(['wait', 'widget/awaited', '--for=condition=Ready', '--timeout=30s']);
    const condition = {
      type: 'Ready',
      status: 'True',
      reason: 'Available',
      message: '',
      lastTransitionTime: '2026-11-20T00:00:00Z',
    };
    await ok([
      'patch',
      'widget',
      'awaited',
      '--subresource=status',
      '--type=merge',
      '-p',
      JSON.stringify({ status: { conditions: [condition] } }),
    ]);
    expect(await waiting).toContain('condition met');

    const deleting = ok(['delete', 'widget', 'awaited', '--wait', '--timeout=30s']);
    const gone = ok(['wait', 'widget/awaited', '--for=delete', '--timeout=30s']);
    await new Promise(resolve => setTimeout(resolve, 1000));
    await ok(['patch', 'widget', 'awaited', '--type=merge', '-p', '{"metadata":{"finalizers":null}}']);
    expect(await deleting).toContain('deleted');
    await gone;
  });

  it('deletes by selector', async () => {
    await ok(['create', '-f', '-'], aWidget('doomed', {}, { labels: { doomed: 'yes' } }));
    expect(await ok(['delete', 'widgets', '-l', 'doomed=yes'])).toContain('"doomed" deleted');
    expect(await ok(['delete', 'widgets', '--all', '-n', 'team-b'])).toContain('"page-5" deleted');
  });

  it('answers what one may do and who one is', async () => {
    started.test.deny(({ verb, resource }) => verb === 'delete' && resource === 'widgets');
    expect(await ok(['auth', 'can-i', 'create', 'widgets'])).toBe('yes\n');
    expect(await kubectl(['auth', 'can-i', 'delete', 'widgets'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('no - the test says no'),
    });
    expect(await ok(['auth', 'can-i', 'get', '/version'])).toBe('yes\n');
    expect(await ok(['auth', 'can-i', '--list'])).toMatch(
      /widgets\.krate\.a5c\.ai\s+\[\]\s+\[\]\s+\[get list watch create update patch deletecollection\]/,
    );
    expect(await ok(['auth', 'whoami'])).toMatch(/Username\s+alice/);
    expect((await kubectl(['delete', 'widget', 'one'])).err).toContain(
      'Error from server (Forbidden): widgets.krate.a5c.ai "one" is forbidden: User "alice" cannot delete',
    );
    started.test.deny(() => false);
  });

  it('makes namespaces and Secrets, which it sends as protobuf', async () => {
    expect(await ok(['create', 'namespace', 'team-c'])).toBe('namespace/team-c created\n');
    expect(await ok(['get', 'ns', 'team-c'])).toMatch(/team-c\s+Active/);
    expect(await ok(['create', 'secret', 'generic', 'key', '--from-literal=token=hunter2'])).toBe(
      'secret/key created\n',
    );
    const secret = await ok(['get', 'secret', 'key', '-o', 'yaml']);
    expect(secret).toContain('token: ""');
    started.test.deny(({ resource }) => resource === 'namespaces');
    expect((await kubectl(['create', 'namespace', 'team-d'])).err).toContain('Forbidden');
    started.test.deny(() => false);
  });
});
