import { ListQuery, ListResult, StoredObject } from '../../ResourceStore';
import { ContinuePoint, decodeContinue, encodeContinue, revisionOf } from '../../continueToken';
import { matchesFields, matchesSelectors } from '../../filter';
import { KeyInResource } from '../../objectKey';
import { compactedSnapshot, foreignToken, futureToken } from '../../refusals';
import { storedObject } from '../../rows';
import { Connections } from './Connections';
import { countSql, ListRow, listSql } from './listSql';
import { Session } from './Session';

/** What a list needs of the store. */
export interface ListSource {
  connections: Connections;
  batch: number;
  /** Throws when the store was closed meanwhile. */
  assertOpen(): void;
}

interface StateRow {
  revision: string;
  compacted: string;
}

/**
 * One page of a list. All of it is read from one snapshot of the database, batch by batch, so that neither the server nor this
 * process works on a long list for long. A later page continues at its first page's revision: what has changed since is
 * undone from history, in the same statement.
 */
export class SnapshotList {
  private readonly items: StoredObject[] = [];
  private readonly start?: ContinuePoint;
  /** One more than the limit tells whether another page follows. */
  private readonly wanted: number;

  constructor(
    private readonly source: ListSource,
    private readonly query: ListQuery,
  ) {
    this.wanted = query.limit ? query.limit + 1 : Infinity;
    if (!query.continue) return;
    this.start = decodeContinue(query.continue);
    if (query.namespace !== undefined && query.namespace !== this.start.namespace) throw foreignToken();
  }

  read(): Promise<ListResult> {
    return this.source.connections.transaction<StateRow, ListResult>(
      'REPEATABLE READ READ ONLY',
      'SELECT revision, compacted FROM krate_store',
      (session, [state]) => this.readFrom(session, Number(state.revision), Number(state.compacted)),
    );
  }

  private async readFrom(session: Session, newest: number, compacted: number): Promise<ListResult> {
    const revision = this.start ? revisionOf(this.start, newest) : (this.query.atRevision ?? newest);
    if (revision > newest) throw futureToken();
    if (revision < compacted) throw compactedSnapshot(this.start);
    await this.readBatches(session, revision === newest ? undefined : revision);
    if (this.items.length < this.wanted) return { items: this.items, revision };

    const items = this.items.slice(0, this.wanted - 1);
    const { namespace, name } = items[items.length - 1];
    const remaining =
      revision === newest || this.start ? await this.remaining(session, items.length) : undefined;
    const token = encodeContinue({ revision, namespace, name, remaining });
    return { items, revision, continue: token, ...(remaining === undefined ? {} : { remaining }) };
  }

  private async readBatches(session: Session, revision?: number): Promise<void> {
    let after: KeyInResource = this.start ?? { namespace: '', name: '' };
    while (this.items.length < this.wanted) {
      this.source.assertOpen();
      const limit = Math.min(this.source.batch, this.wanted - this.items.length);
      const { text, values } = listSql(this.query, { after, limit, revision });
      const rows = await session.query<ListRow>(text, values);
      for (const row of rows) this.take(row);
      if (rows.length < limit) break;
      after = rows[rows.length - 1];
    }
    this.source.assertOpen();
  }

  private take(row: ListRow): void {
    const { group, resource, fields } = this.query;
    const key = { group, resource, namespace: row.namespace, name: row.name };
    const object = storedObject(key, { uid: row.uid, revision: Number(row.revision), json: row.json });
    const matches = row.undone
      ? matchesSelectors(object, this.query)
      : !fields?.length || matchesFields(object, fields);
    if (matches) this.items.push(object);
  }

  /** How many follow; only known without label and field terms. Counted once, for the first page. */
  private async remaining(session: Session, read: number): Promise<number | undefined> {
    const { labels, fields } = this.query;
    if (labels?.length || fields?.length) return undefined;
    if (this.start) return this.start.remaining === undefined ? undefined : this.start.remaining - read;
    const { text, values } = countSql(this.query);
    const [{ total }] = await session.query<{ total: string }>(text, values);
    return Number(total) - read;
  }
}
