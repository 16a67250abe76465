import { createContext, useContext } from 'react';
import { FieldLocation } from '../fieldLocation';
import { Fault } from '../validateManifest';

/** What every field of a form needs of the whole. */
export interface FormContextValue {
  /** Namespace in which references are looked for; undefined for cluster-scoped objects. */
  organization: string;
  faults: readonly Fault[];
  /** `undefined` takes the field out. */
  change(path: FieldLocation, value: unknown): void;
  /** Whether a field may not change any more, because the object exists. */
  isFixed(path: FieldLocation): boolean;
  /** New values of write-only fields: held beside the text, so that no manifest shows them. */
  secrets: Readonly<Record<string, string>>;
  changeSecret(key: string, value: string | undefined): void;
}

export const FormContext = createContext<FormContextValue | undefined>(undefined);

export function useFormContext(): FormContextValue {
  const context = useContext(FormContext);
  if (!context) throw new Error('Fields stand in a SchemaForm');
  return context;
}

/** What is wrong with one field, in one line. */
export function useFault(path: FieldLocation): string | undefined {
  const { faults } = useFormContext();
  const text = JSON.stringify(path);
  const own = faults.filter(fault => fault.source !== 'text' && JSON.stringify(fault.path) === text);
  return own.length > 0 ? own.map(({ message }) => message).join(' ') : undefined;
}

/** Whether something is wrong at a place or below it. */
export function useFaultBelow(path: FieldLocation): boolean {
  const { faults } = useFormContext();
  return faults.some(fault => path.length > 0 && path.every((name, index) => fault.path[index] === name));
}
