import { AccessAttributes, Principal, principalName } from '@krate/plugin-control-plane-node';
import { ApiError, Kind, StatusCause } from '@krate/resource-model';
import { StoreError } from '@krate/resource-store';

/*
 * Refusals in the words of a kube-apiserver: kubectl, client-go and people's scripts compare these texts and details.
 */

type Named = Pick<Kind, 'group' | 'plural'>;

const qualified = ({ group, plural }: Named) => (group ? `${plural}.${group}` : plural);
const details = ({ group, plural }: Named, name: string) => ({
  name,
  ...(group ? { group } : {}),
  kind: plural,
});

export function notFound(kind: Named, name: string): ApiError {
  return new ApiError('NotFound', `${qualified(kind)} "${name}" not found`, details(kind, name));
}

export function alreadyExists(kind: Named, name: string): ApiError {
  return new ApiError('AlreadyExists', `${qualified(kind)} "${name}" already exists`, details(kind, name));
}

export function conflict(kind: Named, name: string, why: string): ApiError {
  return new ApiError(
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(kind)} "${name}": ${why}`,
    details(kind, name),
  );
}

export function modified(kind: Named, name: string): ApiError {
  return conflict(
    kind,
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  );
}

/** A delete's precondition that does not hold; a kube-apiserver names the kind here, where it names the resource elsewhere. */
export function preconditionFailed(kind: Named & { kind: string }, name: string, why: string): ApiError {
  const { group, kind: plural } = kind;
  return conflict({ group, plural }, name, why);
}

export function forbiddenWrite(kind: Named, name: string, why: string, cause?: StatusCause): ApiError {
  return new ApiError('Forbidden', `${qualified(kind)} "${name}" is forbidden: ${why}`, {
    ...details(kind, name),
    causes: cause && [cause],
  });
}

/** Nobody learns from a refusal whether the object exists. Without credentials the way out is to sign in: 401. */
export function forbidden(principal: Principal, attributes: AccessAttributes, reason: string): ApiError {
  if (principal.type === 'anonymous') {
    return new ApiError(
      'Unauthorized',
      'You must be logged in to the server: send a token or a client certificate',
    );
  }
  const { verb, group, resource, subresource, namespace, name } = attributes;
  const what = subresource ? `${resource}/${subresource}` : resource;
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
  const subject = `${qualified({ group, plural: resource })}${name ? ` "${name}"` : ''}`;
  const message = `${subject} is forbidden: User "${principalName(principal)}" cannot ${verb} resource "${what}" in API group "${group}" ${where}`;
  return new ApiError(
    'Forbidden',
    reason ? `${message}: ${reason}` : message,
    details({ group, plural: resource }, name ?? ''),
  );
}

/** @param rest - a token that reads the rest of the list as it is now */
export function expiredContinue(rest: string): ApiError {
  return new ApiError(
    'Expired',
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    {},
    { continue: rest },
  );
}

export function expiredVersion(asked: number | string): ApiError {
  return new ApiError(
    'Expired',
    `too old resource version: ${asked}; list again and watch from the version of that list`,
  );
}

/** @param current - the newest version, where it is known */
export function tooLargeVersion(asked: number, current?: number): ApiError {
  const known = current === undefined ? '' : `, current: ${current}`;
  const message = `Timeout: Too large resource version: ${asked}${known}`;
  return new ApiError('Timeout', message, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    retryAfterSeconds: 1,
  });
}

/** @param action - what was tried: a verb, or a method that is none */
export function methodNotAllowed(kind: Named, action: string): ApiError {
  const { group, plural } = kind;
  const message = `${action} is not supported on resources of kind "${qualified(kind)}"`;
  return new ApiError('MethodNotAllowed', message, { group, kind: plural });
}

/** What a failure of the store means to the caller of a verb on one object. Other errors pass through. */
export function fromStoreError(error: unknown, kind: Named, name: string): unknown {
  if (!(error instanceof StoreError)) return error;
  switch (error.code) {
    case 'already-exists':
      return alreadyExists(kind, name);
    case 'not-found':
      return notFound(kind, name);
    case 'conflict':
      return modified(kind, name);
    case 'unavailable':
      return new ApiError('ServiceUnavailable', 'The store does not answer at the moment; try again', {
        retryAfterSeconds: 1,
      });
    case 'invalid':
      return new ApiError('BadRequest', error.message);
    case 'fenced':
      return new ApiError('ServiceUnavailable', error.message);
    default:
      return error;
  }
}
