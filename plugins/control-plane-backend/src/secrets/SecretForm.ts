import { Secret } from '@krate/plugin-control-plane-common';
import { ApiError, isObject, JsonObject, Kind, Resource, sameJson } from '@krate/resource-model';
import { KeyRing } from './KeyRing';
import { StoredForm } from './StoredForm';

/** kubectl keeps a copy of what it applied in this annotation, values included. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

type Values = Record<string, string>;

/**
 * {@link StoredForm} of Secrets: values are encrypted on their way in and never come out again. To remove a value, remove
 * its key. `stringData` is merged into `data` and is never stored.
 */
export class SecretForm implements StoredForm {
  constructor(private readonly keys: KeyRing) {}

  seal<R extends Resource>(kind: Kind, object: R, stored?: R): R {
    return isSecret(kind) ? (this.sealSecret(object as never, stored as never) as unknown as R) : object;
  }

  toWire<R extends Resource>(kind: Kind, stored: R): R {
    if (!isSecret(kind)) return stored;
    const { stringData: _, ...rest } = stored as unknown as JsonObject;
    return { ...rest, ...(isObject(rest.data) ? { data: blank(rest.data) } : {}) } as unknown as R;
  }

  /** The decoded values of a stored Secret. */
  open(stored: JsonObject): Record<string, Buffer> {
    const place = placeOf(stored);
    return Object.fromEntries(
      Object.entries(valuesOf(stored.data)).map(([key, value]) => [
        key,
        this.keys.decrypt(value, `${place}/${key}`),
      ]),
    );
  }

  private sealSecret(object: JsonObject, live?: JsonObject): JsonObject {
    const { stringData, ...rest } = object;
    const liveData = valuesOf(live?.data);
    const given = { ...valuesOf(object.data), ...encodeAll(valuesOf(stringData)) };
    const place = placeOf(object);
    const data = Object.fromEntries(
      Object.entries(given).map(([key, value]) => [
        key,
        this.sealValue(value, liveData[key], `${place}/${key}`),
      ]),
    );
    if (live?.immutable === true && !sameJson(data, liveData)) throw immutable();
    const hasData = object.data !== undefined || stringData !== undefined;
    return { ...withoutApplied(rest), ...(hasData ? { data } : {}) };
  }

  private sealValue(value: string, live: string | undefined, place: string): string {
    if (live === undefined) return this.keys.encrypt(Buffer.from(value, 'base64'), place);
    if (value === '' || value === live) return live;
    const plain = Buffer.from(value, 'base64');
    return this.keys.decrypt(live, place).equals(plain) ? live : this.keys.encrypt(plain, place);
  }
}

function isSecret(kind: Kind): boolean {
  return kind.group === Secret.group && kind.kind === Secret.kind;
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
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  );
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
