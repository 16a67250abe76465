import { DatabaseStreamService } from '../streams/DatabaseStreamService';
import { aWidget, startService, system, TestService, widgets } from '../resources/__testUtils__/startService';
import { testDatabase } from '../testing/testDatabase';
import { removeOrphanedStreams } from './removeOrphanedStreams';

describe('removeOrphanedStreams', () => {
  let test: TestService;
  beforeEach(async () => {
    test = await startService();
  });
  afterEach(() => test.stop());

  it('deletes the streams of objects that are gone or were made anew, and no others', async () => {
    const { service, store, kinds } = test;
    const created = await service.create({ ...widgets, principal: system, object: aWidget('one') });
    const { uid } = (created.object as { metadata: { uid: string } }).metadata;
    const knex = await testDatabase();
    const streams = new DatabaseStreamService(knex);
    const owner = { resource: 'widgets', namespace: 'team-a', name: 'one', uid };
    const before = { ...owner, uid: 'an-earlier-one' };
    const gone = { ...owner, name: 'gone', uid: 'gone' };
    const foreign = { ...owner, resource: 'things-of-elsewhere' };
    for (const key of [owner, before, gone, foreign])
      await streams.append({ ...key, stream: 'log' }, 'hello');

    await expect(removeOrphanedStreams({ streams, store, kinds })).resolves.toBe(2);
    const left = (await streams.owners()).map(({ resource, uid: of }) => `${resource} ${of}`);
    expect(left.sort()).toEqual([`things-of-elsewhere ${uid}`, `widgets ${uid}`]);
    await expect(knex('krate_stream_chunk').count({ rows: '*' })).resolves.toEqual([{ rows: 2 }]);
    await expect(removeOrphanedStreams({ streams, store, kinds })).resolves.toBe(0);
    await knex.destroy();
  });
});
