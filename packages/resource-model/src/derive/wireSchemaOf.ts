import { Kind } from '../defineKind';
import { JsonObject } from '../isObject';
import { objectMetaSchema } from '../objectMetaSchema';
import { StructuralSchema } from '../StructuralSchema';
import { structuralSchemaOf } from '../structuralSchemaOf';
import { plainJsonSchema } from './jsonSchemaOf';
import { mapSchema } from './mapSchema';

/** The JSON Schema of a kind's objects as the server answers them: metadata filled in, status included. */
export function wireSchemaOf(kind: Kind): JsonObject {
  const { properties = {}, required = [], ...schema } = structuralSchemaOf(kind);
  const whole: StructuralSchema = {
    ...schema,
    description: kind.summary,
    properties: {
      ...properties,
      apiVersion: { type: 'string', enum: [kind.apiVersion] },
      kind: { type: 'string', enum: [kind.kind] },
      metadata: { ...objectMetaSchema, required: ['name'] },
    },
    required: [...new Set(['apiVersion', 'kind', 'metadata', ...required])],
  };
  return mapSchema(whole, withoutVendorWords);
}

/** Words of the Kubernetes API mean nothing to generators of clients and documents. */
export function withoutVendorWords(node: StructuralSchema): JsonObject {
  const entries = Object.entries(plainJsonSchema(node));
  return Object.fromEntries(entries.filter(([word]) => !word.startsWith('x-kubernetes-')));
}
