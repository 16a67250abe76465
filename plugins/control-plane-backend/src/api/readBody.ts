import { ApiError, decodeObject, JsonObject } from '@krate/resource-model';
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

/** One object from a JSON, YAML or protobuf body. */
export async function readObject(req: Request): Promise<JsonObject> {
  const body = await readBody(req);
  const type = mediaTypeOf(req);
  if (type === PROTOBUF_TYPE) return decodeProtobuf(body);
  return decodeObject(body.toString('utf8'), type, { maxBytes: BODY_LIMIT });
}
