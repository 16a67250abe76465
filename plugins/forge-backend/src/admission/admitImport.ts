import { OrgNamespaceBinding } from '@krate/plugin-control-plane-common';
import { AdmissionRequest } from '@krate/plugin-control-plane-node';
import { Repository } from '@krate/plugin-forge-common';
import { ImportConfig } from '../config';
import { forbidden, invalid } from './refuse';

/** A source that can be one. Whether its address may be reached is decided when it is fetched from. */
export function admitImport(
  { object, allows, principal }: AdmissionRequest<typeof Repository>,
  imports: ImportConfig,
): void {
  const { importFrom, initialize } = object.spec;
  if (!importFrom) return;
  const { url, path } = importFrom;
  if ((url === undefined) === (path === undefined))
    throw invalid('IMPORT_SOURCE', 'spec.importFrom', 'Give an address or a path to import from');
  if (initialize)
    throw invalid('IMPORT_OR_INITIALIZE', 'spec.initialize', 'What is imported has its first commit already');
  if (url !== undefined) admitUrl(url, imports);
  if (path === undefined) return;
  if (!path.startsWith('/') || path.includes('\0'))
    throw invalid('IMPORT_PATH', 'spec.importFrom.path', 'A path of the server begins with a slash');
  // Nobody in an organization makes a binding of namespaces: that is for administrators of the platform.
  if (principal.type !== 'system' && !allows('create', OrgNamespaceBinding))
    throw forbidden(
      'IMPORT_PATH_ADMIN',
      'Paths of the server are imported by platform administrators',
      'spec.importFrom.path',
    );
}

function admitUrl(text: string, { allowPrivateAddresses }: ImportConfig): void {
  const field = 'spec.importFrom.url';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const known = url?.protocol === 'https:' || (allowPrivateAddresses && url?.protocol === 'http:');
  if (!url || !known)
    throw invalid('IMPORT_URL', field, 'Repositories are imported over HTTPS: https://host/path.git');
  if (url.username || url.password)
    throw invalid(
      'IMPORT_URL_SECRET',
      field,
      'An address is seen by everybody here: leave the name and the password out',
    );
  if (url.hash) throw invalid('IMPORT_URL', field, 'An address of a repository has no part behind #');
}
