import { createHash } from 'node:crypto';
import { organizationOf } from '@krate/plugin-control-plane-common';
import { Resource } from '@krate/resource-model';

/** Something that happened to an object, as listeners outside are told of it. */
export interface HookEvent {
  /** `pullrequest.merged` */
  type: string;
  object: Resource<any, any>;
  /** What else is worth saying of the change, such as the two commits of a push. */
  detail?: Record<string, unknown>;
}

/** Longest message that still carries the whole object; a longer one says where to read it. The convention advises 20 KB. */
const WHOLE_OBJECT_BYTES = 64 * 1024;

/** Sent as `webhook-id`: the same for the same change, whoever is told and however often; a resourceVersion is never used again. */
export function eventIdOf({ metadata }: Resource, type: string): string {
  return `msg_${digest(`${metadata.uid}/${metadata.resourceVersion}/${type}`).slice(0, 32)}`;
}

/** The message in the form of the Standard Webhooks convention: type, timestamp, data. */
export function payloadOf({ type, object, detail }: HookEvent, at: Date): string {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  const about = {
    organization: organizationOf(namespace),
    kind: object.kind,
    name,
    uid,
    resourceVersion,
    ...detail,
  };
  const write = (data: object) => JSON.stringify({ type, timestamp: at.toISOString(), data });
  const { managedFields: _, ...metadata } = object.metadata;
  const whole = write({ ...about, object: { ...object, metadata } });
  if (Buffer.byteLength(whole) <= WHOLE_OBJECT_BYTES) return whole;
  return write({ ...about, objectLeftOut: 'It is too long for a message; read it from the API.' });
}

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
