import { Key } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { useEffect, useRef } from 'react';
import { PaletteEntry } from './fuzzy';

const HEADINGS: Record<string, string> = { Recent: 'Recent', Page: 'Pages', Action: 'Actions' };

/** The options of the palette. The field keeps the focus and names the chosen one. */
export function PaletteList({
  entries,
  current,
  grouped,
  onChoose,
  onGo,
}: {
  entries: readonly PaletteEntry[];
  current: number;
  /** Under headings, one for each hint. */
  grouped: boolean;
  onChoose(index: number): void;
  onGo(entry: PaletteEntry): void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [current, entries]);

  const option = (entry: PaletteEntry, index: number) => (
    <Option
      key={entry.id}
      entry={entry}
      id={`palette-${index}`}
      selected={index === current}
      hint={grouped ? undefined : entry.hint}
      onMouseMove={() => onChoose(index)}
      onClick={() => onGo(entry)}
    />
  );
  const hints = grouped ? [...new Set(entries.map(({ hint }) => hint))] : [];
  return (
    <Box
      ref={list}
      id="palette-list"
      role="listbox"
      aria-label="Results"
      sx={{ p: entries.length > 0 ? 1 : 0, maxHeight: 420, overflow: 'auto' }}
    >
      {hints.map(hint => (
        <div key={hint} role="group" aria-labelledby={`palette-group-${hint}`}>
          <Box
            id={`palette-group-${hint}`}
            role="presentation"
            sx={{ px: 1.5, pt: 1, pb: 0.5, fontSize: 11, fontWeight: 600, color: 'text.secondary' }}
          >
            {HEADINGS[hint] ?? hint}
          </Box>
          {entries.map((entry, index) => entry.hint === hint && option(entry, index))}
        </div>
      ))}
      {!grouped && entries.map(option)}
    </Box>
  );
}

function Option({
  entry: { label, keys },
  id,
  selected,
  hint,
  onMouseMove,
  onClick,
}: {
  entry: PaletteEntry;
  id: string;
  selected: boolean;
  hint?: string;
  onMouseMove(): void;
  onClick(): void;
}) {
  return (
    // The keyboard is the field's; an option is only pointed at.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <Box
      id={id}
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      onMouseMove={onMouseMove}
      onClick={onClick}
      sx={{
        display: 'flex',
        px: 1.5,
        height: 36,
        alignItems: 'center',
        gap: 2,
        borderRadius: 1,
        cursor: 'pointer',
        fontSize: 14,
        bgcolor: selected ? 'action.selected' : undefined,
      }}
    >
      <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
        {label}
      </Box>
      <Box
        component="span"
        sx={{ ml: 'auto', display: 'flex', gap: 0.5, color: 'text.secondary', fontSize: 12, flexShrink: 0 }}
      >
        {hint}
        {!hint && keys?.split(' ').map(key => <Key key={key} name={key} />)}
      </Box>
    </Box>
  );
}
