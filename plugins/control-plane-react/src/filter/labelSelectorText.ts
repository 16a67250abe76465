import { LabelRule } from './ListFilter';

const KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** Reads a label selector as kubectl takes it: `a=b,c!=d,e in (f,g),h notin (i),j,!k`. Throws what is wrong with it. */
export function parseLabelSelector(text: string): LabelRule[] {
  if (!text.trim()) return [];
  return text.split(/,(?![^(]*\))/).map(term => checked(ruleOf(term.trim()), term.trim()));
}

function ruleOf(term: string): LabelRule {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(term);
  if (set) {
    const values = set[3].split(',').map(value => value.trim());
    return { key: set[1], operator: set[2] === 'in' ? 'In' : 'NotIn', values };
  }
  const equality = /^([^=!\s]+)\s*(==|=|!=)\s*(.*)$/.exec(term);
  if (equality)
    return { key: equality[1], operator: equality[2] === '!=' ? 'NotIn' : 'In', values: [equality[3]] };
  if (term.startsWith('!')) return { key: term.slice(1).trim(), operator: 'DoesNotExist', values: [] };
  return { key: term, operator: 'Exists', values: [] };
}

function checked(rule: LabelRule, term: string): LabelRule {
  if (!KEY.test(rule.key)) throw new Error(`“${term}” names no label: write key=value, key or !key`);
  const wrong = rule.values.find(value => !VALUE.test(value));
  if (wrong !== undefined) throw new Error(`“${wrong}” cannot be the value of a label`);
  return rule;
}

/** Writes what {@link parseLabelSelector} reads. */
export function formatLabelSelector(rules: readonly LabelRule[]): string {
  return rules.map(format).join(',');
}

function format({ key, operator, values }: LabelRule): string {
  switch (operator) {
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(',')})`;
    default:
      return values.length === 1 ? `${key}!=${values[0]}` : `${key} notin (${values.join(',')})`;
  }
}
