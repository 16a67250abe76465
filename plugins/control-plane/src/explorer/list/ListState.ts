import {
  FieldRule,
  formatFieldRule,
  formatLabelSelector,
  LabelRule,
  parseFieldRule,
  parseLabelSelector,
  RowSort,
} from '@krate/plugin-control-plane-react';

/** What a reader of a list chose; kept in the address, and saved as a View. */
export interface ListState {
  /** Words that must occur in the name or a column. */
  query: string;
  /** As kubectl takes it. */
  labels: string;
  fields: readonly FieldRule[];
  /** Names of declared columns and paths of further ones; undefined: what the kind declares. */
  columns?: readonly string[];
  sort?: RowSort;
  /** A shared filter, by the name of its Selector, that must hold as well. */
  selector?: string;
  /** The View this began with. */
  view?: string;
}

/** Reads the parameters of an address. Rules that are none are left out. */
export function readListState(parameters: URLSearchParams): ListState {
  const sort = parameters.get('sort');
  return {
    query: parameters.get('q') ?? '',
    labels: parameters.get('labels') ?? '',
    fields: parameters.getAll('field').flatMap(text => parseFieldRule(text) ?? []),
    columns: parameters.get('columns')?.split(',').filter(Boolean),
    sort: sort
      ? { column: sort.replace(/^-/, ''), direction: sort.startsWith('-') ? 'descending' : 'ascending' }
      : undefined,
    selector: parameters.get('selector') ?? undefined,
    view: parameters.get('view') ?? undefined,
  };
}

/** Writes what {@link readListState} reads. */
export function writeListState(state: ListState): URLSearchParams {
  const parameters = new URLSearchParams();
  const set = (name: string, value: string | undefined) => value && parameters.set(name, value);
  set('q', state.query);
  set('labels', state.labels);
  state.fields.forEach(rule => parameters.append('field', formatFieldRule(rule)));
  set('columns', state.columns?.join(','));
  set('sort', state.sort && (state.sort.direction === 'descending' ? '-' : '') + state.sort.column);
  set('selector', state.selector);
  set('view', state.view);
  return parameters;
}

/** The parts of a View that say what a list shows. */
export interface ViewedList {
  selector: {
    labels?: Readonly<Record<string, string>>;
    labelExpressions?: readonly LabelRule[];
    fields?: readonly FieldRule[];
    query?: string;
  };
  selectorRef?: string;
  columns?: readonly { name: string; path?: string }[];
  sort?: readonly RowSort[];
}

/** A list as a View keeps it. Throws when the label selector is none. */
export function viewOf(state: ListState): ViewedList {
  const rules = parseLabelSelector(state.labels);
  const isPlain = ({ operator, values }: LabelRule) => operator === 'In' && values.length === 1;
  return {
    selector: {
      labels: Object.fromEntries(rules.filter(isPlain).map(({ key, values }) => [key, values[0]])),
      labelExpressions: rules.filter(rule => !isPlain(rule)),
      fields: state.fields,
      ...(state.query ? { query: state.query } : {}),
    },
    ...(state.selector ? { selectorRef: state.selector } : {}),
    columns: (state.columns ?? []).map(column =>
      isPath(column) ? { name: column, path: column } : { name: column },
    ),
    sort: state.sort ? [state.sort] : [],
  };
}

/** The list that a View keeps. */
export function stateOfView(name: string, { selector, selectorRef, columns, sort }: ViewedList): ListState {
  return {
    query: selector.query ?? '',
    labels: formatLabelSelector(labelRulesOf(selector)),
    fields: selector.fields ?? [],
    columns: columns?.length ? columns.map(column => column.path ?? column.name) : undefined,
    sort: sort?.[0],
    selector: selectorRef,
    view: name,
  };
}

/** All rules of a filter about labels. */
export function labelRulesOf({
  labels = {},
  labelExpressions = [],
}: Pick<ViewedList['selector'], 'labels' | 'labelExpressions'>): LabelRule[] {
  const plain = Object.entries(labels).map(([key, value]) => ({
    key,
    operator: 'In' as const,
    values: [value],
  }));
  return [...plain, ...labelExpressions];
}

/** Whether two states show the same list. */
export function sameList(a: ListState, b: ListState): boolean {
  const text = (state: ListState) => writeListState({ ...state, view: undefined }).toString();
  return text(a) === text(b);
}

/** Further columns are named by their path; declared ones have names for people. */
export function isPath(column: string): boolean {
  return column.includes('.') || column.startsWith('condition:');
}
