import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { isObject, JsonObject } from '@krate/resource-model';
import { stringify } from 'yaml';

/*
 * OpenAPI v2 as kubectl asks for it: `openapi.v2.Document` of gnostic, in protobuf. Told are the definitions, and of every
 * operation what kubectl looks at: its kind, its action and the media types it takes.
 * https://github.com/google/gnostic/blob/main/openapiv2/OpenAPIv2.proto
 */

type Write = (writer: BinaryWriter, field: number, value: any) => void;
type Message = Readonly<Record<string, readonly [field: number, write: Write]>>;

const text: Write = (writer, field, value) =>
  writer.tag(field, WireType.LengthDelimited).string(String(value));
const flag: Write = (writer, field, value) => writer.tag(field, WireType.Varint).bool(value === true);
const count: Write = (writer, field, value) => writer.tag(field, WireType.Varint).int64(value);
const number: Write = (writer, field, value) => writer.tag(field, WireType.Bit64).double(value);
const any: Write = (writer, field, value) => nested(writer, field, inner => text(inner, 2, stringify(value)));

const each =
  (write: Write): Write =>
  (writer, field, values: unknown[]) =>
    values.forEach(value => write(writer, field, value));

/** A map is a list of names with their values. */
const named =
  (write: Write): Write =>
  (writer, field, map: JsonObject) =>
    Object.entries(map).forEach(([name, value]) =>
      nested(writer, field, entry => {
        text(entry, 1, name);
        write(entry, 2, value);
      }),
    );

/** A message that has nothing but such a map, or one of several alternatives. */
const within =
  (inner: number, write: Write): Write =>
  (writer, field, value) =>
    nested(writer, field, outer => write(outer, inner, value));

const typeOf: Write = (writer, field, value) => within(1, text)(writer, field, value);
const additional: Write = (writer, field, value) =>
  isObject(value) ? within(1, schema)(writer, field, value) : within(2, flag)(writer, field, value);

const SCHEMA: Message = {
  $ref: [1, text],
  format: [2, text],
  title: [3, text],
  description: [4, text],
  multipleOf: [6, number],
  maximum: [7, number],
  exclusiveMaximum: [8, flag],
  minimum: [9, number],
  exclusiveMinimum: [10, flag],
  maxLength: [11, count],
  minLength: [12, count],
  pattern: [13, text],
  maxItems: [14, count],
  minItems: [15, count],
  maxProperties: [17, count],
  minProperties: [18, count],
  required: [19, each(text)],
  enum: [20, each(any)],
  additionalProperties: [21, additional],
  type: [22, typeOf],
  items: [23, within(1, schema)],
  allOf: [24, each(schema)],
  properties: [25, within(1, named(schema))],
};

const OPERATION: Message = { operationId: [5, text], produces: [6, each(text)], consumes: [7, each(text)] };
const operation: Write = (writer, field, value) => message(OPERATION, 13)(writer, field, value);
const PATH: Message = {
  get: [2, operation],
  put: [3, operation],
  post: [4, operation],
  delete: [5, operation],
  patch: [8, operation],
};
const INFO: Message = { title: [1, text], version: [2, text] };
const DOCUMENT: Message = {
  swagger: [1, text],
  info: [2, message(INFO)],
  paths: [8, within(2, named(message(PATH)))],
  definitions: [9, within(1, named(schema))],
};

/** @param document - as `openApiV2Of` makes it */
export function encodeOpenApiV2(document: JsonObject): Buffer {
  const writer = new BinaryWriter();
  fields(DOCUMENT, writer, document);
  return Buffer.from(writer.finish());
}

/** @param extension - the field for what begins with `x-` */
function message(type: Message, extension?: number): Write {
  return (writer, field, value: JsonObject) =>
    nested(writer, field, inner => fields(type, inner, value, extension));
}

function fields(type: Message, writer: BinaryWriter, value: JsonObject, extension?: number): void {
  for (const [name, [field, write]] of Object.entries(type)) {
    if (value[name] !== undefined) write(writer, field, value[name]);
  }
  if (extension === undefined) return;
  const extensions = Object.entries(value).filter(([name]) => name.startsWith('x-'));
  named(any)(writer, extension, Object.fromEntries(extensions));
}

function nested(writer: BinaryWriter, field: number, write: (inner: BinaryWriter) => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

/** A schema nests schemas, so its message is looked up when one is written. */
function schema(writer: BinaryWriter, field: number, value: JsonObject): void {
  message(SCHEMA, 31)(writer, field, value);
}
