import { FakeResourceClient } from '../testkit/FakeResourceClient';
import { Part } from '../__testUtils__/fixtures';
import { eventually, RecordingLogger } from '../__testUtils__/support';
import { Informer } from './Informer';

const namespace = 'krate-org-acme';
const part = (name: string, text = '', metadata = {}) => ({
  apiVersion: Part.apiVersion,
  kind: 'Part',
  metadata: { name, namespace, ...metadata },
  spec: { text },
});

describe('Informer', () => {
  let client: FakeResourceClient;
  let logger: RecordingLogger;
  let informer: Informer;
  let changes: string[];

  beforeEach(() => {
    client = new FakeResourceClient();
    logger = new RecordingLogger();
    informer = new Informer({ client, kind: Part, logger, backoff: { base: 1, max: 5 } });
    changes = [];
    informer.onChange((object, old) => {
      const texts = [old, object].map(state =>
        state ? (state.spec as { text: string }).text || 'empty' : 'nothing',
      );
      changes.push(`${(object ?? old)!.metadata.name}: ${texts.join(' -> ')}`);
    });
  });

  afterEach(() => informer.stop());

  it('lists, then follows, telling each change with the state before', async () => {
    await client.create(Part, part('a', 'one'));
    informer.start();
    await informer.synced();
    expect(informer.cache.list().map(({ metadata }) => metadata.name)).toEqual(['a']);
    await client.patch(Part, { namespace, name: 'a' }, { spec: { text: 'two' } });
    await client.delete(Part, { namespace, name: 'a' });
    await eventually(() =>
      expect(changes).toEqual(['a: nothing -> one', 'a: one -> two', 'a: two -> nothing']),
    );
    expect(informer.cache.size).toBe(0);
  });

  it('turns what happened during a compacted gap into the difference', async () => {
    await client.create(Part, part('stays', 's'));
    await client.create(Part, part('goes', 'g'));
    await client.create(Part, part('again', 'old'));
    informer.start();
    await informer.synced();
    changes.length = 0;
    client.holdEvents();
    await client.delete(Part, { namespace, name: 'goes' });
    await client.delete(Part, { namespace, name: 'again' });
    await client.create(Part, part('again', 'new'));
    await client.create(Part, part('comes', 'c'));
    client.compact();
    client.releaseEvents();
    await eventually(() =>
      expect([...changes].sort()).toEqual([
        'again: nothing -> new',
        'again: old -> nothing',
        'comes: nothing -> c',
        'goes: g -> nothing',
      ]),
    );
    expect(logger.lines.filter(line => line.startsWith('warn'))).toEqual([]);
  });

  it('keeps trying when it cannot list, and says so', async () => {
    client.failNext('list', new Error('connection refused'));
    client.failNext('list', new Error('connection refused'));
    informer.start();
    await informer.synced();
    expect(logger.lines).toEqual(
      Array(2).fill('warn: The watch of parts.krate.a5c.ai ended (connection refused); listing anew'),
    );
  });

  it('knows which writes its cache includes', async () => {
    informer.start();
    await informer.synced();
    client.holdEvents();
    const { metadata } = await client.create(Part, part('a'));
    expect(informer.includes(metadata.resourceVersion)).toBe(false);
    let reached = false;
    informer.reached(metadata.resourceVersion).then(() => (reached = true));
    await new Promise(resolve => setTimeout(resolve, 10));
    expect(reached).toBe(false);
    client.releaseEvents();
    await eventually(() => expect(reached).toBe(true));
  });

  it('finds objects by namespace, by controller and by any index asked for, following changes', async () => {
    informer.cache.addIndex('text', object => [(object.spec as { text: string }).text]);
    informer.start();
    const owner = { apiVersion: 'v1', kind: 'App', name: 'x', uid: 'owner-1', controller: true };
    await client.create(Part, part('a', 'red', { ownerReferences: [owner] }));
    await client.create(Part, part('b', 'red'));
    await eventually(() => expect(informer.cache.size).toBe(2));
    const names = (index: string, value: string) =>
      informer.cache.byIndex(index, value).map(({ metadata }) => metadata.name);
    expect(names('namespace', namespace)).toEqual(['a', 'b']);
    expect(names('controller', 'owner-1')).toEqual(['a']);
    expect(names('text', 'red')).toEqual(['a', 'b']);
    await client.patch(Part, { namespace, name: 'a' }, { spec: { text: 'blue' } });
    await eventually(() => expect(names('text', 'red')).toEqual(['b']));
    expect(names('text', 'blue')).toEqual(['a']);
  });

  it('ignores events that are older than what it has', async () => {
    const { metadata } = await client.create(Part, part('a', 'old'));
    const old = await client.get(Part, { namespace, name: 'a' });
    await client.patch(Part, { namespace, name: 'a' }, { spec: { text: 'new' } });
    client.watch = async function* lateNews() {
      yield { type: 'MODIFIED', object: old as any };
      yield {
        type: 'ADDED',
        object: { ...part('b', 'b'), metadata: { ...metadata, name: 'b', resourceVersion: '9' } } as any,
      };
      await new Promise(() => undefined);
    };
    informer.start();
    await eventually(() => expect(changes).toEqual(['a: nothing -> new', 'b: nothing -> b']));
    informer = new Informer({ client, kind: Part, logger });
  });

  it('hands out objects nobody can change', async () => {
    await client.create(Part, part('a', 'one'));
    informer.start();
    await informer.synced();
    expect(() => {
      (informer.cache.list()[0].spec as { text: string }).text = 'spoiled';
    }).toThrow(TypeError);
  });
});
