import { TableColumn } from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import { sortRows } from './sortRows';

const rows = ['b', '10', '', '9', 'A'].map(
  (value, i) => ({ metadata: { name: `r${i}` }, spec: { value } }) as unknown as Resource,
);
const columns: TableColumn[] = [
  { name: 'Value', render: () => null, text: row => (row.spec as { value: string }).value },
];
const values = (direction: 'ascending' | 'descending') =>
  sortRows(rows, columns, { column: 'Value', direction }).map(columns[0].text!);

describe('sortRows', () => {
  it.each([
    { direction: 'ascending', want: ['9', '10', 'A', 'b', ''] },
    { direction: 'descending', want: ['b', 'A', '10', '9', ''] },
  ] as const)(
    '$direction: numbers as numbers, case left aside, nothing at the end',
    ({ direction, want }) => {
      expect(values(direction)).toEqual(want);
    },
  );

  it('leaves the order alone without a sort, or with one by a column that is not shown', () => {
    expect(sortRows(rows, columns, undefined)).toBe(rows);
    expect(sortRows(rows, columns, { column: 'Gone', direction: 'ascending' })).toBe(rows);
  });

  it('sorts by name', () => {
    const [first] = sortRows(rows, columns, { column: 'Name', direction: 'descending' });
    expect(first.metadata.name).toBe('r4');
  });
});
