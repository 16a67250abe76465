import { organizationOf, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { AdmissionRequest } from '@krate/plugin-control-plane-node';
import { isObject, StructuralSchema, structuralSchemaOf } from '@krate/resource-model';
import { refuse } from './refuse';

/**
 * No reference leads out of its organization. A reference is a bare name and so resolves in the object's own namespace
 * (or in the platform's); what remains is a name that spells a place (`globex/web`), an object with a `namespace` of
 * its own, and an `organizationRef` further down. Whether the target exists is not asked here: an answer would tell, and
 * a reconciler says it later.
 */
export function refersWithinItsOrganization(request: AdmissionRequest): void {
  if (request.operation === 'delete') return;
  const home = { namespace: request.namespace ?? '', organization: organizationOf(request.namespace) };
  if (home.organization === undefined) return;
  const { spec } = request.object as { spec?: unknown };
  const schema = structuralSchemaOf(request.kind).properties?.spec;
  const field = schema && firstForeign(schema, spec, 'spec', home);
  if (!field) return;
  const message =
    'it refers to another organization; objects refer to objects of their own organization by bare name';
  throw refuse(request, 'Forbidden', { reason: 'CROSS_ORG_REF_DENIED', field, message });
}

interface Home {
  namespace: string;
  organization?: string;
}

/** The path of the first reference that leads out, in the order of the fields. */
function firstForeign(
  schema: StructuralSchema,
  value: unknown,
  path: string,
  home: Home,
): string | undefined {
  if (typeof value === 'string')
    return schema['x-krate-ref'] && isForeignName(value, home) ? path : undefined;
  if (Array.isArray(value)) {
    return firstOf(
      value,
      (item, index) => schema.items && firstForeign(schema.items, item, `${path}[${index}]`, home),
    );
  }
  if (!isObject(value)) return undefined;
  const inPlace = foreignPlace(value, path, home);
  if (inPlace) return inPlace;
  return firstOf(Object.entries(value), ([name, child]) => {
    const of = schema.properties?.[name] ?? schema.additionalProperties;
    return of && firstForeign(of, child, `${path}.${name}`, home);
  });
}

function isForeignName(name: string, home: Home): boolean {
  const slash = name.indexOf('/');
  if (slash < 0) return false;
  const place = name.slice(0, slash);
  return place !== home.namespace && place !== home.organization;
}

/** `spec.organizationRef` itself is compared with the namespace elsewhere, with a code of its own. */
function foreignPlace(value: Record<string, unknown>, path: string, home: Home): string | undefined {
  const { namespace, organizationRef } = value;
  if (typeof namespace === 'string' && 'name' in value && isForeignNamespace(namespace, home))
    return `${path}.namespace`;
  const foreign = typeof organizationRef === 'string' && organizationRef !== home.organization;
  return foreign && path !== 'spec' ? `${path}.organizationRef` : undefined;
}

function isForeignNamespace(namespace: string, home: Home): boolean {
  if (namespace === home.namespace) return false;
  return organizationOf(namespace) !== undefined || namespace === PLATFORM_NAMESPACE;
}

function firstOf<T>(
  items: readonly T[],
  find: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found) return found;
  }
  return undefined;
}
