import Button from '@mui/material/Button';
import Snackbar from '@mui/material/Snackbar';
import { useCallback, useState } from 'react';

/** Something that was just done, and how to take it back. */
export interface Done {
  message: string;
  undo?(): Promise<unknown>;
}

/**
 * For what can be taken back: done at once, with the offer to undo it, instead of a question before. Returns a function
 * that announces what was done and the bar to draw.
 */
export function useUndo(): { announce(done: Done): void; bar: JSX.Element } {
  const [done, setDone] = useState<Done>();
  const [open, setOpen] = useState(false);
  const announce = useCallback((what: Done) => {
    setDone(what);
    setOpen(true);
  }, []);
  const undo = async () => {
    setOpen(false);
    try {
      await done?.undo?.();
    } catch (error) {
      announce({ message: `It could not be undone: ${(error as Error).message}` });
    }
  };
  const bar = (
    <Snackbar
      open={open}
      autoHideDuration={8000}
      onClose={(_event, reason) => reason !== 'clickaway' && setOpen(false)}
      message={done?.message}
      action={
        done?.undo && (
          <Button size="small" color="inherit" onClick={undo}>
            Undo
          </Button>
        )
      }
    />
  );
  return { announce, bar };
}
