import { Knex } from 'knex';
import { Revision, RevisionLog } from './RevisionLog';

/** How many states of one object are kept. */
const KEPT = 50;

interface RevisionRow {
  id: number | string;
  uid: string;
  resource_version: number | string;
  time: number | string;
  principal: string | null;
  action: Revision['action'];
  object: string;
}

/** {@link RevisionLog} as a table. An object that nobody ever changed takes no row: its present state says everything. */
export class DatabaseRevisionLog implements RevisionLog {
  constructor(private readonly knex: Knex) {}

  async record(uid: string, before: Revision, after: Revision): Promise<void> {
    const known = await this.rows(uid).first('id');
    const states = known ? [after] : [before, after];
    await this.knex('krate_revision')
      .insert(states.map(state => rowOf(uid, state)))
      .onConflict(['uid', 'resource_version'])
      .ignore();
    if (known) await this.prune(uid);
  }

  async list(uid: string): Promise<Revision[]> {
    const rows = await this.rows(uid).orderBy('resource_version', 'desc').limit(KEPT);
    return rows.map(revisionOf);
  }

  async forget(uid: string): Promise<void> {
    await this.rows(uid).delete();
  }

  private async prune(uid: string): Promise<void> {
    const oldest = await this.rows(uid)
      .orderBy('resource_version', 'desc')
      .offset(KEPT - 1)
      .first('resource_version');
    if (oldest) await this.rows(uid).where('resource_version', '<', oldest.resource_version).delete();
  }

  private rows(uid: string) {
    return this.knex<RevisionRow>('krate_revision').where({ uid });
  }
}

function rowOf(uid: string, revision: Revision) {
  return {
    uid,
    resource_version: Number(revision.resourceVersion),
    time: Date.parse(revision.time),
    principal: revision.principal ?? null,
    action: revision.action,
    object: JSON.stringify(revision.object),
  };
}

function revisionOf(row: RevisionRow): Revision {
  return {
    resourceVersion: String(row.resource_version),
    time: new Date(Number(row.time)).toISOString(),
    principal: row.principal ?? undefined,
    action: row.action,
    object: JSON.parse(row.object),
  };
}
