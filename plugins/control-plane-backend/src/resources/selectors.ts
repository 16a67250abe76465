import { ApiError, Kind } from '@krate/resource-model';
import { ObjectFilter, Requirement } from '@krate/resource-store';

const KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/**
 * Reads a label selector as Kubernetes writes it: `a=b,c!=d,e in (f,g),h notin (i),j,!k`. As there, `!=` and `notin` also
 * admit objects without the label.
 *
 * @throws ApiError BadRequest that names the part at fault
 */
export function parseLabelSelector(text: string): Requirement[] {
  return splitOutsideParentheses(text).map(parseLabelTerm);
}

function splitOutsideParentheses(text: string): string[] {
  const terms: string[] = [];
  let depth = 0;
  let term = '';
  for (const char of text) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char === ',' && depth === 0) {
      terms.push(term);
      term = '';
    } else {
      term += char;
    }
  }
  if (term.trim() || terms.length > 0) terms.push(term);
  return terms.map(part => part.trim());
}

function parseLabelTerm(term: string): Requirement {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(term);
  if (set) {
    const values = set[3].split(',').map(value => labelValue(value.trim(), term));
    return { key: labelKey(set[1], term), operator: set[2] === 'in' ? 'In' : 'NotIn', values };
  }
  // A key without spaces, so that no two parts of the pattern compete for them: the time stays linear.
  const equality = /^([^=!\s]+)\s*(==|=|!=)\s*(.*)$/.exec(term);
  if (equality) {
    const values = [labelValue(equality[3], term)];
    return { key: labelKey(equality[1], term), operator: equality[2] === '!=' ? 'NotIn' : 'In', values };
  }
  const absent = /^!\s*(.+)$/.exec(term);
  if (absent) return { key: labelKey(absent[1], term), operator: 'DoesNotExist', values: [] };
  return { key: labelKey(term, term), operator: 'Exists', values: [] };
}

function labelKey(key: string, term: string): string {
  if (KEY.test(key)) return key;
  throw unparsable('label', term, `"${key}" is not a label key`);
}

function labelValue(value: string, term: string): string {
  if (VALUE.test(value)) return value;
  throw unparsable('label', term, `"${value}" is not a label value`);
}

/**
 * Reads a field selector: `a=b,c!=d`. Only the fields a kind declares, its name and its namespace can be selected by;
 * `\`, `,` and `=` in values are escaped by a backslash.
 *
 * @throws ApiError BadRequest
 */
export function parseFieldSelector(kind: Kind, text: string): NonNullable<ObjectFilter['fields']> {
  return splitUnescaped(text)
    .filter(term => term.trim())
    .map(term => {
      const match = /^([^=!\\]+)(==|=|!=)(.*)$/s.exec(term.trim());
      if (!match) throw unparsable('field', term, 'expected <field>=<value>');
      const [, path, operator, value] = match;
      assertSelectable(kind, path);
      return { path, value: value.replace(/\\(.)/gs, '$1'), ...(operator === '!=' ? { negate: true } : {}) };
    });
}

function splitUnescaped(text: string): string[] {
  return text.match(/(?:\\.|[^\\,])+/gs) ?? [];
}

function assertSelectable(kind: Kind, path: string): void {
  if (path === 'metadata.name' || path === 'metadata.namespace' || kind.selectableFields?.includes(path))
    return;
  throw new ApiError(
    'BadRequest',
    `field label not supported: ${path}; ${kind.kind} can be selected by ${selectable(kind)}`,
  );
}

function selectable(kind: Kind): string {
  return ['metadata.name', 'metadata.namespace', ...(kind.selectableFields ?? [])].join(', ');
}

function unparsable(what: string, term: string, why: string): ApiError {
  return new ApiError('BadRequest', `unable to parse the ${what} selector at "${term}": ${why}`);
}

/** The name a field selector pins, so that reading one object through a list is authorized like reading it. */
export function pinnedName(fields: ObjectFilter['fields']): string | undefined {
  return fields?.find(({ path, negate }) => path === 'metadata.name' && !negate)?.value;
}
