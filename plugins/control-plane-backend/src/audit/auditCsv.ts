import { AuditEvent } from './auditRows';

const COLUMNS = [
  'id',
  'time',
  'principal',
  'action',
  'outcome',
  'organization',
  'resource',
  'details',
] as const;

export const CSV_HEAD = `${COLUMNS.join(',')}\r\n`;

/** One event as a line of CSV (RFC 4180). */
export function csvLine(event: AuditEvent): string {
  return `${COLUMNS.map(column => cell(event[column])).join(',')}\r\n`;
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  // A spreadsheet takes such a cell for a formula, and names are whatever somebody chose.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
