import { ObjectKey, StoreError } from './ResourceStore';

/**
 * How a stored text becomes the wire text without being parsed.
 *
 * A draft starts `{"apiVersion":"…","kind":"…","metadata":{"` exactly, without spaces, as `JSON.stringify` writes an
 * object built in that order. The revision goes right behind the brace of `metadata`:
 *
 *     {"apiVersion":"krate.dev/v1","kind":"Agent","metadata":{"resourceVersion":"42","name":"a"},…
 *
 * Looking for the first `"metadata":{` is safe against any content: inside a JSON string every quote has a backslash
 * before it, so the quote that ends `"metadata"` can only be a real delimiter, and the only keys in front of it are
 * `apiVersion` and `kind`, whose values are strings and never followed by `:{`. `metadata` is never empty, so a comma
 * always follows. The store keeps the text without the revision: an event and the object share one text, and a delete
 * gives the last state a new revision without a second copy.
 */
const MARK = '"metadata":{';
const CANONICAL = /^\{"apiVersion":"(?:[^"\\]|\\.)*","kind":"(?:[^"\\]|\\.)*","metadata":\{"/;

/** The wire form: the stored text with `metadata.resourceVersion` put in. */
export function withRevision(json: string, revision: number): string {
  const at = json.indexOf(MARK) + MARK.length;
  return `${json.slice(0, at)}"resourceVersion":"${revision}",${json.slice(at)}`;
}

/** Another revision in a wire form made by {@link withRevision}. */
export function replaceRevision(json: string, before: number, after: number): string {
  const at = json.indexOf(MARK) + MARK.length;
  const rest = json.slice(at + `"resourceVersion":"${before}",`.length);
  return `${json.slice(0, at)}"resourceVersion":"${after}",${rest}`;
}

/**
 * Refuses a draft that {@link withRevision} could not serve. The text is parsed once here, at a price far below that of
 * the write itself, so that nothing on disk can break a reader later.
 */
export function assertDraftJson(json: string, key: ObjectKey): void {
  if (!CANONICAL.test(json)) {
    throw new StoreError(
      'invalid',
      'A draft must be compact JSON that starts with apiVersion, kind and a non-empty metadata, in this order',
      key,
    );
  }
  if (!('resourceVersion' in metadataOf(json, key))) return;
  throw new StoreError('invalid', 'A draft must not carry metadata.resourceVersion: the store sets it', key);
}

function metadataOf(json: string, key: ObjectKey): object {
  try {
    return (JSON.parse(json) as { metadata: object }).metadata;
  } catch (cause) {
    throw new StoreError('invalid', 'A draft must be valid JSON', key, { cause });
  }
}
