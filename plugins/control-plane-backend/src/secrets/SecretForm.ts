import { Secret } from '@krate/plugin-control-plane-common';
import { ApiError, isObject, JsonObject, Kind, sameJson } from '@krate/resource-model';
import { KeyRing } from './KeyRing';

/** kubectl keeps a copy of what it applied in this annotation, values included. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

type Values = Record<string, string>;

/**
 * Between the wire form of a Secret and the form that is stored.
 *
 * Values are encrypted on their way in and never come out again: the wire form has the keys with empty values, for
 * everyone. So that an object that was read can be written back, an empty value on an update keeps the stored one; to
 * remove a value, remove its key. `stringData` is merged into `data` and is never stored.
 */
export class SecretForm {
  constructor(private readonly keys: KeyRing) {}

  handles(kind: Kind): boolean {
    return kind === Secret || (kind.group === '' && kind.kind === Secret.kind);
  }

  /** Blanks every value; for everyone alike. Does not change its argument. */
  toWire<T extends JsonObject>(_kind: Kind, stored: T): T {
    const { stringData: _, ...rest } = stored;
    return { ...rest, ...(isObject(stored.data) ? { data: blank(stored.data) } : {}) } as T;
  }

  /** The stored form of a valid object. Values that did not change keep their ciphertext: a repeated apply is a no-op. */
  fromWire<T extends JsonObject>(_kind: Kind, object: T, live?: JsonObject): T {
    const { stringData, ...rest } = object;
    const liveData = valuesOf(live?.data);
    const given = { ...valuesOf(object.data), ...encodeAll(valuesOf(stringData)) };
    const place = placeOf(object);
    const data = Object.fromEntries(
      Object.entries(given).map(([key, value]) => [key, this.seal(value, liveData[key], `${place}/${key}`)]),
    );
    if (live?.immutable === true && !sameJson(data, liveData)) throw immutable();
    const hasData = object.data !== undefined || stringData !== undefined;
    return { ...withoutApplied(rest), ...(hasData ? { data } : {}) } as unknown as T;
  }

  /** The decoded values of a stored Secret. */
  open(stored: JsonObject): Record<string, Buffer> {
    const place = placeOf(stored);
    return Object.fromEntries(
      Object.entries(valuesOf(stored.data)).map(([key, value]) => [key, this.keys.decrypt(value, `${place}/${key}`)]),
    );
  }

  private seal(value: string, live: string | undefined, place: string): string {
    if (live === undefined) return this.keys.encrypt(Buffer.from(value, 'base64'), place);
    if (value === '' || value === live) return live;
    const plain = Buffer.from(value, 'base64');
    return this.keys.decrypt(live, place).equals(plain) ? live : this.keys.encrypt(plain, place);
  }
}

function placeOf(object: JsonObject): string {
  const metadata = isObject(object.metadata) ? object.metadata : {};
  return `${metadata.namespace}/${metadata.name}`;
}

function valuesOf(data: unknown): Values {
  return isObject(data) ? (data as Values) : {};
}

function blank(data: JsonObject): Values {
  return Object.fromEntries(Object.keys(data).map(key => [key, '']));
}

function encodeAll(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));
}

/** kubectl's copy keeps its keys, which is what a later apply compares, and loses its values. */
function withoutApplied(object: JsonObject): JsonObject {
  const metadata = object.metadata;
  if (!isObject(metadata) || !isObject(metadata.annotations)) return object;
  const text = metadata.annotations[LAST_APPLIED];
  if (typeof text !== 'string') return object;
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...metadata.annotations, [LAST_APPLIED]: redact(text) } },
  };
}

function redact(text: string): string {
  try {
    const applied = JSON.parse(text);
    for (const field of ['data', 'stringData']) {
      if (isObject(applied[field])) applied[field] = blank(applied[field]);
    }
    return `${JSON.stringify(applied)}\n`;
  } catch {
    // Not kubectl's, so nothing reads it: whatever it holds is not worth the risk of showing it.
    return '{}';
  }
}

function immutable(): ApiError {
  const message = 'field is immutable when `immutable` is set';
  return new ApiError('Invalid', `The Secret cannot be changed: data: ${message}`, {
    causes: [{ reason: 'FieldValueForbidden', message, field: 'data' }],
  });
}
