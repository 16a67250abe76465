import SqliteDatabase, { Database, Statement } from 'better-sqlite3';

/**
 * The least that a versioned store can be on SQLite: an object and its event, two rows in one transaction of prepared
 * statements. The floor that Krate's store is held against.
 */
export class RawTables {
  private readonly db: Database;
  private readonly insert;
  private revision = 0;

  constructor(file: string, synchronous: 'FULL' | 'NORMAL') {
    this.db = new SqliteDatabase(file);
    this.db.pragma('locking_mode = EXCLUSIVE');
    this.db.pragma('journal_mode = WAL');
    this.db.pragma(`synchronous = ${synchronous}`);
    this.db.exec(`
      CREATE TABLE IF NOT EXISTS object (name TEXT PRIMARY KEY, revision INTEGER NOT NULL, label TEXT, json TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS object_label ON object (label, name);
      CREATE TABLE IF NOT EXISTS event (revision INTEGER PRIMARY KEY, json TEXT NOT NULL);
    `);
    const object = this.db.prepare('INSERT INTO object (name, revision, label, json) VALUES (?, ?, ?, ?)');
    const event = this.db.prepare('INSERT INTO event VALUES (?, ?)');
    this.insert = this.db.transaction((name: string, json: string, label: string | null) => {
      this.revision += 1;
      object.run(name, this.revision, label, json);
      event.run(this.revision, json);
    });
  }

  create(name: string, json: string, label: string | null = null): void {
    this.insert.immediate(name, json, label);
  }

  /** Many at once, to begin with. */
  seed(objects: readonly { name: string; json: string; label?: string }[]): void {
    this.db.transaction(() => objects.forEach(({ name, json, label }) => this.create(name, json, label)))();
  }

  all(): Statement<[], string> {
    return this.db.prepare<[], string>('SELECT json FROM object ORDER BY name').pluck();
  }

  labelled(): Statement<[string], string> {
    return this.db.prepare<[string], string>('SELECT json FROM object WHERE label = ? ORDER BY name').pluck();
  }

  close(): void {
    this.db.close();
  }
}
