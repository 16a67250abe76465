import { Column, Kind } from '../defineKind';
import { parsePath, schemaAt } from '../fieldPath';
import { StructuralSchema } from '../StructuralSchema';
import { structuralSchemaOf } from '../structuralSchemaOf';
import { objectMetaSchema } from '../objectMetaSchema';

/** A column as CRDs declare it. */
export interface PrinterColumn {
  name: string;
  type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  jsonPath: string;
  description?: string;
  priority?: number;
}

const AGE: Column = {
  name: 'Age',
  type: 'date',
  path: 'metadata.creationTimestamp',
  description: 'Time since the object was created.',
};

/** A kind's columns after the name, with Age last unless the kind has its own. */
export function columnsOf(kind: Kind): readonly Column[] {
  const declared = kind.columns ?? [];
  return declared.some(column => column.name === 'Age') ? declared : [...declared, AGE];
}

/** The schema of the field at a path of a kind's objects, standard metadata included. */
export function fieldSchemaOf(kind: Kind, path: string): StructuralSchema | undefined {
  const schema = structuralSchemaOf(kind);
  return schemaAt({ ...schema, properties: { ...schema.properties, metadata: objectMetaSchema } }, path);
}

/** The columns of a kind in the form of a CRD's `additionalPrinterColumns`. */
export function printerColumnsOf(kind: Kind): PrinterColumn[] {
  return columnsOf(kind).map(column => ({
    name: column.name,
    type: typeOf(kind, column),
    jsonPath:
      'path' in column
        ? jsonPathOf(kind, column.path)
        : `.status.conditions[?(@.type=="${column.condition}")].status`,
    ...(column.description ? { description: column.description } : {}),
    ...(column.priority ? { priority: column.priority } : {}),
  }));
}

function typeOf(kind: Kind, column: Column): PrinterColumn['type'] {
  if (column.type) return column.type;
  const type = 'path' in column ? fieldSchemaOf(kind, column.path)?.type : 'string';
  return type === 'integer' || type === 'number' || type === 'boolean' ? type : 'string';
}

/** A dotted path as JSONPath: lists on the way get `[*]`, names that are not plain get quotes and escapes. */
export function jsonPathOf(kind: Kind, path: string): string {
  const names = parsePath(path);
  return names
    .map((name, i) => {
      const plain = /^[A-Za-z_][-A-Za-z0-9_]*$/.test(name);
      const step = plain ? `.${name}` : `['${name.replace(/\./g, '\\.')}']`;
      const crossesList =
        i < names.length - 1 && fieldSchemaOf(kind, names.slice(0, i + 1).join('.'))?.type === 'array';
      return crossesList ? `${step}[*]` : step;
    })
    .join('');
}
