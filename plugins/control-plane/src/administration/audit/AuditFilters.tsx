import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';

const OUTCOMES = ['allowed', 'denied', 'failed'];
const HOUR_MS = 60 * 60 * 1000;
const SPANS: Record<string, { words: string; hours?: number }> = {
  '': { words: 'any time' },
  hour: { words: 'the last hour', hours: 1 },
  day: { words: 'the last day', hours: 24 },
  week: { words: 'the last week', hours: 7 * 24 },
  month: { words: 'the last 30 days', hours: 30 * 24 },
};
const NAMES = ['who', 'action', 'kind', 'object', 'outcome', 'when'] as const;
type Name = (typeof NAMES)[number];

export interface AuditFilterState {
  values: Record<Name, string>;
  set(name: Name, value: string): void;
  clear(): void;
  active: boolean;
  /** The parameters of `GET /audit`. */
  query: Record<string, string>;
}

/** The filters, which live in the address. */
export function useAuditFilters(): AuditFilterState {
  const [parameters, setParameters] = useSearchParams();
  const text = NAMES.map(name => parameters.get(name) ?? '').join('\n');
  return useMemo(() => {
    const given = text.split('\n');
    const values = Object.fromEntries(NAMES.map((name, index) => [name, given[index]])) as Record<
      Name,
      string
    >;
    const { when, ...rest } = values;
    const hours = SPANS[when]?.hours;
    const since = hours && {
      since: new Date(Math.floor(Date.now() / 60_000) * 60_000 - hours * HOUR_MS).toISOString(),
    };
    const change = (update: (next: URLSearchParams) => void) =>
      setParameters(
        previous => {
          const next = new URLSearchParams(previous);
          update(next);
          return next;
        },
        { replace: true },
      );
    return {
      values,
      active: given.some(Boolean),
      query: { ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value)), ...since },
      set: (name, value) => change(next => (value ? next.set(name, value) : next.delete(name))),
      clear: () => change(next => NAMES.forEach(name => next.delete(name))),
    };
  }, [text, setParameters]);
}

/** The row of filters above the trail. */
export function AuditFilters({ filters }: { filters: AuditFilterState }) {
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 2, alignItems: 'center' }} role="search">
      <TextFilter label="Who" name="who" filters={filters} />
      <TextFilter label="Verb" name="action" filters={filters} width={110} />
      <TextFilter label="Kind" name="kind" filters={filters} />
      <TextFilter label="Object" name="object" filters={filters} />
      <Choice label="Outcome" name="outcome" filters={filters} choices={{ '': 'any', ...named(OUTCOMES) }} />
      <Choice
        label="When"
        name="when"
        filters={filters}
        choices={Object.fromEntries(Object.entries(SPANS).map(([key, { words }]) => [key, words]))}
      />
      {filters.active && (
        <Button size="small" onClick={filters.clear}>
          Clear
        </Button>
      )}
    </Box>
  );
}

function named(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(words.map(word => [word, word]));
}

/** Asks the server once typing has paused. */
function TextFilter({
  label,
  name,
  filters,
  width = 150,
}: {
  label: string;
  name: Name;
  filters: AuditFilterState;
  width?: number;
}) {
  const given = filters.values[name];
  const [typed, setTyped] = useState(given);
  useEffect(() => setTyped(given), [given]);
  const { set } = filters;
  useEffect(() => {
    if (typed === given) return undefined;
    const timer = setTimeout(() => set(name, typed.trim()), 300);
    return () => clearTimeout(timer);
  }, [typed, given, name, set]);
  return (
    <TextField
      size="small"
      label={label}
      value={typed}
      onChange={event => setTyped(event.target.value)}
      sx={{ width }}
    />
  );
}

function Choice({
  label,
  name,
  filters,
  choices,
}: {
  label: string;
  name: Name;
  filters: AuditFilterState;
  choices: Record<string, string>;
}) {
  return (
    <TextField
      select
      size="small"
      label={label}
      value={choices[filters.values[name]] === undefined ? '' : filters.values[name]}
      onChange={event => filters.set(name, event.target.value)}
      SelectProps={{ displayEmpty: true }}
      InputLabelProps={{ shrink: true }}
      sx={{ minWidth: 130 }}
    >
      {Object.entries(choices).map(([value, words]) => (
        <MenuItem key={value} value={value}>
          {words}
        </MenuItem>
      ))}
    </TextField>
  );
}
