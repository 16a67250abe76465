import { ActionsRegistryActionOptions } from '@backstage/backend-plugin-api/alpha';
import { isObject, JsonObject } from '@krate/resource-model';

type Build = NonNullable<ActionsRegistryActionOptions<any, any>['schema']['input']>;
/** Backstage's registry hands out its own zod, of an older major version than ours. */
type Zod = Parameters<Build>[0];
type Schema = ReturnType<Zod['unknown']>;

/**
 * A JSON Schema in the zod of Backstage's registry, which shows it to clients. It describes and hardly checks: the route
 * behind the action does, and says more exactly what is wrong.
 */
export function zodOfJsonSchema(z: Zod, schema: JsonObject): ReturnType<Build> {
  const required = new Set((schema.required as string[]) ?? []);
  const fields = Object.entries((schema.properties ?? {}) as Record<string, JsonObject>).map(
    ([name, field]) => {
      const built = valueOf(z, field);
      return [name, required.has(name) ? built : built.optional()];
    },
  );
  return z.object(Object.fromEntries(fields)).passthrough() as ReturnType<Build>;
}

function valueOf(z: Zod, schema: JsonObject): Schema {
  const built = plain(z, schema);
  return (typeof schema.description === 'string' ? built.describe(schema.description) : built) as Schema;
}

function plain(z: Zod, schema: JsonObject): any {
  const { type, items, properties, additionalProperties, anyOf } = schema;
  if (Array.isArray(schema.enum) && schema.enum.every(each => typeof each === 'string'))
    return z.enum(schema.enum as [string, ...string[]]);
  if (Array.isArray(anyOf) && anyOf.length > 1) {
    const [first, second, ...rest] = anyOf.map(each => valueOf(z, each as JsonObject));
    return z.union([first, second, ...rest]);
  }
  switch (type) {
    case 'string':
      return z.string();
    case 'integer':
      return z.number().int();
    case 'number':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'array':
      return z.array(isObject(items) ? valueOf(z, items) : z.unknown());
    case 'object':
      if (isObject(properties)) return zodOfJsonSchema(z, schema);
      return z.record(isObject(additionalProperties) ? valueOf(z, additionalProperties) : z.unknown());
    default:
      return z.unknown();
  }
}
