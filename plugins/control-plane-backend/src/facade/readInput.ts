import { ActionCall, ApiError, decodeObject, Route, StatusCause } from '@krate/resource-model';
import type { Request } from 'express';
import { z } from 'zod';
import { BODY_LIMIT, mediaTypeOf, readBody } from '../api/readBody';

/** The input of a route, checked against its declaration. */
export interface Input {
  params: unknown;
  query: unknown;
  body: unknown;
}

/**
 * Reads and checks what a request gives. Parameters first, so that no body is read for a path that cannot be meant.
 *
 * @throws ApiError BadRequest with every fault, or what the body's size and type refuse
 */
export async function readInput(
  route: Route,
  request: Request,
  path: Record<string, string>,
  query: URLSearchParams,
): Promise<Input> {
  const params = check(route.params, path, 'path');
  const asked = check(route.query, single(query), 'query');
  return { params, query: asked, body: route.body ? await bodyOf(route, request) : undefined };
}

/**
 * Checks what an action gives, as if it had come in a request.
 *
 * @throws ApiError BadRequest with every fault of the first part that has one
 */
export function checkCall(route: Route, { params, query, body }: Omit<ActionCall, 'org'>): Input {
  return {
    params: check(route.params, params, 'path'),
    query: check(route.query, query, 'query'),
    body: route.body ? check(route.body, body, '') : undefined,
  };
}

async function bodyOf(route: Route, request: Request): Promise<unknown> {
  const limit = route.bodyLimit ?? BODY_LIMIT;
  const bytes = await readBody(request, limit);
  if (bytes.length === 0) {
    if (route.bodyOptional) return check(route.body, {}, '');
    throw new ApiError('BadRequest', 'This route needs a body: send JSON, or YAML');
  }
  const object = decodeObject(bytes.toString('utf8'), mediaTypeOf(request), { maxBytes: limit });
  return check(route.body, object, '');
}

/** Every parameter counts once: of two values nobody could say which is meant. */
function single(query: URLSearchParams): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  for (const [name, value] of query) {
    if (name in values) {
      const message = 'Give every parameter once';
      throw new ApiError('BadRequest', `${message}: "${name}" is there twice`, {
        causes: [{ reason: 'FieldValueDuplicate', field: `query.${name}`, message }],
      });
    }
    values[name] = value;
  }
  return { ...values };
}

function check(schema: z.ZodType | undefined, value: unknown, place: string): unknown {
  if (!schema) return {};
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const causes = checked.error.issues.flatMap(issue => causesOf(issue, place)).slice(0, 50);
  const told = causes.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; ');
  throw new ApiError('BadRequest', `The request is not as this route describes: ${told}`, { causes });
}

function causesOf(issue: z.core.$ZodIssue, place: string): StatusCause[] {
  const field = [...(place ? [place] : []), ...issue.path.map(String)].join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => ({
        reason: 'FieldValueForbidden',
        field: field ? `${field}.${key}` : key,
        message: 'There is no such field',
      }));
    case 'invalid_type':
      return issue.input === undefined
        ? [{ reason: 'FieldValueRequired', field, message: 'Required value' }]
        : [{ reason: 'FieldValueTypeInvalid', field, message: issue.message }];
    case 'invalid_value':
      return [{ reason: 'FieldValueNotSupported', field, message: issue.message }];
    default:
      return [{ reason: 'FieldValueInvalid', field, message: issue.message }];
  }
}
