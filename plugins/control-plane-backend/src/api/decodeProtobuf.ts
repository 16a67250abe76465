import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { ApiError, isObject, JsonObject } from '@krate/resource-model';

/*
 * kubectl sends protobuf where it uses typed clients (`auth can-i`, `auth whoami`, `create namespace`) and does not fall
 * back to JSON. Only what it sends is understood; answers are JSON, which it accepts.
 *
 * The envelope is four magic bytes and a runtime.Unknown: https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding
 */

export const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf';
const MAGIC = Buffer.from('k8s\0', 'latin1');

type Scalar = 'string' | 'bool' | 'int64' | 'base64';
interface Field {
  name: string;
  type: Scalar | Message;
  repeated?: boolean;
  /** A map from strings to this type. */
  map?: boolean;
}
type Message = { readonly [number: number]: Field };

const text = (name: string): Field => ({ name, type: 'string' });
const texts = (name: string): Field => ({ name, type: 'string', repeated: true });
const textMap = (name: string): Field => ({ name, type: 'string', map: true });
const nested = (name: string, type: Message): Field => ({ name, type });

const unknown: Message = {
  1: nested('typeMeta', { 1: text('apiVersion'), 2: text('kind') }),
  2: { name: 'raw', type: 'base64' },
  3: text('contentEncoding'),
  4: text('contentType'),
};
const metadata = nested('metadata', {
  1: text('name'),
  2: text('generateName'),
  3: text('namespace'),
  5: text('uid'),
  6: text('resourceVersion'),
  11: textMap('labels'),
  12: textMap('annotations'),
  14: texts('finalizers'),
});
const resourceAttributes: Message = Object.fromEntries(
  ['namespace', 'verb', 'group', 'version', 'resource', 'subresource', 'name'].map((name, i) => [
    i + 1,
    text(name),
  ]),
);

/** By kind: numbers are those of the `generated.proto` files of k8s.io/api. */
const MESSAGES: Readonly<Record<string, Message>> = {
  SelfSubjectAccessReview: {
    1: metadata,
    2: nested('spec', {
      1: nested('resourceAttributes', resourceAttributes),
      2: nested('nonResourceAttributes', { 1: text('path'), 2: text('verb') }),
    }),
  },
  SelfSubjectRulesReview: { 1: metadata, 2: nested('spec', { 1: text('namespace') }) },
  SelfSubjectReview: { 1: metadata },
  Namespace: { 1: metadata, 2: nested('spec', { 1: texts('finalizers') }) },
  ConfigMap: { 1: metadata, 2: textMap('data'), 3: { name: 'binaryData', type: 'base64', map: true } },
  Secret: {
    1: metadata,
    2: { name: 'data', type: 'base64', map: true },
    3: text('type'),
    4: textMap('stringData'),
    5: { name: 'immutable', type: 'bool' },
  },
  DeleteOptions: {
    1: { name: 'gracePeriodSeconds', type: 'int64' },
    2: nested('preconditions', { 1: text('uid'), 2: text('resourceVersion') }),
    3: { name: 'orphanDependents', type: 'bool' },
    4: text('propagationPolicy'),
    5: texts('dryRun'),
  },
};

/**
 * Reads an object from the protobuf form of the Kubernetes API.
 *
 * @throws ApiError BadRequest for what is not protobuf, UnsupportedMediaType for kinds without a protobuf form here
 */
export function decodeProtobuf(body: Buffer): JsonObject {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC))
    throw new ApiError('BadRequest', 'The body is not Kubernetes protobuf');
  try {
    const envelope = decode(new BinaryReader(body.subarray(MAGIC.length)), unknown);
    const { apiVersion, kind } = isObject(envelope.typeMeta) ? envelope.typeMeta : {};
    const message = typeof kind === 'string' && Object.hasOwn(MESSAGES, kind) ? MESSAGES[kind] : undefined;
    if (!message) {
      throw new ApiError(
        'UnsupportedMediaType',
        `${String(kind)} has no protobuf form here: send application/json`,
      );
    }
    const raw = Buffer.from(String(envelope.raw ?? ''), 'base64');
    return { apiVersion, kind, ...decode(new BinaryReader(raw), message) };
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError('BadRequest', `The body is not valid protobuf: ${(error as Error).message}`);
  }
}

function decode(reader: BinaryReader, message: Message, end = reader.len): JsonObject {
  const object: JsonObject = {};
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    const field = Object.hasOwn(message, number) ? message[number] : undefined;
    if (field) put(object, field, reader);
    else reader.skip(wireType as WireType, number);
  }
  return object;
}

/** Protobuf writes what is not set as its zero value; JSON leaves it out, and so does this. */
function put(object: JsonObject, field: Field, reader: BinaryReader): void {
  if (field.map) {
    const entry = decode(...within(reader, { 1: text('key'), 2: { name: 'value', type: field.type } }));
    const map = (object[field.name] ??= {}) as JsonObject;
    map[String(entry.key ?? '')] = entry.value ?? '';
    return;
  }
  const value = read(field.type, reader);
  if (field.repeated) ((object[field.name] ??= []) as unknown[]).push(value);
  else if (value !== '' && value !== false) object[field.name] = value;
}

function read(type: Scalar | Message, reader: BinaryReader): unknown {
  switch (type) {
    case 'string':
      return reader.string();
    case 'bool':
      return reader.bool();
    case 'int64':
      return Number(reader.int64());
    case 'base64':
      return Buffer.from(reader.bytes()).toString('base64');
    default:
      return decode(...within(reader, type));
  }
}

function within(reader: BinaryReader, message: Message): [BinaryReader, Message, number] {
  const length = reader.uint32();
  return [reader, message, reader.pos + length];
}
