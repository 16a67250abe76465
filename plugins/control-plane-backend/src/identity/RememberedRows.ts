/** How many rows are remembered before all are forgotten; a row is looked up again. */
const MOST = 10_000;

/**
 * Rows by the key they were looked up by, for a table that only this process writes. Whoever changes the table calls
 * {@link forget} once the change is made; a look-up that began before is then not remembered.
 */
export class RememberedRows<Row> {
  private readonly rows = new Map<string, Row>();
  private changes = 0;

  async find(key: string, lookUp: () => Promise<Row | undefined>): Promise<Row | undefined> {
    const known = this.rows.get(key);
    if (known) return known;
    const before = this.changes;
    const row = await lookUp();
    if (row && before === this.changes) this.remember(key, row);
    return row;
  }

  forget(): void {
    this.changes += 1;
    this.rows.clear();
  }

  private remember(key: string, row: Row): void {
    if (this.rows.size >= MOST) this.rows.clear();
    this.rows.set(key, row);
  }
}
