import { RememberedRows } from './RememberedRows';

describe('remembered rows', () => {
  let table: Record<string, { value: number }>;
  let lookUps: number;
  let rows: RememberedRows<{ value: number }>;
  const find = (key: string) =>
    rows.find(key, async () => {
      lookUps += 1;
      return table[key];
    });
  beforeEach(() => {
    table = { a: { value: 1 } };
    lookUps = 0;
    rows = new RememberedRows();
  });

  it('are looked up once', async () => {
    expect([await find('a'), await find('a')]).toEqual([{ value: 1 }, { value: 1 }]);
    expect(lookUps).toBe(1);
  });

  it('are looked up again after a change', async () => {
    await find('a');
    delete table.a;
    rows.forget();
    expect(await find('a')).toBeUndefined();
  });

  it('does not remember that something is not there', async () => {
    expect(await find('b')).toBeUndefined();
    table.b = { value: 2 };
    expect(await find('b')).toEqual({ value: 2 });
  });

  it('does not remember what was read before a change and answered after it', async () => {
    let answer = (_: { value: number } | undefined) => {};
    const late = rows.find('a', () => new Promise(resolve => (answer = resolve)));
    rows.forget();
    answer({ value: 1 });
    await late;
    delete table.a;
    expect(await find('a')).toBeUndefined();
  });
});
