import { Namespace, organizationOf } from '@krate/plugin-control-plane-common';
import { AdmissionRequest } from '@krate/plugin-control-plane-node';
import { CONTENTS_FINALIZER } from '../collector/GarbageCollector';
import { refuse } from './refuse';

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
