/** One operation of the served OpenAPI document, with references resolved where tests need them. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  open: boolean;
  streams: boolean;
  pathParameters: { name: string; schema: Schema }[];
  query: { name: string; required: boolean; schema: Schema }[];
  body?: Schema;
  example?: unknown;
}

export type Schema = Record<string, any>;

/** Every operation of a document. */
export function operationsOf(document: Schema): Operation[] {
  return Object.entries<Schema>(document.paths).flatMap(([path, methods]) =>
    Object.entries<Schema>(methods).map(([method, operation]) => {
      const parameters: Schema[] = operation.parameters.map((parameter: Schema) =>
        resolved(parameter, document),
      );
      const content = operation.requestBody?.content['application/json'];
      return {
        id: operation.operationId,
        ...{ method: method.toUpperCase(), path },
        open: operation.security?.length === 0,
        streams: Boolean(operation.responses['200']?.content?.['text/event-stream']),
        pathParameters: parameters.filter(each => each.in === 'path') as Operation['pathParameters'],
        query: parameters.filter(each => each.in === 'query') as Operation['query'],
        body: content?.schema,
        example: content?.example,
      };
    }),
  );
}

export function resolved(node: Schema, document: Schema): Schema {
  if (typeof node.$ref !== 'string') return node;
  return node.$ref
    .slice(2)
    .split('/')
    .reduce<Schema>((here, part) => here[part], document);
}

/** The path with its parameters filled in; what is not given stays a name that nothing has. */
export function pathOf({ path }: Operation, params: Record<string, string>): string {
  return path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? 'nothing'));
}
