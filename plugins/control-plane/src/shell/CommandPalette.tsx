import { MONOSPACE } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import InputBase from '@mui/material/InputBase';
import { KeyboardEvent, useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { search } from './palette';
import { useDestinations } from './useDestinations';

/** Ctrl+K or Cmd+K: to any page, repository, pull request, stack or organization by a few letters of its name. */
export function CommandPalette({ organization }: { organization: string | undefined }) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen(shown => !shown);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Dialog
      open={open}
      onClose={() => setOpen(false)}
      aria-label="Go to"
      fullWidth
      maxWidth="sm"
      PaperProps={{ sx: { alignSelf: 'flex-start', mt: 10 } }}
    >
      <PaletteContent organization={organization} onClose={() => setOpen(false)} />
    </Dialog>
  );
}

function PaletteContent({ organization, onClose }: { organization: string | undefined; onClose(): void }) {
  const navigate = useNavigate();
  const destinations = useDestinations(organization);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const found = search(destinations, typed);
  const current = Math.min(chosen, Math.max(0, found.length - 1));

  const go = (index: number) => {
    if (!found[index]) return;
    onClose();
    navigate(found[index].to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen(Math.min(found.length - 1, current + 1));
    else if (event.key === 'ArrowUp') setChosen(Math.max(0, current - 1));
    else if (event.key === 'Enter') go(current);
    else return;
    event.preventDefault();
  };
  return (
    <Box onKeyDown={onKeyDown}>
      <InputBase
        fullWidth
        // eslint-disable-next-line jsx-a11y/no-autofocus -- opened by a key: typing begins here
        autoFocus
        placeholder="Go to a page, repository, pull request, stack …"
        value={typed}
        onChange={event => {
          setTyped(event.target.value);
          setChosen(0);
        }}
        inputProps={{
          'aria-label': 'Go to',
          role: 'combobox',
          'aria-expanded': true,
          'aria-controls': 'palette-list',
          'aria-activedescendant': found.length > 0 ? `palette-${current}` : undefined,
        }}
        sx={{ px: 2, height: 52, borderBottom: 1, borderColor: 'divider' }}
      />
      <Box
        component="ul"
        id="palette-list"
        role="listbox"
        aria-label="Destinations"
        sx={{ listStyle: 'none', m: 0, p: 1, maxHeight: 420, overflow: 'auto' }}
      >
        {found.map((destination, index) => (
          <Box
            component="li"
            key={`${destination.to} ${destination.label}`}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === current}
            onClick={() => go(index)}
            onMouseMove={() => setChosen(index)}
            sx={{
              display: 'flex',
              px: 1.5,
              height: 36,
              alignItems: 'center',
              gap: 2,
              borderRadius: 1,
              cursor: 'pointer',
              fontSize: 14,
              bgcolor: index === current ? 'action.selected' : undefined,
            }}
          >
            <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
              {destination.label}
            </Box>
            <Box
              component="span"
              sx={{ ml: 'auto', color: 'text.secondary', fontSize: 12, whiteSpace: 'nowrap' }}
            >
              {destination.hint}
            </Box>
          </Box>
        ))}
        {found.length === 0 && (
          <Box
            component="li"
            role="option"
            aria-selected={false}
            aria-disabled
            sx={{ p: 1.5, color: 'text.secondary' }}
          >
            Nothing is called that
          </Box>
        )}
      </Box>
      <Box
        sx={{
          px: 2,
          py: 1,
          borderTop: 1,
          borderColor: 'divider',
          fontSize: 12,
          color: 'text.secondary',
          fontFamily: MONOSPACE,
        }}
      >
        ↑ ↓ choose · ↵ go · Esc close
      </Box>
    </Box>
  );
}
