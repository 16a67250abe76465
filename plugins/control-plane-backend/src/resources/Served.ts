import { Kind } from '@krate/resource-model';
import { StoredObject } from '@krate/resource-store';
import { StoredForm } from '../secrets/StoredForm';
import { WireObject } from './WireObject';

/**
 * A stored object as it may be answered. The text is the store's own wherever both forms are the same, so that a get or a
 * long list parses nothing; the object is parsed when somebody asks for it.
 */
export class Served {
  private parsed?: WireObject;
  private text?: string;

  constructor(
    readonly kind: Kind,
    readonly stored: StoredObject,
    private readonly storedForm: StoredForm,
  ) {}

  /** The wire form. */
  get json(): string {
    if (!isSealed(this.kind)) return this.stored.json;
    this.text ??= JSON.stringify(this.object);
    return this.text;
  }

  /** The wire form, parsed once and shared: read only. */
  get object(): WireObject {
    this.parsed ??= this.storedForm.toWire(
      this.kind,
      parseStored(this.stored) as never,
    ) as unknown as WireObject;
    return this.parsed;
  }
}

/** Whether stored and wire form of a kind differ ({@link StoredForm}). */
export function isSealed(kind: Kind): boolean {
  return kind.group === '' && kind.plural === 'secrets';
}

/** The stored form, parsed anew: the caller may change it. */
export function parseStored(stored: StoredObject): WireObject {
  return JSON.parse(stored.json) as WireObject;
}

const shared = new WeakMap<StoredObject, Served>();

/** The one {@link Served} of a stored object: what is made of it (text, table row, event) is made once for all watchers. */
export function serve(kind: Kind, stored: StoredObject, storedForm: StoredForm): Served {
  const known = shared.get(stored);
  if (known) return known;
  const made = new Served(kind, stored, storedForm);
  shared.set(stored, made);
  return made;
}
