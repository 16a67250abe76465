import { ApiError, Kind } from '@krate/resource-model';
import { WriteOptions } from '../resources';
import { Selection } from '../resources/requests';
import { parseFieldSelector, parseLabelSelector } from '../resources/selectors';
import { ApiCall } from './ApiCall';
import { invalidOption } from './invalidOption';

const MANAGER_LIMIT = 128;

/** The options of a write that stand in its query. */
export function writeOptions({ req, query }: ApiCall): WriteOptions {
  return {
    fieldManager: query.get('fieldManager') || managerFromAgent(req.headers['user-agent']),
    fieldValidation: fieldValidation(req.method, query.get('fieldValidation')),
    dryRun: isDryRun(req.method, query.getAll('dryRun')),
  };
}

/** The manager given, which must be printable and short. */
export function givenManager({ req, query }: ApiCall): string | undefined {
  const manager = query.get('fieldManager') || undefined;
  if (manager === undefined) return undefined;
  const field = 'fieldManager';
  if (manager.length > MANAGER_LIMIT) {
    const message = `Too long: must have at most ${MANAGER_LIMIT} bytes`;
    throw invalidOption(req.method, 'FieldValueTooLong', field, message);
  }
  if (!/^[\x20-\x7e]+$/.test(manager)) {
    const message = `Invalid value: ${JSON.stringify(manager)}: should only contain printable characters`;
    throw invalidOption(req.method, 'FieldValueInvalid', field, message);
  }
  return manager;
}

/** Without a fieldManager the program's name stands in: `kubectl/v1.32 (linux)` is `kubectl`. */
function managerFromAgent(agent: string | undefined): string | undefined {
  const name = agent
    ?.split('/')[0]
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, MANAGER_LIMIT);
  return name || undefined;
}

function fieldValidation(method: string, value: string | null): WriteOptions['fieldValidation'] {
  if (!value) return 'Warn';
  if (value === 'Strict' || value === 'Warn' || value === 'Ignore') return value;
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: "Ignore", "Strict", "Warn"`;
  throw invalidOption(method, 'FieldValueNotSupported', 'fieldValidation', message);
}

/** `dryRun=All`; nothing else is known. */
export function isDryRun(method: string, values: readonly unknown[]): boolean {
  const given = values.filter(value => value !== '');
  const unknown = given.find(value => value !== 'All');
  if (unknown !== undefined) {
    const all = given.map(value => JSON.stringify(value)).join(', ');
    const message = `Unsupported value: []string{${all}}: supported values: "All"`;
    throw invalidOption(method, 'FieldValueNotSupported', 'dryRun', message);
  }
  return given.length > 0;
}

/** The selectors of a list, watch or deletion of a collection. */
export function selectionOf(kind: Kind, query: URLSearchParams): Selection {
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
  const fields = parseFieldSelector(kind, query.get('fieldSelector') ?? '');
  return {
    labels: labels.length > 0 ? labels : undefined,
    fields: fields && fields.length > 0 ? fields : undefined,
  };
}

const TRUE: readonly (string | null)[] = ['1', 't', 'T', 'true', 'TRUE', 'True'];

/** Whether a flag of a query is set; for what must not fail, anything odd counts as unset. */
export function isSet(query: URLSearchParams, name: string): boolean {
  return TRUE.includes(query.get(name));
}

/** A boolean of a query as Go reads it; absent is undefined, anything odd is refused. */
export function flag(query: URLSearchParams, name: string): boolean | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  if (TRUE.includes(value)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value)) return false;
  throw new ApiError('BadRequest', `${name}: Invalid value: ${JSON.stringify(value)}: must be true or false`);
}

/** A count of a query; one below zero says nothing, as to a kube-apiserver. */
export function count(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  if (/^-?\d{1,9}$/.test(value)) return Math.max(0, Number(value));
  throw new ApiError('BadRequest', `${name}: Invalid value: ${JSON.stringify(value)}: must be a number`);
}
