import { ApiError, StatusCause } from '@krate/resource-model';

const OPTIONS: Readonly<Record<string, string>> = {
  POST: 'CreateOptions',
  PUT: 'UpdateOptions',
  PATCH: 'PatchOptions',
  DELETE: 'DeleteOptions',
};

/** A refusal of one option of a write, which is an object of its own to a kube-apiserver: `PatchOptions.meta.k8s.io`. */
export function invalidOption(method: string, reason: StatusCause['reason'], field: string, message: string) {
  const kind = OPTIONS[method] ?? 'PatchOptions';
  return new ApiError('Invalid', `${kind}.meta.k8s.io "" is invalid: ${field}: ${message}`, {
    group: 'meta.k8s.io',
    kind,
    causes: [{ reason, message, field }],
  });
}
