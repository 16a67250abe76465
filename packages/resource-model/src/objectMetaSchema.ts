import { StructuralSchema } from './StructuralSchema';

const text = (description: string): StructuralSchema => ({ type: 'string', description });
const time = (description: string): StructuralSchema => ({
  type: 'string',
  format: 'date-time',
  description,
});
const count = (description: string): StructuralSchema => ({ type: 'integer', format: 'int64', description });
const texts = (description: string): StructuralSchema => ({
  type: 'object',
  additionalProperties: { type: 'string' },
  description,
});

const ownerReference: StructuralSchema = {
  type: 'object',
  required: ['apiVersion', 'kind', 'name', 'uid'],
  properties: {
    apiVersion: text('API version of the owner.'),
    kind: text('Kind of the owner.'),
    name: text('Name of the owner, in the same namespace.'),
    uid: text('UID of the owner.'),
    controller: { type: 'boolean', description: 'True for the one owner that manages the object.' },
    blockOwnerDeletion: {
      type: 'boolean',
      description: 'A foreground deletion of the owner waits for this object.',
    },
  },
};

const managedFields: StructuralSchema = {
  type: 'object',
  properties: {
    manager: text('Who set the fields.'),
    operation: text('Apply or Update.'),
    apiVersion: text('The version the fields are written in.'),
    time: time('When the manager last changed the set.'),
    fieldsType: text('Always FieldsV1.'),
    fieldsV1: {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
      description: 'The set of fields.',
    },
    subresource: text('The subresource the fields were set through.'),
  },
};

/** The standard metadata of every object: what pruning keeps and type checks ask for. */
export const objectMetaSchema: StructuralSchema = {
  type: 'object',
  description: 'Standard object metadata.',
  properties: {
    name: text('Name, unique among the objects of a kind in a namespace. Cannot be changed.'),
    generateName: text('Prefix of a name that the server completes when no name is given.'),
    namespace: text('Namespace the object lives in. Cannot be changed.'),
    uid: text('Unique in time and space; set by the server.'),
    resourceVersion: text('Opaque version of the object, for optimistic concurrency and watches.'),
    generation: count('Grows with every change of the desired state; set by the server.'),
    creationTimestamp: time('When the object was created; set by the server.'),
    deletionTimestamp: time('When deletion was asked for; set by the server.'),
    deletionGracePeriodSeconds: count('Seconds the object may take to end; set by the server.'),
    selfLink: text('No longer used.'),
    labels: texts('Map by which objects are selected.'),
    annotations: texts('Map of further data that is not for selecting.'),
    finalizers: {
      type: 'array',
      items: { type: 'string' },
      'x-kubernetes-list-type': 'set',
      description: 'The object is not removed before this list is empty.',
    },
    ownerReferences: {
      type: 'array',
      items: ownerReference,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['uid'],
      description: 'Objects whose deletion deletes this one.',
    },
    managedFields: {
      type: 'array',
      items: managedFields,
      description: 'Who manages which fields; set by the server.',
    },
  },
};
