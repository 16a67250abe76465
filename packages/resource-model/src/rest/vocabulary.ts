import { z } from 'zod';
import { isObject } from '../isObject';
import { NAME_PATTERN } from '../ref';
import { Resource } from '../resource';

/*
 * The words that routes are written in. Aliases exist at this border only: what is stored has one form.
 */

/** The name of an object, in a path or a body. */
export const objectName = z.string().min(1).max(253).regex(new RegExp(NAME_PATTERN));

/** Values with their synonyms, in any letter case of a synonym that is listed; the handler sees the value. */
export function oneOf<const V extends readonly [string, ...string[]]>(
  values: V,
  aliases: Readonly<Record<string, V[number]>> = {},
) {
  const all = [...values, ...Object.keys(aliases)] as [string, ...string[]];
  return z
    .enum(all)
    .transform(value => (Object.hasOwn(aliases, value) ? aliases[value] : value) as V[number]);
}

/** A name, given as a string or, as other APIs do, as an object that has it: `"web"` or `{"name": "web"}`. */
export const nameOrObject = z
  .union([objectName, z.object({ kind: z.string().max(120).optional(), name: objectName })])
  .transform(value => (typeof value === 'string' ? value : value.name));

/** `true` or `false` in a query. */
export const flag = z.enum(['true', 'false']).transform(value => value === 'true');

const known = new Map<string, z.ZodType<Resource, Resource>>();

/** An object of a kind in an answer. The document describes it by the kind's own schema. */
export function objectOf(kind: string): z.ZodType<Resource, Resource> {
  const made =
    known.get(kind) ??
    z.custom<Resource>(isObject, 'must be an object').meta({ id: kind, 'x-krate-kind': kind });
  known.set(kind, made);
  return made;
}

/** An object of any kind. */
export const anyResource = z
  .custom<Resource>(isObject, 'must be an object')
  .meta({ id: 'KrateResource', 'x-krate-kind': '*' });

/** A page of objects of one kind. */
export function pageOf(items: z.ZodType<Resource, Resource>) {
  return z.object({
    items: z.array(items),
    total: z.int().describe('How many there are, on this page and the following ones.'),
    kind: z.string(),
    resourceVersion: z
      .string()
      .describe('The state of the store that this page shows; a watch goes on from it.'),
    continue: z.string().optional().describe('Given as `continue`, it asks for the next page.'),
  });
}

/** What a deletion answers. */
export const deleted = z
  .object({
    deleted: z.boolean().describe('False while finalizers hold the object.'),
    name: z.string(),
    kind: z.string(),
  })
  .meta({ id: 'DeleteResult' });
