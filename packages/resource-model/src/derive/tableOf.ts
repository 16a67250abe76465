import { Column, Kind } from '../defineKind';
import { findValues, valueAt } from '../fieldPath';
import { Condition, ObjectMeta } from '../resource';
import { humanDuration } from './humanDuration';
import { columnsOf, printerColumnsOf } from './printerColumnsOf';

/** The wire form of a list on screen, `meta.k8s.io/v1` Table: what kubectl asks for and prints as it is. */
export interface Table {
  kind: 'Table';
  apiVersion: 'meta.k8s.io/v1';
  metadata: Record<string, unknown>;
  columnDefinitions: TableColumnDefinition[];
  rows: TableRow[];
}

export interface TableColumnDefinition {
  name: string;
  type: string;
  /** `name` marks the column that names the object. */
  format: string;
  description: string;
  /** Above 0 only in wide tables. */
  priority: number;
}

export interface TableRow {
  /** One per column; dates are already human durations. An absent value is null. */
  cells: (string | number | boolean | null)[];
  /** The object in the form asked for; null for `None`. */
  object: object | null;
}

/** What each row carries besides its cells. */
export type IncludeObject = 'Metadata' | 'Object' | 'None';

type Listed = { metadata: Partial<ObjectMeta> };

/**
 * The table of some objects of a kind: Name first, the declared columns, Age last.
 *
 * @param now - ages are counted to this moment
 */
export function tableOf(
  kind: Kind,
  objects: readonly Listed[],
  now: Date,
  includeObject: IncludeObject = 'Metadata',
): Table {
  const columns = columnsOf(kind);
  const definitions = printerColumnsOf(kind).map(({ name, type, description, priority }) => ({
    name,
    type,
    format: '',
    description: description ?? '',
    priority: priority ?? 0,
  }));
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: {},
    columnDefinitions: [
      { name: 'Name', type: 'string', format: 'name', description: 'Name of the object.', priority: 0 },
      ...definitions,
    ],
    rows: objects.map(object => ({
      cells: [object.metadata.name ?? '', ...columns.map(column => cellOf(column, object, now))],
      ...rowObject(object, includeObject),
    })),
  };
}

function rowObject(object: Listed, include: IncludeObject): { object: object | null } {
  if (include === 'None') return { object: null };
  if (include === 'Object') return { object };
  return {
    object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
  };
}

/** The value of one column of one object, as tables show it; null when the object does not have it. */
export function cellOf(column: Column, object: object, now: Date): string | number | boolean | null {
  if ('condition' in column) {
    const conditions = (valueAt(object, 'status.conditions') ?? []) as Condition[];
    return conditions.find(({ type }) => type === column.condition)?.status ?? null;
  }
  const values = findValues(object, column.path).map(({ value }) =>
    column.type === 'date' ? since(value, now) : plain(value),
  );
  if (values.length === 0) return null;
  return values.length === 1 ? values[0] : values.join(',');
}

function plain(value: unknown): string | number | boolean {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}

/** How long ago; kubectl knows no future and prints `<invalid>`, which tells nobody when a token expires. */
function since(value: unknown, now: Date): string {
  const passed = now.getTime() - Date.parse(String(value));
  if (Number.isNaN(passed)) return '<unknown>';
  return passed < -1999 ? `in ${humanDuration(-passed)}` : humanDuration(passed);
}
