import { ApiError, decodeObject, duplicateFields, JsonObject } from '@krate/resource-model';
import type { Request } from 'express';
import { decodeProtobuf, PROTOBUF_TYPE } from './decodeProtobuf';

/** What a request body may be at most, in bytes. */
export const BODY_LIMIT = 1.5 * 1024 * 1024;

/** The media type of a body, without parameters. kubectl and people who send none mean JSON. */
export function mediaTypeOf(req: Request): string {
  return (req.headers['content-type'] ?? 'application/json').split(';')[0].trim().toLowerCase();
}

/**
 * The body as it came.
 *
 * @throws ApiError RequestEntityTooLarge as soon as it is known
 */
export async function readBody(req: Request, limit: number = BODY_LIMIT): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > limit) throw tooLarge(req, limit);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge(req, limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The rest of the body is not read: the connection ends with the answer. */
function tooLarge(req: Request, limit: number): ApiError {
  req.res?.set('Connection', 'close');
  return new ApiError('RequestEntityTooLarge', `Request entity too large: limit is ${limit}`);
}

/** An object as it was sent, and the fields of it that were there more than once. */
export interface SentObject {
  object: JsonObject;
  duplicateFields: readonly string[];
}

/** One object from a JSON, YAML or protobuf body; YAML with a field twice is no YAML. */
export async function readSent(req: Request): Promise<SentObject> {
  const body = await readBody(req);
  const type = mediaTypeOf(req);
  if (type === PROTOBUF_TYPE) return { object: decodeProtobuf(body), duplicateFields: [] };
  return sentObject(body.toString('utf8'), type);
}

/** @param type - a media type of JSON or YAML */
export function sentObject(text: string, type: string): SentObject {
  const object = decodeObject(text, type, { maxBytes: BODY_LIMIT });
  return { object, duplicateFields: type.endsWith('json') ? duplicateFields(text) : [] };
}

/** As {@link readSent}, where nobody asks about duplicates. */
export async function readObject(req: Request): Promise<JsonObject> {
  return (await readSent(req)).object;
}
