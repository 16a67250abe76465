import { Namespace, Organization, organizationOf } from '@krate/plugin-control-plane-common';
import { AdmissionRequest } from '@krate/plugin-control-plane-node';
import { CONTENTS_FINALIZER } from '../collector/GarbageCollector';
import { refuse } from './refuse';

/** DNS label, and short enough for `krate-org-<name>` to be one as well. */
const SLUG = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SLUG_LIMIT = 53;

/** Organizations are slugs, since their name is part of a namespace, of URLs and of host names. */
export function organizationsAreSlugs(request: AdmissionRequest): void {
  const { kind, operation, object } = request;
  if (kind.kind !== Organization.kind || operation !== 'create') return;
  const { name } = object.metadata;
  if (SLUG.test(name) && name.length <= SLUG_LIMIT) return;
  const message = `an organization's name has lower case letters, digits and inner dashes, at most ${SLUG_LIMIT}`;
  throw refuse(request, 'Invalid', { reason: 'FieldValueInvalid', field: 'metadata.name', message });
}

/** The namespace of an organization comes and goes with it. */
export function organizationNamespacesAreTheirs(request: AdmissionRequest): void {
  const { kind, operation, object, principal } = request;
  if (kind.kind !== Namespace.kind || principal.type === 'system') return;
  if (operation === 'update' || organizationOf(object.metadata.name) === undefined) return;
  const message = `${operation} the Organization instead: its namespace follows`;
  throw refuse(request, 'Forbidden', { reason: 'FieldValueForbidden', field: 'metadata.name', message });
}

/** A namespace stays until the collector has emptied it. */
export function namespacesHoldTheirContents({ kind, operation, object }: AdmissionRequest): void {
  if (kind.kind !== Namespace.kind || operation !== 'create') return;
  const { finalizers = [] } = object.metadata;
  object.metadata.finalizers = [
    ...finalizers.filter(name => name !== CONTENTS_FINALIZER),
    CONTENTS_FINALIZER,
  ];
}
