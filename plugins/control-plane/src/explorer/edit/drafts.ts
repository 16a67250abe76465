import { KindInfo } from '@krate/plugin-control-plane-react';
import { Resource, StructuralSchema } from '@krate/resource-model';

const PREFIX = 'krate.draft/';
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** An edit that was not saved, kept in this browser. */
export interface Draft {
  text: string;
  /** The object as it was when the edit began; absent for a new one. */
  base?: Resource;
  /** When it was kept last, in milliseconds since 1970. */
  at: number;
}

/**
 * Where the draft of an object is kept; undefined for kinds with write-only fields: what is typed for a secret stays out of the
 * browser's storage. An object of the same name made anew has another UID, and so no draft.
 */
export function draftKeyOf(
  kind: Pick<KindInfo, 'resource' | 'schema'>,
  { place = '', name = '', uid = '' }: { place?: string; name?: string; uid?: string },
): string | undefined {
  return hasWriteOnly(kind.schema) ? undefined : `${PREFIX}${[kind.resource, place, name, uid].join('/')}`;
}

/** The draft that is kept; what is stored badly, or was stored long ago, is none. */
export function readDraft(key: string): Draft | undefined {
  try {
    const draft = JSON.parse(window.localStorage.getItem(key) ?? 'null');
    return isDraft(draft) && draft.at > Date.now() - KEPT_MS ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a draft. A browser without room keeps none; leaving the page asks first all the same. */
export function keepDraft(key: string, draft: Draft): void {
  try {
    window.localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    window.localStorage.removeItem(key);
  }
}

export function dropDraft(key: string): void {
  window.localStorage.removeItem(key);
}

/** Removes what nobody came back for. */
export function sweepDrafts(): void {
  const keys = Object.keys(window.localStorage).filter(key => key.startsWith(PREFIX));
  keys.filter(key => !readDraft(key)).forEach(dropDraft);
}

function isDraft(value: any): value is Draft {
  return typeof value?.text === 'string' && typeof value.at === 'number';
}

function hasWriteOnly(schema: StructuralSchema): boolean {
  if (schema['x-krate-write-only']) return true;
  const parts = [...Object.values(schema.properties ?? {}), ...(schema.items ? [schema.items] : [])];
  return parts.some(hasWriteOnly);
}
