import { readBenches } from './readBenches';

describe('the benches', () => {
  const benches = readBenches();

  it('have a line for each figure that the contract names', () => {
    expect(benches.filter(({ extra }) => !extra).map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'create-in-process-durable',
        'create-in-process-relaxed',
        'create-http-1',
        'create-http-16',
        'create-http-16-to-1',
        'create-postgres-16',
        'list-10k',
        'list-page-of-500',
        'list-selector-10-of-100k',
        'watch-1',
        'watch-100',
        'watch-1000',
        'write-to-catalog',
        'write-to-reconcile',
      ]),
    );
  });

  it('have names of their own', () => {
    const names = benches.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
