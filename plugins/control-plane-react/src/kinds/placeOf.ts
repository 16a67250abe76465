import { namespaceOf, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { organizationPath } from '../organization';
import { KindInfo } from './KindInfo';

type Scope = Pick<KindInfo, 'clusterScoped' | 'platform'>;

/** Where the objects of a kind live, seen from an organization; undefined for those in no namespace. */
export function placeOf(kind: Scope, organization: string): string | undefined {
  if (kind.clusterScoped) return undefined;
  return kind.platform ? PLATFORM_NAMESPACE : namespaceOf(organization);
}

/** The address of a kind's list, of an object's page, or of a part of that page. */
export function explorerPath(
  organization: string,
  plural?: string,
  name?: string,
  part?: 'edit' | 'relations' | 'history' | 'yaml',
): string {
  const parts = [plural, name, part].filter((text): text is string => Boolean(text));
  return organizationPath(organization, 'explorer', ...parts);
}

/** The address of the form that makes an object of a kind. Not below the list: an object may be called anything. */
export function createPath(organization: string, plural: string): string {
  return organizationPath(organization, 'create', plural);
}
