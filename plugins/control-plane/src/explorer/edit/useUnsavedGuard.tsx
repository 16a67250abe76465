import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { UNSAFE_NavigationContext as NavigationContext } from 'react-router-dom';

/**
 * Asks before a page with unsaved changes is left, by a link, by the palette or by closing the tab. (The router's own blocker
 * needs a data router, which the portal does not have.)
 *
 * @returns the question, to be put on the page, and a way to leave without being asked
 */
export function useUnsavedGuard(dirty: boolean): { question: ReactNode; leave(go: () => void): void } {
  const { navigator } = useContext(NavigationContext);
  const [pending, setPending] = useState<() => void>();
  const asking = useRef(dirty);
  asking.current = dirty;

  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent) => {
      if (asking.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', onUnload);
    const { push } = navigator;
    const guarded =
      (go: typeof push): typeof push =>
      (...to) => {
        if (!asking.current) go.apply(navigator, to);
        else setPending(() => () => go.apply(navigator, to));
      };
    navigator.push = guarded(push);
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      navigator.push = push;
    };
  }, [navigator]);

  const leave = (go: () => void) => {
    asking.current = false;
    go();
  };
  const close = () => setPending(undefined);
  const question = (
    <Dialog open={Boolean(pending)} onClose={close} aria-labelledby="unsaved-title">
      <DialogTitle id="unsaved-title">Leave without saving?</DialogTitle>
      <DialogContent>What you changed here was not saved and would be lost.</DialogContent>
      <DialogActions>
        <Button
          color="error"
          onClick={() => {
            const go = pending!;
            close();
            leave(go);
          }}
        >
          Leave
        </Button>
        {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the answer that loses nothing */}
        <Button variant="contained" onClick={close} autoFocus>
          Stay
        </Button>
      </DialogActions>
    </Dialog>
  );
  return { question, leave };
}
