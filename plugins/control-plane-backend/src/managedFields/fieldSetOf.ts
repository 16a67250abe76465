import { StructuralSchema, isObject } from '@krate/resource-model';
import { FieldSet } from './FieldSet';
import { Shape, fieldSchema, fieldsOf, isNamedField, shapeFor } from './mergeShape';
import { keysOf } from './json';
import { itemsByElement } from './itemElement';
import { PathElement, fieldElement, fieldNameOf, keysOfElement } from './PathElement';

/**
 * What an applier of this value owns: every leaf, every list item, every key of an untyped or free-form map. Named
 * containers such as `spec` are not owned, so appliers can share them.
 */
export function fieldSetOf(schema: StructuralSchema | undefined, value: unknown): FieldSet {
  const shape = shapeFor(schema, value);
  if (shape === 'fields') {
    const fields = fieldsOf(value);
    return FieldSet.ofNodes(
      keysOf(fields).map(name => {
        const child = fieldSchema(schema, name);
        const whole = isLeaf(shapeFor(child, fields[name]), fields[name]) || !isNamedField(schema, name);
        return [fieldElement(name), whole, fieldSetOf(child, fields[name])];
      }),
    );
  }
  if (shape === 'items') {
    return FieldSet.ofNodes(
      [...itemsByElement(schema!, value)].map(([element, item]) => [
        element,
        true,
        fieldSetOf(schema!.items, item),
      ]),
    );
  }
  return FieldSet.EMPTY;
}

function isLeaf(shape: Shape, value: unknown): boolean {
  return shape === 'atomic' || value === null || (isObject(value) && keysOf(value).length === 0);
}

/** The schema one step below. */
export function schemaBelow(
  schema: StructuralSchema | undefined,
  element: PathElement,
): StructuralSchema | undefined {
  const name = fieldNameOf(element);
  return name === undefined ? schema?.items : fieldSchema(schema, name);
}

/** The set with the named fields on the way to its members: who owns `spec.a` has a claim on `spec` being there. */
export function withNamedParents(schema: StructuralSchema | undefined, set: FieldSet): FieldSet {
  return set.mapNodes((element, member, below) => {
    const name = fieldNameOf(element);
    const named = name !== undefined && isNamedField(schema, name) && !below.isEmpty();
    return [member || named, withNamedParents(schemaBelow(schema, element), below)];
  });
}

/**
 * The set with everything its members need in order to exist: all parents, and the key fields of list items on the way.
 * Who owns one field of a list item keeps the item, and the item needs its key.
 */
export function withAllParents(set: FieldSet): FieldSet {
  return set.mapNodes((element, _, below) => {
    if (below.isEmpty()) return [true, below];
    const keys = Object.keys(keysOfElement(element) ?? {}).map(name => [fieldElement(name)]);
    return [true, withAllParents(below.union(FieldSet.of(...keys)))];
  });
}
