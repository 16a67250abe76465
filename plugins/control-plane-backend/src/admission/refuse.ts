import { AdmissionRequest } from '@krate/plugin-control-plane-node';
import { ApiError, StatusCause, StatusReason } from '@krate/resource-model';

/** A refusal of one write for one cause, in the words of the Kubernetes API. Never put a foreign object's name into it. */
export function refuse(
  request: Pick<AdmissionRequest, 'kind' | 'object'>,
  reason: StatusReason,
  cause: StatusCause,
): ApiError {
  const { kind, object } = request;
  const name = object.metadata?.name ?? '';
  const what = kind.group ? `${kind.plural}.${kind.group}` : kind.plural;
  const verdict = reason === 'Invalid' ? 'is invalid' : 'is forbidden';
  const where = cause.field ? `${cause.field}: ` : '';
  return new ApiError(reason, `${what} "${name}" ${verdict}: ${where}${cause.message}`, {
    name,
    group: kind.group,
    kind: kind.kind,
    causes: [cause],
  });
}
