import {
  FieldRule,
  filterRows,
  fitsFields,
  fitsLabels,
  formatLabelSelector,
  KindInfo,
  LabelRule,
  PagedListState,
  parseLabelSelector,
  TableColumn,
  usePagedList,
  useResource,
} from '@krate/plugin-control-plane-react';
import { namespaceOf, Selector } from '@krate/plugin-control-plane-common';
import { Resource } from '@krate/resource-model';
import { useMemo } from 'react';
import { columnsOfList } from './columnsOfList';
import { labelRulesOf, ListState } from './ListState';
import { sortRows } from './sortRows';

export interface Rows extends PagedListState {
  retry(): void;
  columns: readonly TableColumn<Resource>[];
  /** What is shown, in order. */
  rows: readonly Resource[];
  /** The label selector is not one. */
  problem?: string;
}

/**
 * The objects a list shows. Labels, and fields the kind declares selectable, are looked for by the server; text and all
 * other fields among what it sends.
 */
export function useRows(
  kind: KindInfo,
  place: string | undefined,
  organization: string,
  state: ListState,
): Rows {
  const shared = useResource(Selector, namespaceOf(organization), state.selector);
  const { rules, problem } = useMemo(() => labelsOf(state.labels), [state.labels]);
  const request = {
    type: kind,
    namespace: place,
    labelSelector: problem ? undefined : formatLabelSelector(rules) || undefined,
    fieldSelector: serverFields(kind, state.fields),
  };
  const list = usePagedList(request);
  const columns = useMemo(() => columnsOfList(kind, state.columns), [kind, state.columns]);
  const selector = shared.object?.spec;
  const rows = useMemo(() => {
    const fields = [...state.fields, ...(selector?.fields ?? [])];
    const labels = selector ? labelRulesOf(selector) : [];
    const query = [state.query, selector?.query ?? ''].join(' ');
    const fitting =
      fields.length + labels.length === 0
        ? list.items
        : list.items.filter(object => fitsFields(object, fields) && fitsLabels(object, labels));
    return sortRows(filterRows(fitting, columns, query), columns, state.sort);
  }, [list.items, columns, selector, state.fields, state.query, state.sort]);
  return { ...list, columns, rows, problem };
}

function labelsOf(text: string): { rules: LabelRule[]; problem?: string } {
  try {
    return { rules: parseLabelSelector(text) };
  } catch (error) {
    return { rules: [], problem: (error as Error).message };
  }
}

/** The rules that the server can apply, as a field selector. */
function serverFields(kind: KindInfo, rules: readonly FieldRule[]): string | undefined {
  const selectable = [...(kind.selectableFields ?? []), 'metadata.name'];
  const terms = rules
    .filter(
      ({ path, values }) => selectable.includes(path) && values.length === 1 && !/[,=\\]/.test(values[0]),
    )
    .filter(({ operator }) => operator === 'In' || operator === 'NotIn')
    .map(({ path, operator, values }) => `${path}${operator === 'In' ? '=' : '!='}${values[0]}`);
  return terms.join(',') || undefined;
}
