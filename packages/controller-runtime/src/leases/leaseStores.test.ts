import { describeOnPostgres } from '@krate/test-postgres';
import { postgresSchema } from '../__testUtils__/postgresSchema';
import { eventually } from '../__testUtils__/support';
import { DatabaseLeaseStore, whileHeld } from './DatabaseLeaseStore';
import { LeaseStore } from './LeaseStore';
import { migrateLeases } from './migrateLeases';
import { SoleLeaseStore } from './SoleLeaseStore';

jest.setTimeout(60_000);

/** What every store of leases promises. */
function leaseGuarantees(open: () => Promise<LeaseStore>): void {
  it('gives a lease to one holder, and to the next when it was given back', async () => {
    const store = await open();
    const outcomes = await Promise.all(['a', 'b', 'c'].map(holder => store.acquire('lease', holder, 60_000)));
    const [epoch, ...more] = outcomes.filter(outcome => outcome !== undefined);
    expect(more).toEqual([]);
    await expect(store.acquire('lease', 'd', 60_000)).resolves.toBeUndefined();
    await expect(store.renew({ lease: 'lease', epoch }, 60_000)).resolves.toBe(true);

    await store.release({ lease: 'lease', epoch });
    await expect(store.acquire('lease', 'd', 60_000)).resolves.toBeGreaterThan(epoch);
  });

  it('takes neither a renewal nor a return from an earlier holder', async () => {
    const store = await open();
    const first = { lease: 'lease', epoch: (await store.acquire('lease', 'a', 60_000))! };
    await store.release(first);
    const second = { lease: 'lease', epoch: (await store.acquire('lease', 'b', 60_000))! };
    await expect(store.renew(first, 60_000)).resolves.toBe(false);
    await store.release(first);
    await expect(store.renew(second, 60_000)).resolves.toBe(true);
    await expect(store.acquire('lease', 'c', 60_000)).resolves.toBeUndefined();
  });

  it('keeps leases apart', async () => {
    const store = await open();
    await store.acquire('one', 'a', 60_000);
    await expect(store.acquire('two', 'b', 60_000)).resolves.toBe(1);
  });
}

describe('SoleLeaseStore', () => {
  leaseGuarantees(async () => new SoleLeaseStore());
});

describeOnPostgres('DatabaseLeaseStore on PostgreSQL', () => {
  const schema = postgresSchema();
  const open = async () => {
    const knex = await schema.connect();
    await migrateLeases(knex);
    return { knex, store: new DatabaseLeaseStore(knex) };
  };
  leaseGuarantees(async () => (await open()).store);

  it('lets a lease run out that is not renewed, and only such a one', async () => {
    const { store } = await open();
    await store.acquire('dead', 'a', 300);
    const token = { lease: 'alive', epoch: (await store.acquire('alive', 'a', 300))! };
    await eventually(async () => {
      expect(await store.renew(token, 10_000)).toBe(true);
      expect(await store.acquire('dead', 'b', 60_000)).toBe(2);
    }, 10_000);
    await expect(store.acquire('alive', 'b', 60_000)).resolves.toBeUndefined();
  });

  it('lets nobody take a lease while its holder’s write is being committed, and refuses the write after', async () => {
    const { knex, store } = await open();
    const token = { lease: 'lease', epoch: (await store.acquire('lease', 'a', 1))! };
    let taken = false;
    const taking = whileHeld(knex, token, async () => {
      // It has run out, but this write was first: whoever takes it over waits for the end of the write.
      const next = store.acquire('lease', 'b', 60_000).then(epoch => {
        taken = true;
        return epoch;
      });
      await new Promise(resolve => setTimeout(resolve, 300));
      expect(taken).toBe(false);
      return { next };
    });
    await expect((await taking).next).resolves.toBe(2);
    const late = whileHeld(knex, token, async () => 'written');
    await expect(late).rejects.toMatchObject({ name: 'LeaseLostError' });
  });
});
