import { Knex } from 'knex';
import { LeaseLostError, LeaseStore, LeaseToken } from './LeaseStore';

const TABLE = 'krate_lease';

/**
 * Leases in a PostgreSQL that several processes share. Time is the database's, so their clocks need not agree. Every method
 * is one statement.
 */
export class DatabaseLeaseStore implements LeaseStore {
  constructor(private readonly knex: Knex) {}

  async acquire(lease: string, holder: string, ttlMs: number): Promise<number | undefined> {
    const { rows } = await this.knex.raw<{ rows: { epoch: string }[] }>(
      `insert into ?? as l (name, holder, epoch, expires_at)
       values (?, ?, 1, clock_timestamp() + ? * interval '1 millisecond')
       on conflict (name) do update
         set holder = excluded.holder, epoch = l.epoch + 1, expires_at = excluded.expires_at
         where l.expires_at <= clock_timestamp()
       returning epoch`,
      [TABLE, lease, holder, ttlMs],
    );
    return rows.length > 0 ? Number(rows[0].epoch) : undefined;
  }

  async renew({ lease, epoch }: LeaseToken, ttlMs: number): Promise<boolean> {
    const expires = this.knex.raw(`clock_timestamp() + ? * interval '1 millisecond'`, [ttlMs]);
    return (await this.knex(TABLE).where({ name: lease, epoch }).update({ expires_at: expires })) === 1;
  }

  async release({ lease, epoch }: LeaseToken): Promise<void> {
    await this.knex(TABLE).where({ name: lease, epoch }).update({ expires_at: this.knex.fn.now() });
  }
}

/**
 * Does some work in a transaction that holds on to the lease: it cannot pass to another holder before the work is committed.
 * Rejects with {@link LeaseLostError} when it already has.
 */
export async function whileHeld<T>(
  knex: Knex,
  { lease, epoch }: LeaseToken,
  work: (transaction: Knex) => Promise<T>,
): Promise<T> {
  return knex.transaction(async transaction => {
    const held = await transaction(TABLE).where({ name: lease, epoch }).forShare().first('name');
    if (!held) throw new LeaseLostError(lease);
    return work(transaction);
  });
}
