import { Condition, findValues, Resource } from '@krate/resource-model';

/** One rule about a field of the objects, as a View keeps it. */
export interface FieldRule {
  /** A dotted path, or `condition:Ready` for a condition's status. */
  path: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Contains' | 'GreaterThan' | 'LessThan';
  values: readonly string[];
}

/** One rule about a label. */
export interface LabelRule {
  key: string;
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  values: readonly string[];
}

const CONDITION = 'condition:';

/** The values of an object at a path of a {@link FieldRule}, as text. */
export function textsAt(object: Resource, path: string): string[] {
  if (path.startsWith(CONDITION)) {
    const status = object.status as { conditions?: Condition[] } | undefined;
    const found = status?.conditions?.find(({ type }) => type === path.slice(CONDITION.length));
    return found ? [found.status] : [];
  }
  return findValues(object, path).map(({ value }) =>
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  );
}

/** Whether an object fits all rules about fields. */
export function fitsFields(object: Resource, rules: readonly FieldRule[]): boolean {
  return rules.every(rule => fits(textsAt(object, rule.path), rule));
}

function fits(found: readonly string[], { operator, values }: FieldRule): boolean {
  const [wanted = ''] = values;
  switch (operator) {
    case 'In':
      return found.some(text => values.includes(text));
    case 'NotIn':
      return !found.some(text => values.includes(text));
    case 'Exists':
      return found.length > 0;
    case 'DoesNotExist':
      return found.length === 0;
    case 'Contains':
      return found.some(text => text.toLowerCase().includes(wanted.toLowerCase()));
    case 'GreaterThan':
      return found.some(text => compare(text, wanted) > 0);
    default:
      return found.some(text => compare(text, wanted) < 0);
  }
}

/** Numbers by their value, all else (times among it) as text. */
function compare(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Whether an object fits all rules about labels; an absent label fits `NotIn`, as in Kubernetes. */
export function fitsLabels(object: Resource, rules: readonly LabelRule[]): boolean {
  const labels = object.metadata.labels ?? {};
  return rules.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (operator === 'Exists') return value !== undefined;
    if (operator === 'DoesNotExist') return value === undefined;
    const isIn = value !== undefined && values.includes(value);
    return operator === 'In' ? isIn : !isIn;
  });
}
