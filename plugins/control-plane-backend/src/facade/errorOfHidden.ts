import { ApiError } from '@krate/resource-model';
import { refusal } from './errorBodyOf';

/** One answer for an organization that does not exist and for one that is hidden. */
export function errorOfHidden(organization: string): ApiError {
  return refusal(
    'NotFound',
    'ORG_NOT_FOUND',
    `There is no organization "${organization}", or you are no member of it`,
    { kind: 'organizations', name: organization },
  );
}
