import { StatusCause } from './ApiError';

/** Makes the causes of a refusal with the reasons and wording of the Kubernetes API, since people and programs look for them. */
export const fieldCauses = {
  required: (field: string, hint?: string): StatusCause =>
    cause('FieldValueRequired', field, hint ? `Required value: ${hint}` : 'Required value'),
  invalid: (field: string, value: unknown, why: string): StatusCause =>
    cause('FieldValueInvalid', field, `Invalid value: ${show(value)}: ${why}`),
  wrongType: (field: string, type: string, found: string): StatusCause =>
    cause(
      'FieldValueTypeInvalid',
      field,
      `Invalid value: "${found}": ${field} in body must be of type ${type}: "${found}"`,
    ),
  notSupported: (field: string, value: unknown, supported: readonly unknown[]): StatusCause =>
    cause(
      'FieldValueNotSupported',
      field,
      `Unsupported value: ${show(value)}: supported values: ${supported.map(show).join(', ')}`,
    ),
  duplicate: (field: string, value: unknown): StatusCause =>
    cause('FieldValueDuplicate', field, `Duplicate value: ${show(value)}`),
  tooLong: (field: string, max: number): StatusCause =>
    cause('FieldValueTooLong', field, `Too long: may not be more than ${max} bytes`),
  tooMany: (field: string, count: number, max: number): StatusCause =>
    cause('FieldValueTooMany', field, `Too many: ${count}: must have at most ${max} items`),
  forbidden: (field: string, why: string): StatusCause =>
    cause('FieldValueForbidden', field, `Forbidden: ${why}`),
};

function cause(reason: string, field: string, message: string): StatusCause {
  return { reason, message, field };
}

/** A value as messages show it: JSON, cut short so that a refusal never repeats a whole document. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
