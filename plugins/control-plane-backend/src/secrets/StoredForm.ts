import { Kind, Resource } from '@krate/resource-model';

/**
 * Between the wire form of an object and the form that is stored. For every kind but Secret both are the same object.
 *
 * A Secret's values are encrypted on their way into the store and never leave it again: the wire form has the keys with
 * empty values, for everyone. So that a read object can be written back, an empty value keeps the one that is stored.
 */
export interface StoredForm {
  /**
   * What to store for a valid object. `stored` is the present stored form of the same object, absent on create. Values
   * that did not change keep their ciphertext, so that a repeated apply is a no-op.
   */
  seal<R extends Resource>(kind: Kind, object: R, stored?: R): R;
  /** What to answer, log, hand to admission and reconcilers: without any value. Does not change its argument. */
  toWire<R extends Resource>(kind: Kind, stored: R): R;
}
