import { StructuralSchema, ValidationRule } from '@krate/resource-model';

/** The rules that stand at one place of a schema. */
export function rulesAt(schema: StructuralSchema): readonly ValidationRule[] {
  return schema['x-kubernetes-validations'] ?? [];
}
