import { StructuralSchema } from '../StructuralSchema';

/** Rebuilds a schema from the leaves up; `change` sees each node with its children already changed. */
export function mapSchema<T>(schema: StructuralSchema, change: (node: StructuralSchema) => T): T {
  const children = (map: Record<string, StructuralSchema>) =>
    Object.fromEntries(
      Object.entries(map).map(([name, child]) => [name, mapSchema(child, change) as StructuralSchema]),
    );
  const node: StructuralSchema = { ...schema };
  if (schema.properties) node.properties = children(schema.properties);
  if (schema.items) node.items = mapSchema(schema.items, change) as StructuralSchema;
  if (schema.additionalProperties)
    node.additionalProperties = mapSchema(schema.additionalProperties, change) as StructuralSchema;
  return change(node);
}
