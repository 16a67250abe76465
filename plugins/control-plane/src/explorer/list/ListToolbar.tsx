import { FilterField, KindInfo } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { ColumnsMenu } from './ColumnsMenu';
import { FilterMenu, ruleInWords } from './FilterMenu';
import { ListState } from './ListState';
import { StatusFilter } from './StatusFilter';
import { Rows } from './useRows';
import { ViewsMenu } from './ViewsMenu';

/** What is looked for and how it is shown: text, status, any field, labels; columns; saved views. */
export function ListToolbar({
  kind,
  state,
  list,
  onChange,
  onReplace,
}: {
  kind: KindInfo;
  state: ListState;
  list: Rows;
  onChange(part: Partial<ListState>): void;
  onReplace(state: ListState): void;
}) {
  const chips = [
    ...state.fields.map((rule, index) => ({
      label: ruleInWords(rule),
      remove: () => onChange({ fields: state.fields.filter((_, at) => at !== index) }),
    })),
    ...(state.labels ? [{ label: `labels: ${state.labels}`, remove: () => onChange({ labels: '' }) }] : []),
    ...(state.selector
      ? [{ label: `selector: ${state.selector}`, remove: () => onChange({ selector: undefined }) }]
      : []),
  ];
  return (
    <>
      <Box sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap', alignItems: 'center', mb: 1.5 }}>
        <FilterField
          label={`Filter ${kind.plural}`}
          value={state.query}
          onChange={query => onChange({ query })}
        />
        <StatusFilter kind={kind} rules={state.fields} onChange={fields => onChange({ fields })} />
        <FilterMenu
          kind={kind}
          labels={state.labels}
          problem={list.problem}
          onLabels={labels => onChange({ labels })}
          onAdd={rule => onChange({ fields: [...state.fields, rule] })}
        />
        <Box sx={{ ml: 'auto', display: 'flex', alignItems: 'center', gap: 0.5 }}>
          <Count list={list} />
          <ColumnsMenu kind={kind} chosen={state.columns} onChange={columns => onChange({ columns })} />
          <ViewsMenu kind={kind} state={state} onChoose={onReplace} />
        </Box>
      </Box>
      {chips.length > 0 && (
        <Box
          component="ul"
          aria-label="Filters in use"
          sx={{ display: 'flex', gap: 0.75, flexWrap: 'wrap', listStyle: 'none', m: 0, mb: 1.5, p: 0 }}
        >
          {chips.map(({ label, remove }) => (
            <li key={label}>
              <Chip
                size="small"
                label={label}
                onDelete={remove}
                aria-label={`${label}: press Delete to remove`}
              />
            </li>
          ))}
        </Box>
      )}
    </>
  );
}

function Count({ list }: { list: Rows }) {
  if (list.loading) return null;
  const number = (count: number) => count.toLocaleString('en');
  const all = list.items.length;
  const shown = list.rows.length === all ? number(all) : `${number(list.rows.length)} of ${number(all)}`;
  const missing = (list.total ?? all) - all;
  return (
    <Typography variant="caption" color="text.secondary" role="status" sx={{ mr: 1, whiteSpace: 'nowrap' }}>
      {shown}
      {!list.complete && !list.error && (missing > 0 ? `, ${number(missing)} on their way` : ' so far')}
    </Typography>
  );
}
