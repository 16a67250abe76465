import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import IconButton from '@mui/material/IconButton';
import CloseIcon from '@mui/icons-material/CloseOutlined';
import Typography from '@mui/material/Typography';
import { Fragment, useState } from 'react';
import { MONOSPACE } from '../components/tokens';
import { KeyBinding, useActiveBindings, useKeyBindings } from './keyBindings';

const NAMES: Record<string, string> = { Enter: '↵', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓' };
/** Keys that are not the page's to give, and are worth knowing. */
const ALWAYS = [
  { key: 'Ctrl+K', description: 'Go to anything, do anything' },
  { key: 'Ctrl+Enter', description: 'Send the form' },
  { key: 'Escape', description: 'Close what is open' },
];

/** `?` shows the keys of the page. Mounted once, around every page. */
export function KeyboardHelp() {
  const [open, setOpen] = useState(false);
  useKeyBindings([{ key: '?', description: 'Show these keys', everywhere: true, run: () => setOpen(true) }]);
  const bindings = useActiveBindings();
  const here = bindings.filter(({ everywhere }) => !everywhere);
  const everywhere = [...ALWAYS, ...bindings.filter(binding => binding.everywhere)];
  return (
    <Dialog open={open} onClose={() => setOpen(false)} aria-labelledby="keys-title" maxWidth="md">
      <DialogTitle
        id="keys-title"
        sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', pr: 1.5 }}
      >
        Keys
        <IconButton aria-label="Close" onClick={() => setOpen(false)} size="small">
          <CloseIcon fontSize="small" />
        </IconButton>
      </DialogTitle>
      <DialogContent
        sx={{
          display: 'grid',
          gap: 4,
          gridTemplateColumns: { xs: '1fr', sm: here.length > 0 ? '1fr 1.4fr' : '1fr' },
          alignItems: 'start',
        }}
      >
        {here.length > 0 && <Keys title="On this page" bindings={here} />}
        <Keys title="Everywhere" bindings={everywhere} />
      </DialogContent>
    </Dialog>
  );
}

function Keys({
  title,
  bindings,
}: {
  title: string;
  bindings: readonly Pick<KeyBinding, 'key' | 'description'>[];
}) {
  return (
    <section>
      <Typography variant="h6" component="h3" sx={{ mb: 1 }}>
        {title}
      </Typography>
      <Box
        component="dl"
        sx={{
          m: 0,
          display: 'grid',
          gridTemplateColumns: 'max-content 1fr',
          columnGap: 2,
          rowGap: 1,
          fontSize: 14,
        }}
      >
        {bindings.map(({ key, description }) => (
          <Fragment key={key}>
            <Box component="dt" sx={{ display: 'flex', gap: 0.5, justifyContent: 'flex-end' }}>
              {key.split(/[ +]/).map(part => (
                <Key key={part} name={part} />
              ))}
            </Box>
            <Box component="dd" sx={{ m: 0 }}>
              {description}
            </Box>
          </Fragment>
        ))}
      </Box>
    </section>
  );
}

/** One key as it looks on a keyboard. */
export function Key({ name }: { name: string }) {
  return (
    <Box
      component="kbd"
      sx={{
        fontFamily: MONOSPACE,
        fontSize: 12,
        lineHeight: '20px',
        border: 1,
        borderColor: 'divider',
        borderRadius: 0.5,
        px: 0.75,
      }}
    >
      {NAMES[name] ?? name}
    </Box>
  );
}
