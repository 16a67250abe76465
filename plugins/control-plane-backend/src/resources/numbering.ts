import { cloneJson, Kind, valueAt } from '@krate/resource-model';
import { setAt } from '../admission/fields';
import { CollectionTarget } from './requests';
import { WireObject } from './WireObject';

/** The counter an object takes its number from. */
export interface Counter {
  /** Unique in the store: family, namespace and value. */
  name: string;
  /** What picked it, for example the repository's name. */
  value: string;
}

/** The counter of a new object of a numbered kind; undefined for every other kind and while the value is missing. */
export function counterOf(
  { kind, namespace = '' }: CollectionTarget,
  object: WireObject,
): Counter | undefined {
  if (!kind.numbered) return undefined;
  const value = valueAt(object, kind.numbered.counter);
  if (typeof value !== 'string' || !value) return undefined;
  return { name: `${kind.numbered.family}/${namespace}/${value}`, value };
}

/** The object with its number, and named `<counter value>-<number>` when it has no name. */
export function numbered(kind: Kind, object: WireObject, value: string, number: number): WireObject {
  const next = cloneJson(object);
  const { name, generateName: _, ...metadata } = next.metadata;
  setAt(next, kind.numbered!.field, number);
  return {
    ...next,
    metadata: { name: name ?? `${value}-${number}`, ...(name ? next.metadata : metadata) },
  } as WireObject;
}

/** Nobody chooses a number. */
export function withoutNumber(kind: Kind, object: WireObject): WireObject {
  if (!kind.numbered || valueAt(object, kind.numbered.field) === undefined) return object;
  const next = cloneJson(object);
  setAt(next, kind.numbered.field, undefined);
  return next;
}

/** A number stays: an update that leaves it out keeps it, so that a manifest without it can be applied again. */
export function keepNumber(kind: Kind, object: WireObject, live: WireObject): WireObject {
  if (!kind.numbered || valueAt(object, kind.numbered.field) !== undefined) return object;
  const next = cloneJson(object);
  setAt(next, kind.numbered.field, valueAt(live, kind.numbered.field));
  return next;
}
