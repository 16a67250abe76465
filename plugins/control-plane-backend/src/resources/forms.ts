import { Kind, Resource } from '@krate/resource-model';
import { StoredObject } from '@krate/resource-store';
import { StoredForm } from '../secrets/StoredForm';
import { parseStored } from './Served';
import { WireObject } from './WireObject';

/** What to store for a valid object; `before` is the stored form of its last state. */
export function seal(form: StoredForm, kind: Kind, object: WireObject, before?: WireObject): WireObject {
  return form.seal(
    kind,
    object as unknown as Resource,
    before as unknown as Resource,
  ) as unknown as WireObject;
}

/** What may be answered of a stored form; the same object wherever both forms are the same. */
export function toWire(form: StoredForm, kind: Kind, stored: WireObject): WireObject {
  return form.toWire(kind, stored as unknown as Resource) as unknown as WireObject;
}

/** What may be answered of a stored object: a copy, free to be changed. */
export function wireForm(form: StoredForm, kind: Kind, stored: StoredObject): WireObject {
  return toWire(form, kind, parseStored(stored));
}
