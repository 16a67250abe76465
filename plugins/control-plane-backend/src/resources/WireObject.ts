import { isObject, JsonObject, ObjectMeta } from '@krate/resource-model';

/** An object of any kind as it travels: what a body decodes to and what the store keeps, with a plain `metadata`. */
export interface WireObject extends JsonObject {
  apiVersion: string;
  kind: string;
  metadata: WireMeta;
}

/** Metadata on its way in: whatever a caller gave, the server has not yet filled in the rest. */
export type WireMeta = Partial<ObjectMeta> & JsonObject;

/** The metadata of a decoded body; absent metadata counts as empty. */
export function metadataOf(object: JsonObject): WireMeta {
  return isObject(object.metadata) ? (object.metadata as WireMeta) : {};
}
