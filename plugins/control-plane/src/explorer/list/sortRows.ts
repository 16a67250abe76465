import { RowSort, TableColumn } from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';

/** Rows in the order of a column; equal ones, and all of them without a sort, stay in the order they come (by name). */
export function sortRows(
  rows: readonly Resource[],
  columns: readonly TableColumn<Resource>[],
  sort: RowSort | undefined,
): readonly Resource[] {
  if (!sort) return rows;
  const column = columns.find(({ name }) => name === sort.column);
  const text = sort.column === 'Name' ? (row: Resource) => row.metadata.name : column?.text;
  if (!text) return rows;
  const sign = sort.direction === 'descending' ? -1 : 1;
  return rows
    .map((row, index) => ({ row, index, key: keyOf(text(row)) }))
    .sort((a, b) => emptyLast(a.key, b.key) || sign * compare(a.key, b.key) || a.index - b.index)
    .map(({ row }) => row);
}

type Key = string | number;

function keyOf(text: string): Key {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text.toLowerCase() : number;
}

/** Whatever the direction: what has no value is of least interest. */
function emptyLast(a: Key, b: Key): number {
  return Number(a === '') - Number(b === '');
}

function compare(a: Key, b: Key): number {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
