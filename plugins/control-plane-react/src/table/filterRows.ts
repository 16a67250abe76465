import { Resource } from '@krate/resource-model';
import { TableColumn } from './columns';

/** The rows in which every word of the filter occurs, in the name or in a column. */
export function filterRows<R extends Resource>(
  rows: readonly R[],
  columns: readonly TableColumn<R>[],
  filter: string,
): readonly R[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter(row => {
    const text = [row.metadata.name, ...columns.map(column => column.text?.(row) ?? '')]
      .join(' ')
      .toLowerCase();
    return words.every(word => text.includes(word));
  });
}
