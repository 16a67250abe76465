import { visuallyHidden } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import InputBase from '@mui/material/InputBase';
import { KeyboardEvent, useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { PaletteEntry, search } from './fuzzy';
import { PaletteList } from './PaletteList';
import { recentEntries, rememberEntry } from './recent';
import { useFound } from './useFound';
import { usePaletteEntries } from './usePaletteEntries';

const PAGE_STEP = 8;

/** The field and the list below it: a combobox whose focus stays in the field. */
export function PaletteContent({
  organization,
  onClose,
}: {
  organization: string | undefined;
  onClose(): void;
}) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const entries = usePaletteEntries(organization);
  const { found, error } = useFound(typed);
  const [recent] = useState(recentEntries);
  const shown = useMemo(() => offered({ entries, found, recent, typed }), [entries, found, recent, typed]);
  const current = Math.min(chosen, Math.max(0, shown.length - 1));

  const go = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    rememberEntry(entry);
    onClose();
    navigate(entry.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = shown.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: current === last ? 0 : current + 1,
      ArrowUp: current === 0 ? last : current - 1,
      PageDown: Math.min(last, current + PAGE_STEP),
      PageUp: Math.max(0, current - PAGE_STEP),
    };
    if (event.key === 'Enter') go(shown[current]);
    else if (event.key in moves) setChosen(Math.max(0, moves[event.key]));
    else return;
    event.preventDefault();
  };
  return (
    <Box onKeyDown={onKeyDown}>
      <InputBase
        fullWidth
        // eslint-disable-next-line jsx-a11y/no-autofocus -- opened by a key: typing begins here
        autoFocus
        placeholder="Go to anything, do anything …"
        value={typed}
        onChange={event => {
          setTyped(event.target.value);
          setChosen(0);
        }}
        inputProps={{
          'aria-label': 'Go to or do',
          role: 'combobox',
          'aria-autocomplete': 'list',
          'aria-expanded': shown.length > 0,
          'aria-controls': 'palette-list',
          'aria-activedescendant': shown.length > 0 ? `palette-${current}` : undefined,
          autoComplete: 'off',
          spellCheck: false,
        }}
        sx={{ px: 2, height: 52, borderBottom: 1, borderColor: 'divider' }}
      />
      <PaletteList entries={shown} current={current} grouped={!typed.trim()} onChoose={setChosen} onGo={go} />
      {shown.length === 0 && (
        <Box sx={{ px: 2.5, py: 2, color: 'text.secondary', fontSize: 14 }}>Nothing is called that.</Box>
      )}
      <Box role="status" sx={visuallyHidden}>
        {typed && `${shown.length} ${shown.length === 1 ? 'result' : 'results'}`}
      </Box>
      <Box sx={{ px: 2, py: 1, borderTop: 1, borderColor: 'divider', fontSize: 12, color: 'text.secondary' }}>
        {error ? 'The search index does not answer; names are still found.' : '↑ ↓ choose · ↵ go · Esc close'}
      </Box>
    </Box>
  );
}

/** Recent ones first while nothing is typed; else what fits by name, and then what the index found besides. */
function offered({
  entries,
  found,
  recent,
  typed,
}: {
  entries: readonly PaletteEntry[];
  found: readonly PaletteEntry[];
  recent: readonly PaletteEntry[];
  typed: string;
}): PaletteEntry[] {
  if (!typed.trim()) {
    const known = new Set(recent.map(({ id }) => id));
    const rest = entries.filter(({ id, hint }) => !known.has(id) && ['Page', 'Action'].includes(hint));
    return [...recent.map(entry => ({ ...entry, hint: 'Recent' })), ...grouped(rest)];
  }
  const named = search(entries, typed);
  const addresses = new Set(named.map(({ to }) => to));
  return [...named, ...found.filter(({ to }) => !addresses.has(to))];
}

/** Actions after pages, each group together. */
function grouped(entries: readonly PaletteEntry[]): PaletteEntry[] {
  const of = (wanted: string) => entries.filter(({ hint }) => hint === wanted);
  return [...of('Page'), ...of('Action')];
}
