import SqliteDatabase, { Database } from 'better-sqlite3';
import { creation, keyOf } from '../../conformance/objects';
import { StoreEvent, WriteOperation } from '../../ResourceStore';
import { GroupCommit } from './GroupCommit';
import { migrate } from './migrations';
import { ObjectWriter } from './ObjectWriter';

describe('GroupCommit', () => {
  let db: Database;
  let statements: string[];
  let published: StoreEvent[][];
  let commits: GroupCommit;

  const start = (sliceMs: number) => {
    statements = [];
    published = [];
    db = new SqliteDatabase(':memory:', { verbose: text => statements.push(String(text)) });
    migrate(db);
    const writer = new ObjectWriter(db, Date.now);
    commits = new GroupCommit(db, writer, events => published.push(events), sliceMs);
    statements.length = 0;
  };
  const commitCount = () => statements.filter(text => text === 'COMMIT').length;
  const revision = () => db.prepare('SELECT revision FROM store').pluck().get();
  const writeNames = (...names: string[]) =>
    Promise.allSettled(names.map(name => commits.write([creation({ name })]))).then(outcomes =>
      outcomes.map(outcome => (outcome.status === 'fulfilled' ? 'stored' : outcome.reason.code)),
    );

  afterEach(() => db.close());

  it('commits the calls of one turn once, and publishes them once', async () => {
    start(1000);
    await expect(writeNames('a', 'b', 'a', 'c')).resolves.toEqual([
      'stored',
      'stored',
      'already-exists',
      'stored',
    ]);
    expect(commitCount()).toBe(1);
    expect(published.map(events => events.map(event => event.revision))).toEqual([[1, 2, 3]]);
  });

  it('starts another transaction when the slice is spent, in the order of arrival', async () => {
    start(0);
    await expect(writeNames('a', 'b', 'c')).resolves.toEqual(['stored', 'stored', 'stored']);
    expect(commitCount()).toBe(3);
    expect(published.flat().map(event => event.object.name)).toEqual(['a', 'b', 'c']);
  });

  it('publishes before the writer is told', async () => {
    start(5);
    const seen = commits.write([creation()]).then(() => published.length);
    await expect(seen).resolves.toBe(1);
  });

  it('answers unavailable when the disk is full, stores nothing of that call, and goes on afterwards', async () => {
    start(5);
    await writeNames('a');
    db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
    const large: WriteOperation = creation({ name: 'large', spec: { fill: 'x'.repeat(100_000) } });
    await expect(commits.write([creation({ name: 'small' }), large])).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('SQLITE_FULL'),
    });
    expect(revision()).toBe(1);

    db.pragma('max_page_count = 100000');
    await expect(writeNames('small')).resolves.toEqual(['stored']);
    expect(published.flat().map(event => [event.object.name, event.revision])).toEqual([
      ['a', 1],
      ['small', 2],
    ]);
  });

  it('fails every call of a transaction that cannot be committed, and only those', async () => {
    start(1000);
    // A deferred constraint is the one thing SQLite refuses at COMMIT itself.
    db.pragma('foreign_keys = ON');
    db.exec(`CREATE TABLE parent (id INTEGER PRIMARY KEY);
      CREATE TABLE child (id INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
      CREATE TRIGGER break AFTER INSERT ON object WHEN new.name = 'poison' BEGIN INSERT INTO child VALUES (1); END`);
    await expect(writeNames('a', 'poison', 'b')).resolves.toEqual([
      'unavailable',
      'unavailable',
      'unavailable',
    ]);
    expect(published).toEqual([]);
    expect(revision()).toBe(0);

    await expect(writeNames('a')).resolves.toEqual(['stored']);
    expect(revision()).toBe(1);
  });

  it('commits what waits when drained', async () => {
    start(5);
    const writing = commits.write([creation()]);
    commits.drain();
    expect(published.flat()[0].object).toMatchObject(keyOf());
    await writing;
  });
});
