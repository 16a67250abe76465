import { ManagedFieldsEntry, isObject } from '@krate/resource-model';
import { FieldSet } from './FieldSet';

/** One `metadata.managedFields` entry with its fields decoded. */
export interface ManagerRecord {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource?: string;
  /** RFC 3339, whole seconds. */
  time?: string;
  fields: FieldSet;
}

/** Records by {@link managerIdentity}. */
export type ManagerTable = ReadonlyMap<string, ManagerRecord>;

/**
 * What makes two entries the same manager: name, operation and subresource, and for updates the API version. An applier
 * keeps its identity across versions, so that it can take back what it applied in an older one.
 */
export function managerIdentity(record: Omit<ManagerRecord, 'fields'>): string {
  const version = record.operation === 'Apply' ? '' : record.apiVersion;
  return JSON.stringify([record.manager, record.operation, version, record.subresource ?? '']);
}

export function tableOf(records: Iterable<ManagerRecord>): ManagerTable {
  return new Map([...records].map(record => [managerIdentity(record), record]));
}

/**
 * Reads `metadata.managedFields`; an absent list is an empty table.
 *
 * @throws Error when an entry is not valid: unknown operation, no apiVersion, another fieldsType, undecodable fields
 */
export function decodeManagedFields(entries: unknown): ManagerTable {
  if (entries === undefined || entries === null) return new Map();
  if (!Array.isArray(entries)) throw new Error('managedFields must be a list');
  return tableOf(entries.map(decodeEntry));
}

function decodeEntry(entry: unknown): ManagerRecord {
  if (!isObject(entry)) throw new Error('a managedFields entry must be an object');
  const { manager = '', operation, apiVersion, fieldsType, fieldsV1, subresource, time } = entry;
  if (operation !== 'Apply' && operation !== 'Update')
    throw new Error('operation must be `Apply` or `Update`');
  if (typeof apiVersion !== 'string' || apiVersion === '') throw new Error('apiVersion must not be empty');
  if (fieldsType !== 'FieldsV1') throw new Error(`fieldsType must be FieldsV1, not ${String(fieldsType)}`);
  if (typeof manager !== 'string') throw new Error('manager must be a string');
  return {
    manager,
    operation,
    apiVersion,
    ...(optionalText('subresource', subresource) && { subresource: subresource as string }),
    ...(optionalTime(time) && { time: time as string }),
    fields: FieldSet.fromFieldsV1(fieldsV1 ?? {}),
  };
}

function optionalText(name: string, value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (typeof value !== 'string') throw new Error(`${name} must be a string`);
  return true;
}

function optionalTime(time: unknown): boolean {
  if (!optionalText('time', time)) return false;
  if (Number.isNaN(Date.parse(time as string))) throw new Error(`time must be RFC 3339, not ${String(time)}`);
  return true;
}

/** Writes `metadata.managedFields` in the order of the real API server; managers that own nothing are left out. */
export function encodeManagedFields(table: ManagerTable): ManagedFieldsEntry[] {
  return [...table.values()]
    .filter(record => !record.fields.isEmpty())
    .sort(
      (a, b) =>
        compareText(a.operation, b.operation) ||
        secondsOf(a) - secondsOf(b) ||
        compareText(a.manager, b.manager) ||
        compareText(a.apiVersion, b.apiVersion) ||
        compareText(a.subresource ?? '', b.subresource ?? ''),
    )
    .map(({ fields, time, subresource, ...identity }) => ({
      ...identity,
      ...(time && { time }),
      fieldsType: 'FieldsV1' as const,
      fieldsV1: fields.toFieldsV1(),
      ...(subresource && { subresource }),
    }));
}

/** Age of an entry for sorting: whole seconds since 1970, 0 without a time. */
export function secondsOf(record: Pick<ManagerRecord, 'time'>): number {
  return record.time ? Math.floor(Date.parse(record.time) / 1000) : 0;
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
