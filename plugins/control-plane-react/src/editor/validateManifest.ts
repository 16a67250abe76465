import {
  applyDefaults,
  pruneObject,
  StatusCause,
  StructuralSchema,
  validateValue,
} from '@krate/resource-model';
import { FieldLocation, locate } from './fieldLocation';
import { Manifest, TextRange } from './Manifest';

/** Something wrong with a manifest. */
export interface Fault {
  /** Empty for the text as a whole. */
  path: FieldLocation;
  message: string;
  range: TextRange;
  /** `server`: the answer to an attempt to save; it is gone with the next change. */
  source: 'text' | 'schema' | 'server';
}

/**
 * Everything that the schema finds wrong with a manifest, as the server would, defaults filled in first; and what the server
 * answered to the same text.
 */
export function faultsOf(
  manifest: Manifest,
  schema: StructuralSchema,
  { needsName, answered = [] }: { needsName: boolean; answered?: readonly StatusCause[] },
): Fault[] {
  if (manifest.faults.length > 0)
    return manifest.faults.map(({ message, range }) => ({ path: [], message, range, source: 'text' }));
  const fault =
    (source: Fault['source']) =>
    ({ field = '', message }: Pick<StatusCause, 'field' | 'message'>): Fault => {
      const path = locate(manifest.value, field);
      return { path, message: plainly(message, field), range: manifest.rangeOf(path), source };
    };
  const told = [...schemaCauses(manifest, schema), ...(needsName ? nameCauses(manifest) : [])].map(
    fault('schema'),
  );
  return [...told, ...answered.map(fault('server'))];
}

/** Status is the controllers' and no part of what one writes. */
function schemaCauses(manifest: Manifest, schema: StructuralSchema): StatusCause[] {
  const { status: _, ...value } = manifest.value;
  const { unknownFields } = pruneObject(schema, value);
  return [
    ...unknownFields.map(field => ({
      reason: 'FieldValueInvalid',
      message: 'there is no such field',
      field,
    })),
    ...validateValue(schema, applyDefaults(schema, value), ''),
  ];
}

function nameCauses({ value }: Manifest): StatusCause[] {
  const { name, generateName } = (value.metadata ?? {}) as { name?: unknown; generateName?: unknown };
  if (name || generateName) return [];
  return [{ reason: 'FieldValueRequired', message: 'a name is needed', field: 'metadata.name' }];
}

/** The field is shown where it stands; the sentence need not repeat it. */
function plainly(message: string, field: string): string {
  const rest = message
    .replace(/^Invalid value: (?:".*?"|\S+): /, '')
    .replace(`${field} in body `, '')
    .replace(/^Required value$/, 'is needed');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
