import { Organization } from '@krate/plugin-control-plane-common';
import { DISPATCHED_BY_ANNOTATION, PullRequest } from '@krate/plugin-forge-common';

/** Who may neither approve nor merge because they dispatched the run that wrote it; undefined where one person is enough. */
export function barredDispatcher(
  { metadata }: PullRequest,
  organization: Organization | undefined,
): string | undefined {
  return organization?.spec.requireSecondApprover
    ? metadata.annotations?.[DISPATCHED_BY_ANNOTATION]
    : undefined;
}
