import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { Fragment, useState } from 'react';
import { MONOSPACE } from '../components/tokens';
import { useActiveBindings, useKeyBindings } from './keyBindings';

const NAMES: Record<string, string> = { Enter: '↵', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓' };

/** `?` shows the keys of the page. */
export function KeyboardHelp() {
  const [open, setOpen] = useState(false);
  useKeyBindings([{ key: '?', description: 'Show these keys', run: () => setOpen(true) }]);
  const bindings = useActiveBindings();
  return (
    <Dialog open={open} onClose={() => setOpen(false)} aria-labelledby="keys-title">
      <DialogTitle id="keys-title">Keys of this page</DialogTitle>
      <DialogContent>
        <Box
          component="dl"
          sx={{ m: 0, display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 3, rowGap: 1 }}
        >
          {bindings.map(({ key, description }) => (
            <Fragment key={key}>
              <Box component="dt">
                <Box
                  component="kbd"
                  sx={{
                    fontFamily: MONOSPACE,
                    border: 1,
                    borderColor: 'divider',
                    borderRadius: 0.5,
                    px: 0.75,
                  }}
                >
                  {NAMES[key] ?? key}
                </Box>
              </Box>
              <Box component="dd" sx={{ m: 0 }}>
                {description}
              </Box>
            </Fragment>
          ))}
        </Box>
      </DialogContent>
    </Dialog>
  );
}
