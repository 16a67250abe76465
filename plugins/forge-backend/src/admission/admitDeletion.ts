import { AdmissionRequest, principalName } from '@krate/plugin-control-plane-node';
import { Repository } from '@krate/plugin-forge-common';
import { forbidden, invalid } from './refuse';

/** How long a deleted repository can be restored when nobody says otherwise. */
const GRACE_MS = 7 * 86_400_000;

/** Deleting and restoring are for who may delete; the server says by whom and until when. */
export function admitDeletion(request: AdmissionRequest<typeof Repository>): void {
  const { object, oldObject, principal, allows } = request;
  const [before, after] = [oldObject?.spec.deletion, object.spec.deletion];
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (!oldObject)
    throw invalid('NOT_YET_THERE', 'spec.deletion', 'A repository is made before it is deleted');
  if (principal.type !== 'system' && !allows('delete', Repository, object.metadata.name))
    throw forbidden(
      'DELETE_REQUIRED',
      'Deleting and restoring are for who may delete the repository',
      'spec.deletion',
    );
  if (!after) return;
  after.at ??= before?.at ?? new Date(Date.now() + GRACE_MS).toISOString();
  after.requestedBy = before?.requestedBy ?? principalName(principal);
}
