import Dialog from '@mui/material/Dialog';
import { useEffect, useState } from 'react';
import { PaletteContent } from './PaletteContent';

/** Opens the palette from anywhere, for a button. */
export const OPEN_PALETTE = 'krate-open-palette';

interface Shown {
  open: boolean;
  /** How often it was opened. */
  opened: number;
}

const closed = (state: Shown): Shown => ({ ...state, open: false });
const openedAnew = ({ opened }: Shown): Shown => ({ open: true, opened: opened + 1 });

/** Ctrl+K or Cmd+K: to any page, thing or action by a few letters of its name. */
export function CommandPalette({ organization }: { organization: string | undefined }) {
  const [{ open, opened }, setState] = useState({ open: false, opened: 0 });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setState(state => (state.open ? closed(state) : openedAnew(state)));
    };
    const onOpen = () => setState(openedAnew);
    window.addEventListener('keydown', onKey);
    window.addEventListener(OPEN_PALETTE, onOpen);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener(OPEN_PALETTE, onOpen);
    };
  }, []);
  const close = () => setState(closed);
  return (
    <Dialog
      open={open}
      onClose={close}
      fullWidth
      maxWidth="sm"
      // The dialog would name itself after a title that it does not have.
      PaperProps={{
        'aria-label': 'Go to or do',
        'aria-labelledby': undefined,
        sx: { alignSelf: 'flex-start', mt: 10 },
      }}
    >
      {/* Anew each time: what was typed before is no start. */}
      <PaletteContent key={opened} organization={organization} onClose={close} />
    </Dialog>
  );
}
