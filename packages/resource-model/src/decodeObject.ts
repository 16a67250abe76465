import { parse } from 'yaml';
import { ApiError } from './ApiError';
import { isObject, JsonObject } from './isObject';
import { utf8Length } from './utf8Length';

/** What a request body may be at most. */
export interface DecodeLimits {
  /** Bytes of UTF-8; the Kubernetes API takes 3 MiB. */
  maxBytes?: number;
  /** Levels of nesting. */
  maxDepth?: number;
}

const DEPTH_LIMIT = 100;
const YAML_TYPES = ['application/yaml', 'application/x-yaml', 'text/yaml', 'application/apply-patch+yaml'];

/**
 * Reads one object from a request body or a file. YAML is read as version 1.2: `y` and `no` are strings.
 *
 * @param contentType - a JSON or YAML media type; parameters such as `charset` are ignored
 * @throws ApiError UnsupportedMediaType, RequestEntityTooLarge or BadRequest
 */
export function decodeObject(
  text: string,
  contentType: string,
  { maxBytes = 3 * 1024 * 1024, maxDepth = DEPTH_LIMIT }: DecodeLimits = {},
): JsonObject {
  if (text.length > maxBytes || utf8Length(text) > maxBytes) {
    throw new ApiError('RequestEntityTooLarge', `The body is over the limit of ${maxBytes} bytes`);
  }
  const value = parseText(text, contentType.split(';')[0].trim().toLowerCase());
  if (!isObject(value))
    throw new ApiError('BadRequest', 'The body must be one object, with apiVersion, kind and metadata');
  assertPlainTree(value, maxDepth);
  return value;
}

function parseText(text: string, mediaType: string): unknown {
  const isJson = mediaType === 'application/json' || mediaType.endsWith('+json');
  if (!isJson && !YAML_TYPES.includes(mediaType)) {
    throw new ApiError(
      'UnsupportedMediaType',
      `The media type "${mediaType}" is not known here: send application/json or application/yaml`,
    );
  }
  try {
    return isJson ? JSON.parse(text) : parse(text, { maxAliasCount: 100 });
  } catch (error) {
    throw new ApiError(
      'BadRequest',
      `The body is not valid ${isJson ? 'JSON' : 'YAML'}: ${(error as Error).message.split('\n')[0]}`,
    );
  }
}

/**
 * Later steps walk the tree recursively and copy it field by field: neither depth nor `__proto__` may surprise them.
 *
 * @throws ApiError BadRequest
 */
export function assertPlainTree(value: unknown, depth: number = DEPTH_LIMIT): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth === 0) throw new ApiError('BadRequest', 'The body is nested too deeply');
  if (Object.hasOwn(value, '__proto__'))
    throw new ApiError('BadRequest', 'The body has a field named __proto__, which is not allowed');
  for (const item of Object.values(value)) assertPlainTree(item, depth - 1);
}
