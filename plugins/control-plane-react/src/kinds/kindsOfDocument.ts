import { KindFacts, referencePathsIn, StructuralSchema } from '@krate/resource-model';
import { KindInfo } from './KindInfo';

interface OpenApiDocument {
  components: { schemas: Record<string, OpenApiSchema> };
}

type OpenApiSchema = Omit<StructuralSchema, 'allOf'> & {
  allOf?: { $ref?: string; pattern?: string }[];
  'x-krate-kind'?: KindFacts;
  'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[];
};

/** The kinds that an OpenAPI document of the server tells of. */
export function kindsOfDocument(document: OpenApiDocument): KindInfo[] {
  const { schemas } = document.components;
  return Object.values(schemas).flatMap(schema => {
    const facts = schema['x-krate-kind'];
    const identity = schema['x-kubernetes-group-version-kind']?.[0];
    if (!facts || !identity) return [];
    const { group, version, kind } = identity;
    const whole = withMetadata(schema, schemas);
    return [
      {
        ...facts,
        summary: plainText(facts.summary),
        ...{ group, version, kind },
        apiVersion: group ? `${group}/${version}` : version,
        resource: group ? `${facts.plural}.${group}` : facts.plural,
        schema: whole,
        references: referencePathsIn(whole),
      },
    ];
  });
}

/** Only metadata is told by reference; its schema takes the reference's place. */
function withMetadata(schema: OpenApiSchema, all: Record<string, OpenApiSchema>): StructuralSchema {
  const whole = schema as StructuralSchema;
  const metadata = schema.properties?.metadata as OpenApiSchema | undefined;
  const target = metadata?.allOf?.find(({ $ref }) => $ref)?.$ref;
  const found = target && all[target.replace('#/components/schemas/', '')];
  return found
    ? { ...whole, properties: { ...whole.properties, metadata: found as StructuralSchema } }
    : whole;
}

/** A summary is a sentence for a line of a list; its marks of code say nothing there. */
function plainText(markdown: string): string {
  return markdown.replaceAll('`', '');
}
