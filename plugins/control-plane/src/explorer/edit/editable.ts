import { KindInfo, manifestText } from '@krate/plugin-control-plane-react';
import { isObject, JsonObject, Resource } from '@krate/resource-model';

/** kubectl's copy of what it applied: kept by the editor, and not shown. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** Metadata that a person writes; the rest is the server's. */
const WRITTEN = [
  'name',
  'generateName',
  'namespace',
  'labels',
  'annotations',
  'finalizers',
  'ownerReferences',
];

/** What a person writes of an object: without status and what the server fills in. */
export function editableOf(object: Resource | JsonObject): JsonObject {
  const { status: _, metadata, ...rest } = object as JsonObject;
  const { annotations, ...own } = Object.fromEntries(
    Object.entries(isObject(metadata) ? metadata : {}).filter(([name]) => WRITTEN.includes(name)),
  ) as JsonObject;
  const { [LAST_APPLIED]: _applied, ...notes } = (annotations ?? {}) as JsonObject;
  const told = Object.keys(notes).length > 0 ? { annotations: notes } : {};
  const { apiVersion, kind, ...payload } = rest;
  return { apiVersion, kind, metadata: { ...own, ...told }, ...payload };
}

export function editableText(object: Resource | JsonObject): string {
  return manifestText(editableOf(object));
}

/**
 * What is sent to replace an object: the edited manifest with the version it began with, so that a change made meanwhile is
 * not overwritten unseen, and with what the editor does not show.
 */
export function replacementOf(edited: JsonObject, base: Resource): JsonObject {
  const metadata = isObject(edited.metadata) ? edited.metadata : {};
  const { uid, resourceVersion, annotations = {} } = base.metadata;
  const applied = annotations[LAST_APPLIED];
  const notes = isObject(metadata.annotations) ? metadata.annotations : {};
  const kept = applied === undefined ? notes : { ...notes, [LAST_APPLIED]: applied };
  return {
    ...edited,
    metadata: {
      ...metadata,
      ...(Object.keys(kept).length > 0 ? { annotations: kept } : {}),
      uid,
      resourceVersion,
    },
  };
}

/** A manifest to begin with: the kind's example in this place, without a name that might be taken. */
export function templateOf(kind: KindInfo, place: string | undefined): string {
  const { example = {} } = kind;
  const { metadata: _, apiVersion: _a, kind: _k, status: _s, ...payload } = example as JsonObject;
  const spec = isObject(payload.spec) ? { ...payload.spec } : payload.spec;
  // The server fills in the organization of the place; the example's is another one.
  if (isObject(spec)) delete spec.organizationRef;
  const metadata = { ...(kind.numbered ? {} : { name: null }), ...(place ? { namespace: place } : {}) };
  return manifestText({
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    metadata,
    ...withoutSecrets(kind, kind.flat ? payload : { ...payload, ...(spec === undefined ? {} : { spec }) }),
  });
}

/** An example's secrets are examples too: nobody should save them. */
function withoutSecrets(kind: KindInfo, payload: JsonObject): JsonObject {
  const entries = Object.entries(payload).flatMap(([name, value]) => {
    if (!kind.schema.properties?.[name]?.['x-krate-write-only']) return [[name, value] as const];
    const keys = Object.keys(isObject(value) ? value : {});
    return [['data', Object.fromEntries(keys.map(key => [key, '']))] as const];
  });
  return Object.fromEntries(entries);
}

/** The command that does the same in a terminal. */
export function applyCommand(text: string): string {
  return `kubectl apply -f - <<'EOF'\n${text.replace(/\n?$/, '\n')}EOF\n`;
}
