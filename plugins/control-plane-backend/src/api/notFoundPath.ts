import { ApiError } from '@krate/resource-model';

/** The refusal of a path that nothing answers to, in the words of Kubernetes. */
export function notFoundPath(): ApiError {
  return new ApiError('NotFound', 'the server could not find the requested resource');
}
