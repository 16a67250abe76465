import { KindInfo, KrateApi, pathOf } from '@krate/plugin-control-plane-react';
import { isObject, JsonObject, Resource } from '@krate/resource-model';
import { replacementOf } from './editable';

/** What came of a save, or of a rehearsal of one. */
export interface Saved {
  object: Resource;
  /** What the server has to say although it takes the object. */
  warnings: string[];
}

/**
 * Creates an object, or replaces the one the editing began with.
 *
 * @param secrets - new values of write-only fields
 * @param dryRun - the server goes through everything and stores nothing
 */
export async function saveObject(
  api: KrateApi,
  kind: KindInfo,
  edit: {
    value: JsonObject;
    base?: Resource;
    place: string | undefined;
    secrets: Readonly<Record<string, string>>;
    dryRun: boolean;
  },
): Promise<Saved> {
  const { value, base, place, secrets, dryRun } = edit;
  const complete = withSecrets(value, secrets);
  const path = base ? pathOf(kind, place, base.metadata.name) : pathOf(kind, place);
  const query = new URLSearchParams({ fieldManager: 'krate-portal', fieldValidation: 'Strict' });
  if (dryRun) query.set('dryRun', 'All');
  const response = await api.request(`${path}?${query}`, {
    method: base ? 'PUT' : 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(base ? replacementOf(complete, base) : complete),
  });
  return { object: await response.json(), warnings: warningsOf(response.headers.get('warning')) };
}

function withSecrets(value: JsonObject, secrets: Readonly<Record<string, string>>): JsonObject {
  if (Object.keys(secrets).length === 0) return value;
  const written = isObject(value.stringData) ? value.stringData : {};
  return { ...value, stringData: { ...written, ...secrets } };
}

/** `299 - "text", 299 - "text"` (RFC 7234). */
function warningsOf(header: string | null): string[] {
  return [...(header ?? '').matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text]) =>
    text.replace(/\\(.)/g, '$1'),
  );
}
