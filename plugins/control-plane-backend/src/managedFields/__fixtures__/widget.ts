import { JsonObject, StructuralSchema } from '@krate/resource-model';

const text: StructuralSchema = { type: 'string' };

/** A kind with every way of merging that a structural schema knows. */
export const widgetSchema: StructuralSchema = {
  type: 'object',
  properties: {
    metadata: { type: 'object' },
    spec: {
      type: 'object',
      properties: {
        size: { type: 'integer' },
        colour: { type: 'string', default: 'grey' },
        nested: { type: 'object', properties: { a: text, b: text } },
        tags: { type: 'array', 'x-kubernetes-list-type': 'set', items: text },
        ports: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['port', 'protocol'],
          items: {
            type: 'object',
            properties: {
              port: { type: 'integer' },
              protocol: { type: 'string', default: 'TCP' },
              name: text,
              weight: { type: 'integer' },
            },
          },
        },
        steps: { type: 'array', items: text },
        settings: { type: 'object', additionalProperties: text },
        pools: {
          type: 'object',
          additionalProperties: { type: 'object', properties: { min: text, max: text } },
        },
        whole: { type: 'object', 'x-kubernetes-map-type': 'atomic', properties: { a: text, b: text } },
        raw: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      },
    },
    status: { type: 'object', properties: { phase: text, seen: { type: 'integer' } } },
  },
};

export const API_VERSION = 'krate.a5c.ai/v1alpha1';

/** A configuration of the widget `w`: what a person writes into a file. */
export function widget(spec?: JsonObject, more: JsonObject = {}): JsonObject {
  const { metadata, ...rest } = more;
  return {
    apiVersion: API_VERSION,
    kind: 'Widget',
    metadata: { name: 'w', namespace: 'default', ...(metadata as JsonObject) },
    ...(spec && { spec }),
    ...rest,
  };
}
