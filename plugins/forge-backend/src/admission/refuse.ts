import { ApiError } from '@krate/resource-model';

/** A write that breaks a rule on one field: 422 with the code and the field. */
export function invalid(code: string, field: string, message: string): ApiError {
  return new ApiError('Invalid', message, { causes: [{ reason: code, field, message }] });
}

/** A write that this caller may not make: 403 with the code. */
export function forbidden(code: string, message: string, field?: string): ApiError {
  return new ApiError('Forbidden', message, {
    causes: [{ reason: code, message, ...(field ? { field } : {}) }],
  });
}
