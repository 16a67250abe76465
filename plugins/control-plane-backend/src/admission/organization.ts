import {
  AgentRoleBinding,
  AuthProvider,
  IdentityMapping,
  ORGANIZATION_LABEL,
  organizationOf,
  PLATFORM_NAMESPACE,
  Team,
  User,
} from '@krate/plugin-control-plane-common';
import { AdmissionRequest } from '@krate/plugin-control-plane-node';
import { hasOrganization, isObject } from '@krate/resource-model';
import { refuse } from './refuse';

/** Kinds of an organization that the platform itself has as well: its administrators and its sign-in. */
const ALSO_PLATFORM: readonly string[] = [
  User.kind,
  Team.kind,
  IdentityMapping.kind,
  AuthProvider.kind,
  AgentRoleBinding.kind,
];

/**
 * Every object of an organization says which: `spec.organizationRef` and the label are filled in from the namespace, and
 * whoever gives another one is told. Platform kinds live in the platform namespace only.
 */
export function belongsToItsOrganization(request: AdmissionRequest): void {
  const { kind, namespace, object, operation } = request;
  if (operation === 'delete') return;
  if (kind.platform && namespace !== PLATFORM_NAMESPACE) {
    const message = `objects of this kind live in the namespace ${PLATFORM_NAMESPACE}`;
    throw refuse(request, 'Invalid', {
      reason: 'ORG_NAMESPACE_MISMATCH',
      field: 'metadata.namespace',
      message,
    });
  }
  const organization = organizationOf(namespace);
  if (organization === undefined) {
    if (hasOrganization(kind) && !isPlatformIdentity(request)) {
      const message = 'objects of this kind belong to an organization: use its namespace, krate-org-<name>';
      throw refuse(request, 'Invalid', { reason: 'ORG_REQUIRED', field: 'metadata.namespace', message });
    }
    return;
  }
  stampLabel(request, organization);
  if (!hasOrganization(kind)) return;
  const spec = (object.spec ??= {}) as Record<string, unknown>;
  if (!isObject(spec)) return;
  spec.organizationRef ??= organization;
  if (spec.organizationRef !== organization) throw mismatch(request, 'spec.organizationRef');
}

function isPlatformIdentity({ kind, namespace }: AdmissionRequest): boolean {
  return namespace === PLATFORM_NAMESPACE && ALSO_PLATFORM.includes(kind.kind);
}

function stampLabel(request: AdmissionRequest, organization: string): void {
  const { metadata } = request.object;
  // Labels of a wrong type are the schema's to refuse; merged with ours they would look right.
  if (metadata.labels && !isObject(metadata.labels)) return;
  const given = metadata.labels?.[ORGANIZATION_LABEL];
  if (given !== undefined && given !== organization) {
    throw mismatch(request, `metadata.labels['${ORGANIZATION_LABEL}']`);
  }
  metadata.labels = { ...metadata.labels, [ORGANIZATION_LABEL]: organization };
}

function mismatch(request: AdmissionRequest, field: string) {
  const message = 'must be the organization of the object’s namespace; leave it out and it is filled in';
  return refuse(request, 'Invalid', { reason: 'ORG_NAMESPACE_MISMATCH', field, message });
}
