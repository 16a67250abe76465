import { KRATE_GROUP, Kind } from './defineKind';
import { ref } from './ref';
import { StructuralSchema } from './StructuralSchema';
import { zodToStructural } from './zodToStructural';

const cache = new WeakMap<Kind, StructuralSchema>();

/**
 * The schema of a kind's whole object, made once per kind. Validation, CRD, OpenAPI and forms all read this one.
 * Treat it as read-only.
 *
 * @throws NotStructuralError when the kind says something an API server could not enforce
 */
export function structuralSchemaOf(kind: Kind): StructuralSchema {
  const known = cache.get(kind);
  if (known) return known;
  const schema = assemble(kind);
  cache.set(kind, schema);
  return schema;
}

/** Whether objects of the kind belong to an organization, that is, live in its namespace and carry `spec.organizationRef`. */
export function hasOrganization(kind: Kind): boolean {
  return kind.group === KRATE_GROUP && !kind.clusterScoped && !kind.platform && !kind.flat;
}

function assemble(kind: Kind): StructuralSchema {
  const payload = zodToStructural(kind.spec, kind.kind, kind.flat ? '' : 'spec');
  const { properties = {}, required = [] } = kind.flat ? payload : wrapSpec(kind, payload);
  return {
    type: 'object',
    description: kind.summary,
    properties: {
      apiVersion: { type: 'string', description: `The group and version of the object: ${kind.apiVersion}.` },
      kind: { type: 'string', description: `The kind of the object: ${kind.kind}.` },
      metadata: { type: 'object' },
      ...properties,
      ...(!kind.flat || kind.status ? { status: statusOf(kind) } : {}),
    },
    ...(required.length > 0 ? { required } : {}),
    ...(kind.rules ? { 'x-kubernetes-validations': kind.rules } : {}),
  };
}

/** An object whose spec needs nothing may leave it out, and gets one: readers never meet an object without spec. */
function wrapSpec(kind: Kind, payload: StructuralSchema): StructuralSchema {
  const spec = { description: 'What is wanted.', ...payload };
  if (hasOrganization(kind) && !spec.properties?.organizationRef) {
    spec.properties = { ...spec.properties, organizationRef: organizationRef(kind) };
  }
  if (spec.required?.length) return { properties: { spec }, required: ['spec'] };
  return { properties: { spec: { ...spec, default: spec.default ?? {} } } };
}

function organizationRef(kind: Kind): StructuralSchema {
  const declared = ref('Organization').describe(
    'The organization the object belongs to. The server fills it in from the namespace.',
  );
  return zodToStructural(declared, kind.kind, 'spec.organizationRef');
}

/** Controllers fill in a status piece by piece, so none of its own fields is required. */
function statusOf(kind: Kind): StructuralSchema {
  const { required: _, ...status } = zodToStructural(kind.statusSchema, kind.kind, 'status');
  return { description: 'What was observed.', ...status };
}
