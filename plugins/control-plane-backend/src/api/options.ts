import { ApiError, Kind } from '@krate/resource-model';
import { WriteOptions } from '../resources';
import { Selection } from '../resources/requests';
import { parseFieldSelector, parseLabelSelector } from '../resources/selectors';
import { ApiCall } from './ApiCall';

const MANAGER_LIMIT = 128;

/** The options of a write that stand in its query. */
export function writeOptions({ req, query }: ApiCall): WriteOptions {
  return {
    fieldManager: query.get('fieldManager') || managerFromAgent(req.headers['user-agent']),
    fieldValidation: fieldValidation(query.get('fieldValidation')),
    dryRun: isDryRun(query.getAll('dryRun')),
  };
}

/** The manager given, which must be printable and short. */
export function givenManager({ query }: ApiCall): string | undefined {
  const manager = query.get('fieldManager') || undefined;
  if (manager !== undefined && (manager.length > MANAGER_LIMIT || !/^[\x20-\x7e]+$/.test(manager))) {
    throw new ApiError('BadRequest', `fieldManager must be at most ${MANAGER_LIMIT} printable characters`);
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

function fieldValidation(value: string | null): WriteOptions['fieldValidation'] {
  if (!value) return 'Warn';
  if (value === 'Strict' || value === 'Warn' || value === 'Ignore') return value;
  throw new ApiError(
    'BadRequest',
    `fieldValidation: Unsupported value: "${value}": supported values: "Ignore", "Strict", "Warn"`,
  );
}

/** `dryRun=All`; nothing else is known. */
export function isDryRun(values: readonly unknown[]): boolean {
  const given = values.filter(value => value !== '');
  const unknown = given.find(value => value !== 'All');
  if (unknown !== undefined)
    throw new ApiError(
      'BadRequest',
      `dryRun: Unsupported value: ${JSON.stringify(unknown)}: supported values: "All"`,
    );
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

/** A boolean of a query as Go reads it; absent is undefined, anything odd is refused. */
export function flag(query: URLSearchParams, name: string): boolean | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value)) return false;
  throw new ApiError('BadRequest', `${name}: Invalid value: ${JSON.stringify(value)}: must be true or false`);
}

/** A count of a query, zero or more. */
export function count(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new ApiError('BadRequest', `${name}: Invalid value: ${JSON.stringify(value)}: must be a number`);
}
