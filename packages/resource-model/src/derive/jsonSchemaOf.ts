import { Kind } from '../defineKind';
import { JsonObject } from '../isObject';
import { objectMetaSchema } from '../objectMetaSchema';
import { StructuralSchema } from '../StructuralSchema';
import { structuralSchemaOf } from '../structuralSchemaOf';
import { mapSchema } from './mapSchema';

/** Metadata a person writes; the rest is the server's. */
const WRITTEN = [
  'name',
  'generateName',
  'namespace',
  'labels',
  'annotations',
  'finalizers',
  'ownerReferences',
];

/**
 * The JSON Schema (draft-07) of the manifests of a kind, for editors and forms. Unknown fields are refused so that typing
 * errors show; references keep `x-krate-ref`, from which a form makes a picker. The status is left out: nobody writes it.
 */
export function jsonSchemaOf(kind: Kind): JsonObject {
  const { status: _, ...properties } = structuralSchemaOf(kind).properties ?? {};
  const metadata = {
    ...objectMetaSchema,
    properties: Object.fromEntries(
      Object.entries(objectMetaSchema.properties ?? {}).filter(([name]) => WRITTEN.includes(name)),
    ),
  };
  const schema: StructuralSchema = {
    ...structuralSchemaOf(kind),
    title: kind.kind,
    properties: {
      ...properties,
      apiVersion: { type: 'string', enum: [kind.apiVersion] },
      kind: { type: 'string', enum: [kind.kind] },
      metadata,
    },
    required: ['apiVersion', 'kind', 'metadata', ...(structuralSchemaOf(kind).required ?? [])],
  };
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...mapSchema(schema, draft07) };
}

function draft07(node: StructuralSchema): JsonObject {
  const out = plainJsonSchema(node);
  if (node.type === 'object' && !node.additionalProperties && !node['x-kubernetes-preserve-unknown-fields']) {
    out.additionalProperties = false;
  }
  return out;
}

/** A node of a structural schema in the words of JSON Schema, where the two differ. */
export function plainJsonSchema(node: StructuralSchema): JsonObject {
  const { nullable, exclusiveMinimum, exclusiveMaximum, ...rest } = node;
  const out: JsonObject = { ...rest };
  if (nullable && node.type) out.type = [node.type, 'null'];
  if (nullable && node.enum) out.enum = [...node.enum, null];
  if (node['x-kubernetes-int-or-string']) out.type = ['integer', 'string'];
  if (exclusiveMinimum) moveBound(out, 'minimum', 'exclusiveMinimum');
  if (exclusiveMaximum) moveBound(out, 'maximum', 'exclusiveMaximum');
  return out;
}

function moveBound(out: JsonObject, from: string, to: string) {
  out[to] = out[from];
  delete out[from];
}
