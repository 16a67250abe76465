import { ApiError } from '@krate/resource-model';
import { ListRequest } from './requests';

/**
 * Reads a resourceVersion: absent and empty mean "newest", 0 means "any".
 *
 * @throws ApiError BadRequest for what this server never gave out
 */
export function parseVersion(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new ApiError(
    'BadRequest',
    `resourceVersion: Invalid value: ${JSON.stringify(text)}: must be a version of this server`,
  );
}

/**
 * The one version a list shall show: named as `Exact`, or, as Kubernetes has always read it, together with a limit and no
 * match at all.
 */
export function exactVersion(request: ListRequest): number | undefined {
  const { resourceVersion, resourceVersionMatch, limit } = request;
  if (request.continue) return undefined;
  const isExact = resourceVersionMatch ? resourceVersionMatch === 'Exact' : limit;
  return isExact ? parseVersion(resourceVersion) || undefined : undefined;
}

/** Refuses combinations of list options that contradict each other, in the words of Kubernetes. */
export function assertListVersions({
  resourceVersion,
  resourceVersionMatch: match,
  continue: token,
}: ListRequest): void {
  if (token) {
    if (resourceVersion && resourceVersion !== '0') {
      throw new ApiError('BadRequest', 'specifying resource version is not allowed when using continue');
    }
    if (match) throw forbiddenMatch('resourceVersionMatch is forbidden when continue is provided');
    return;
  }
  if (!match) return;
  if (!resourceVersion)
    throw forbiddenMatch('resourceVersionMatch is forbidden unless resourceVersion is provided');
  if (match !== 'Exact' && match !== 'NotOlderThan') {
    throw invalidOption(
      `Unsupported value: ${JSON.stringify(match)}: supported values: "Exact", "NotOlderThan", ""`,
      'FieldValueNotSupported',
    );
  }
  if (match === 'Exact' && resourceVersion === '0') {
    throw forbiddenMatch('resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
  }
}

function forbiddenMatch(why: string): ApiError {
  return invalidOption(`Forbidden: ${why}`, 'FieldValueForbidden');
}

function invalidOption(message: string, reason: string, field = 'resourceVersionMatch'): ApiError {
  return new ApiError('Invalid', `ListOptions.meta.k8s.io "" is invalid: ${field}: ${message}`, {
    group: 'meta.k8s.io',
    kind: 'ListOptions',
    causes: [{ reason, message, field }],
  });
}

/** `sendInitialEvents` says how a watch begins, so it needs to say from what. */
export function assertInitialEvents(sendInitialEvents: boolean | undefined, match: string | undefined): void {
  if (sendInitialEvents === undefined) {
    if (match)
      throw forbiddenMatch(
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
      );
    return;
  }
  if (match === 'NotOlderThan') return;
  throw forbiddenMatch('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan');
}
