import { useApi } from '@backstage/core-plugin-api';
import {
  Fault,
  faultsOf,
  FieldLocation,
  KindInfo,
  krateApiRef,
  Manifest,
  manifestText,
  merge3,
  valueIn,
} from '@krate/plugin-control-plane-react';
import { ApiError, JsonObject, Resource, StatusCause } from '@krate/resource-model';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Draft, draftKeyOf } from './drafts';
import { editableOf, editableText } from './editable';
import { Saved, saveObject } from './saveObject';
import { useDraft } from './useDraft';

/** An edit under way. */
export interface Edit {
  manifest: Manifest;
  faults: readonly Fault[];
  /** Changed here and not saved. */
  dirty: boolean;
  /** What the object was when the edit began, or when later changes were brought in; absent for a new one. */
  base?: Resource;
  /** Somebody changed the object meanwhile: what it is now. */
  moved?: Resource;
  /** Fields that both changed when changes were brought in last: what was typed here stands. */
  overlaps: readonly string[];
  /** Refusals that belong to no field. */
  refusal?: Error;
  secrets: Readonly<Record<string, string>>;
  setText(text: string): void;
  change(path: FieldLocation, value: unknown): void;
  changeSecret(key: string, value: string | undefined): void;
  isFixed(path: FieldLocation): boolean;
  /** Takes over what changed meanwhile, field by field, below what was changed here. */
  bringIn(): void;
  /** Forgets what was changed here. */
  discard(): void;
  /** What leaving the page without a save means for what was changed. */
  loss: string;
  /** What an earlier visit left unsaved, until it is restored or discarded. */
  draft?: Draft;
  restoreDraft(): void;
  discardDraft(): void;
  /** Sends it; a refusal is shown at its fields and answers undefined. */
  send(dryRun: boolean): Promise<Saved | undefined>;
}

/**
 * The state of editing one object: the text is the one truth, the form reads it and writes single fields into it.
 *
 * @param live - the object as it is now, followed; absent for a new one
 * @param template - what a new one begins with
 */
export function useEdit(
  kind: KindInfo,
  place: string | undefined,
  { live, template }: { live?: Resource; template: string },
): Edit {
  const api = useApi(krateApiRef);
  const [base, setBase] = useState(live);
  const [text, setOwnText] = useState(() => (live ? editableText(live) : template));
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({});
  const [answered, setAnswered] = useState<readonly StatusCause[]>([]);
  const [refusal, setRefusal] = useState<Error>();
  const [overlaps, setOverlaps] = useState<readonly string[]>([]);
  const [newer, setNewer] = useState<Resource>();

  const began = base ? editableText(base) : template;
  const dirty = text !== began || Object.keys(secrets).length > 0;
  const current = latestOf(live, newer);
  const same = !base || !current || editableText(current) === began;
  const moved = same ? undefined : current;
  // A status that moves on changes the version and nothing one edits; and what nobody has touched simply follows.
  useEffect(() => {
    if (!current || current.metadata.resourceVersion === base?.metadata.resourceVersion) return;
    if (same) setBase(current);
    else if (!dirty) {
      setBase(current);
      setOwnText(editableText(current));
    }
  }, [current, base, same, dirty]);

  const { name, uid } = live?.metadata ?? {};
  const draftKey = useMemo(() => draftKeyOf(kind, { place, name, uid }), [kind, place, name, uid]);
  const draft = useDraft(draftKey, { text, base, dirty });

  const manifest = useMemo(() => new Manifest(text), [text]);
  const faults = useMemo(
    () => faultsOf(manifest, kind.schema, { needsName: !kind.numbered, answered }),
    [manifest, kind, answered],
  );
  const setText = useCallback((next: string) => {
    setOwnText(next);
    setAnswered([]);
    setRefusal(undefined);
    setOverlaps([]);
  }, []);
  const change = (path: FieldLocation, value: unknown) => {
    if (valueIn(manifest.value, path) !== value) setText(manifest.with(path, value));
  };
  const changeSecret = (key: string, value: string | undefined) =>
    setSecrets(({ [key]: _, ...others }) => (value === undefined ? others : { ...others, [key]: value }));

  const bringIn = () => {
    if (!moved || !base) return;
    const merged = merge3(editableOf(base), manifest.value, editableOf(moved));
    setText(manifestText(merged.value));
    setOverlaps(merged.conflicts);
    setBase(moved);
  };
  const discard = () => {
    setText(current ? editableText(current) : template);
    if (current) setBase(current);
    setSecrets({});
  };
  const restoreDraft = () => {
    if (!draft.offered) return;
    setText(draft.offered.text);
    // What was changed since then counts as changed meanwhile.
    setBase(draft.offered.base);
    draft.answer();
  };
  const send = async (dryRun: boolean) => {
    try {
      const value = manifest.value as JsonObject;
      const saved = await saveObject(api, kind, { value, base, place, secrets, dryRun });
      if (!dryRun) draft.drop();
      return saved;
    } catch (error) {
      const { fields, rest } = causesOf(error as Error);
      setAnswered(fields);
      setRefusal(rest);
      if (error instanceof ApiError && error.reason === 'Conflict' && base)
        setNewer(await api.get(kind as never, place, base.metadata.name).catch(() => undefined));
      return undefined;
    }
  };
  return {
    ...{ manifest, faults, dirty, base, moved, overlaps, refusal, secrets },
    ...{ setText, change, changeSecret, bringIn, discard, send },
    loss: lossOf(draftKey !== undefined),
    ...{ draft: draft.offered, restoreDraft, discardDraft: draft.answer },
    isFixed: path => Boolean(base) && isFixed(kind, path),
  };
}

function lossOf(keepsDrafts: boolean): string {
  if (keepsDrafts) return 'What you changed here stays in this browser as a draft, to be taken up again.';
  return 'What you changed here was not saved and would be lost.';
}

/** The live connection may be behind what a refused save has learned. */
function latestOf(live: Resource | undefined, read: Resource | undefined): Resource | undefined {
  if (!live || !read) return live ?? read;
  return Number(read.metadata.resourceVersion) > Number(live.metadata.resourceVersion) ? read : live;
}

/** Faults that name a field are shown there; a refusal without any is told as a whole. */
function causesOf(error: Error): { fields: readonly StatusCause[]; rest?: Error } {
  const causes = error instanceof ApiError ? (error.details.causes ?? []) : [];
  const fields = causes.filter(({ field }) => field);
  return { fields, rest: fields.length === causes.length && fields.length > 0 ? undefined : error };
}

function isFixed(kind: KindInfo, path: FieldLocation): boolean {
  const field = path.join('.');
  return ['metadata.name', 'metadata.namespace', ...(kind.immutable ?? [])].some(
    fixed => field === fixed || field.startsWith(`${fixed}.`),
  );
}
