import { JsonObject } from '../isObject';
import { objectMetaSchema } from '../objectMetaSchema';

const PREFIX = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const string = { type: 'string' };
const integer = { type: 'integer', format: 'int64' };
const boolean = { type: 'boolean' };

/** A pointer to one of the {@link metaSchemas}. */
export const metaRef = (name: 'ObjectMeta' | 'ListMeta' | 'Status' | 'DeleteOptions') => ({
  $ref: `#/components/schemas/${PREFIX}.${name}`,
});

const listMeta = {
  type: 'object',
  description: 'Metadata of a list.',
  properties: { resourceVersion: string, continue: string, remainingItemCount: integer, selfLink: string },
};

const status = {
  type: 'object',
  description: 'The outcome of a call that does not answer with an object.',
  'x-kubernetes-group-version-kind': [{ group: '', kind: 'Status', version: 'v1' }],
  properties: {
    apiVersion: string,
    kind: string,
    metadata: metaRef('ListMeta'),
    status: { ...string, description: 'Success or Failure.' },
    message: string,
    reason: string,
    code: { type: 'integer', format: 'int32' },
    details: {
      type: 'object',
      properties: {
        name: string,
        group: string,
        kind: string,
        uid: string,
        retryAfterSeconds: { type: 'integer', format: 'int32' },
        causes: {
          type: 'array',
          items: { type: 'object', properties: { reason: string, message: string, field: string } },
        },
      },
    },
  },
};

const deleteOptions = {
  type: 'object',
  description: 'How to delete.',
  'x-kubernetes-group-version-kind': [{ group: '', kind: 'DeleteOptions', version: 'v1' }],
  properties: {
    apiVersion: string,
    kind: string,
    dryRun: { type: 'array', items: string },
    gracePeriodSeconds: integer,
    orphanDependents: boolean,
    preconditions: { type: 'object', properties: { uid: string, resourceVersion: string } },
    propagationPolicy: { ...string, description: 'Orphan, Background or Foreground.' },
  },
};

/** The schemas of the Kubernetes API machinery that every document refers to, by their well-known names. */
export const metaSchemas: Record<string, JsonObject> = {
  [`${PREFIX}.ObjectMeta`]: objectMetaSchema as JsonObject,
  [`${PREFIX}.ListMeta`]: listMeta,
  [`${PREFIX}.Status`]: status,
  [`${PREFIX}.DeleteOptions`]: deleteOptions,
};
