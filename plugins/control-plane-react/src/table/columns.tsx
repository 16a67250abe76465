import { Column, columnsOf, Condition, findValues, Kind, Resource } from '@krate/resource-model';
import { ReactNode } from 'react';
import { RelativeTime } from '../components/RelativeTime';
import { StatusChip } from '../components/StatusChip';

/** A column of a {@link ResourceTable}. */
export interface TableColumn<R extends Resource = Resource> {
  name: string;
  /** What the cell shows. */
  render(object: R): ReactNode;
  /** What filtering by text and sorting see; absent: the column takes part in neither. */
  text?(object: R): string;
  /** CSS grid track, `minmax(0, 1fr)` by default. */
  width?: string;
  /** Left out where the table has little room. */
  wideOnly?: boolean;
  align?: 'right';
}

/** The columns a kind declares, after the name. Columns of priority 1 and more are for wide screens. */
export function columnsFromKind<R extends Resource>(kind: Kind): TableColumn<R>[] {
  return columnsFrom(columnsOf(kind));
}

/** Columns as a kind declares them, ready to be shown. */
export function columnsFrom<R extends Resource>(columns: readonly Column[]): TableColumn<R>[] {
  return columns.map(column => ({
    name: column.name,
    render: object => cell(column, object),
    text: object => textOf(column, object),
    width: widthOf(column),
    wideOnly: (column.priority ?? 0) > 0,
  }));
}

/** A status and a time are no use when they are cut. */
function widthOf(column: Column): string | undefined {
  if ('condition' in column || column.path.endsWith('phase')) return 'minmax(120px, 1fr)';
  return column.type === 'date' ? '104px' : undefined;
}

function conditionOf(object: Resource, type: string): Condition | undefined {
  return (object.status as { conditions?: Condition[] } | undefined)?.conditions?.find(
    condition => condition.type === type,
  );
}

function textOf(column: Column, object: Resource): string {
  if ('condition' in column) return conditionOf(object, column.condition)?.status ?? '';
  return findValues(object, column.path)
    .map(({ value }) => (typeof value === 'object' ? JSON.stringify(value) : String(value)))
    .join(', ');
}

function cell(column: Column, object: Resource): ReactNode {
  if ('condition' in column) {
    const condition = conditionOf(object, column.condition);
    return (
      condition && (
        <StatusChip
          status={condition.status === 'True' ? column.condition : condition.reason}
          title={condition.message}
        />
      )
    );
  }
  const text = textOf(column, object);
  if (!text) return null;
  if (column.type === 'date') return <RelativeTime time={text} />;
  if (column.path.endsWith('phase')) return <StatusChip status={text} />;
  if (text === 'true' || text === 'false') return text === 'true' ? 'Yes' : 'No';
  return text;
}
