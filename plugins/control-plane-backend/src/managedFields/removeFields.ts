import { StructuralSchema } from '@krate/resource-model';
import { FieldSet } from './FieldSet';
import { fieldSchema, fieldsOf, shapeFor } from './mergeShape';
import { keysOf } from './json';
import { itemElement } from './itemElement';
import { fieldElement } from './PathElement';

/** The value without the members of the set and what is below them. A container that becomes empty stays, empty. */
export function removeFields(schema: StructuralSchema | undefined, value: unknown, set: FieldSet): unknown {
  if (set.isEmpty()) return value;
  const shape = shapeFor(schema, value);
  if (shape === 'atomic' || value === undefined || value === null) return value;
  if (shape === 'fields') {
    const fields = fieldsOf(value);
    return Object.fromEntries(
      keysOf(fields)
        .filter(name => !set.owns(fieldElement(name)))
        .map(name => [
          name,
          removeFields(fieldSchema(schema, name), fields[name], set.under(fieldElement(name))),
        ]),
    );
  }
  return (value as unknown[]).flatMap(item => {
    const element = itemElement(schema!, item);
    if (element === undefined) return [item];
    return set.owns(element) ? [] : [removeFields(schema!.items, item, set.under(element))];
  });
}
