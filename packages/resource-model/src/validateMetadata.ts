import { StatusCause } from './ApiError';
import { fieldCauses } from './fieldCauses';
import { isObject, JsonObject } from './isObject';
import { objectMetaSchema } from './objectMetaSchema';
import { NAME_PATTERN } from './ref';
import { utf8Length } from './utf8Length';
import { validateValue } from './validateValue';

const NAME = new RegExp(NAME_PATTERN);
const NAME_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_RULE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const LABEL_VALUE_EXAMPLE =
  "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** All annotations of an object together, keys and values, in bytes. */
export const ANNOTATIONS_LIMIT = 256 * 1024;
/** The longest name of a kind that is mirrored in the catalog, whose own names end there. */
export const MIRRORED_NAME_LIMIT = 63;
const NAME_LIMIT = 253;

/** Fields of metadata that no update may change; the server sets most of them. */
const FIXED = ['name', 'namespace', 'uid', 'creationTimestamp', 'generateName'] as const;

/** Rules of metadata that a kind may tighten. */
export interface MetadataRules {
  /** The longest name, in characters. */
  maxName?: number;
  /** The metadata before an update: identity may not change. */
  old?: JsonObject;
}

/** Checks metadata by the rules every Kubernetes object obeys: types, names, labels, annotations, finalizers and owners. */
export function validateMetadata(
  metadata: unknown,
  { maxName = NAME_LIMIT, old }: MetadataRules = {},
): StatusCause[] {
  if (!isObject(metadata)) return [fieldCauses.required('metadata')];
  const types = validateValue(objectMetaSchema, metadata, 'metadata');
  if (types.length > 0) return types;
  return [
    ...nameFaults(metadata, maxName),
    ...labelFaults((metadata.labels ?? {}) as Record<string, string>),
    ...annotationFaults((metadata.annotations ?? {}) as Record<string, string>),
    ...((metadata.finalizers ?? []) as string[]).flatMap((name, i) =>
      keyFaults(`metadata.finalizers[${i}]`, name),
    ),
    ...ownerFaults((metadata.ownerReferences ?? []) as JsonObject[]),
    ...(old ? changedIdentity(metadata, old) : []),
  ];
}

function nameFaults({ name, generateName }: JsonObject, maxName: number): StatusCause[] {
  if (!name && !generateName)
    return [fieldCauses.required('metadata.name', 'name or generateName is required')];
  // A name that was generated has the prefix's faults, of which the prefix is told.
  const faults = generateName ? prefixFaults(String(generateName)) : [];
  if (!name || faults.length > 0) return faults;
  return [...tooLong('metadata.name', String(name), maxName), ...invalidName('metadata.name', String(name))];
}

/** The server appends characters, so a prefix may end with a dash or dot. */
function prefixFaults(prefix: string): StatusCause[] {
  const length = tooLong('metadata.generateName', prefix, NAME_LIMIT);
  return length.length > 0 ? length : invalidName('metadata.generateName', `${prefix}x`, prefix);
}

function tooLong(field: string, value: string, max: number): StatusCause[] {
  return value.length > max
    ? [fieldCauses.invalid(field, value, `must be no more than ${max} characters`)]
    : [];
}

function invalidName(field: string, value: string, shown: unknown = value): StatusCause[] {
  return NAME.test(value.slice(0, NAME_LIMIT + 1)) ? [] : [fieldCauses.invalid(field, shown, NAME_RULE)];
}

function labelFaults(labels: Record<string, string>): StatusCause[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const faults = keyFaults('metadata.labels', key);
    faults.push(...tooLong('metadata.labels', value, 63));
    if (value && !LABEL_NAME.test(value.slice(0, 64))) {
      faults.push(
        fieldCauses.invalid(
          'metadata.labels',
          value,
          `a valid label must be an empty string or ${LABEL_RULE.replace('must ', '')} ${LABEL_VALUE_EXAMPLE}`,
        ),
      );
    }
    return faults;
  });
}

/** Keys of labels and annotations, and finalizers: an optional DNS prefix, a slash, a name. */
function keyFaults(field: string, key: string): StatusCause[] {
  const parts = key.split('/');
  const name = parts.pop() ?? '';
  const [prefix] = parts;
  const faults: StatusCause[] = [];
  const fault = (why: string) => faults.push(fieldCauses.invalid(field, key, why));
  if (parts.length > 1)
    fault("a qualified name must have at most one '/', between an optional DNS prefix and the name");
  if (prefix !== undefined && (prefix.length > NAME_LIMIT || !NAME.test(prefix)))
    fault(`prefix part ${NAME_RULE}`);
  if (name.length === 0) fault('name part must be non-empty');
  else if (name.length > 63) fault('name part must be no more than 63 characters');
  else if (!LABEL_NAME.test(name)) fault(`name part ${LABEL_RULE}`);
  return faults;
}

function annotationFaults(annotations: Record<string, string>): StatusCause[] {
  let bytes = 0;
  const faults = Object.entries(annotations).flatMap(([key, value]) => {
    bytes += utf8Length(key) + utf8Length(value);
    return keyFaults('metadata.annotations', key.toLowerCase());
  });
  if (bytes > ANNOTATIONS_LIMIT) faults.push(fieldCauses.tooLong('metadata.annotations', ANNOTATIONS_LIMIT));
  return faults;
}

function ownerFaults(owners: JsonObject[]): StatusCause[] {
  const controllers = owners.filter(owner => owner.controller === true);
  if (controllers.length < 2) return [];
  return [
    fieldCauses.invalid(
      'metadata.ownerReferences',
      controllers.map(({ kind, name }) => `${kind}/${name}`),
      'only one owner may be the controller',
    ),
  ];
}

function changedIdentity(metadata: JsonObject, old: JsonObject): StatusCause[] {
  return FIXED.filter(field => metadata[field] !== undefined && metadata[field] !== old[field]).map(field =>
    fieldCauses.invalid(`metadata.${field}`, metadata[field], 'field is immutable'),
  );
}
