import { FieldRule } from './ListFilter';

const OPERATORS: readonly [sign: string, operator: FieldRule['operator']][] = [
  ['!=', 'NotIn'],
  ['=', 'In'],
  ['~', 'Contains'],
  ['>', 'GreaterThan'],
  ['<', 'LessThan'],
];

const escape = (value: string) => value.replaceAll('%', '%25').replaceAll(',', '%2C');
const unescape = (value: string) => value.replaceAll('%2C', ',').replaceAll('%25', '%');

/** A rule as an address and a person write it: `status.phase=Failed,Queued`, `spec.title~pay`, `!spec.owner`. */
export function formatFieldRule({ path, operator, values }: FieldRule): string {
  if (operator === 'Exists') return path;
  if (operator === 'DoesNotExist') return `!${path}`;
  const sign = OPERATORS.find(([, known]) => known === operator)![0];
  return `${path}${sign}${values.map(escape).join(',')}`;
}

/** Reads what {@link formatFieldRule} writes; undefined for what is no rule. */
export function parseFieldRule(text: string): FieldRule | undefined {
  const match = /^(!?)((?:condition:)?[A-Za-z][\w.-]*)(?:(!=|=|~|>|<)(.*))?$/s.exec(text.trim());
  if (!match) return undefined;
  const [, absent, path, sign, rest = ''] = match;
  if (!sign) return { path, operator: absent ? 'DoesNotExist' : 'Exists', values: [] };
  if (absent) return undefined;
  const operator = OPERATORS.find(([known]) => known === sign)![1];
  const values = rest.split(',').map(value => unescape(value.trim()));
  return { path, operator, values: operator === 'Contains' ? [unescape(rest)] : values };
}
