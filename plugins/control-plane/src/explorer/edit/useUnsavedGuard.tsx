import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { ReactNode, useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { useGuardedBack } from './useGuardedBack';
import { useGuardedLinks } from './useGuardedLinks';
import { useGuardedTab } from './useGuardedTab';

/**
 * Asks before a page with unsaved changes is left: by a link, by the palette, by Back or Forward, by closing the tab. (The router's
 * own blocker needs a data router, which the portal does not have.)
 *
 * @param loss - what leaving means for what was changed
 * @returns the question, to be put on the page, and a way to leave without being asked
 */
export function useUnsavedGuard(
  dirty: boolean,
  loss: string,
): { question: ReactNode; leave(go: () => void): void } {
  const [pending, setPending] = useState<() => void>();
  const location = useLocation();
  const leaving = useRef(false);
  const asking = useRef(dirty);
  asking.current = dirty && !leaving.current;
  useEffect(() => {
    leaving.current = false;
  }, [location]);
  const ask = (go: () => void) => setPending(() => go);
  useGuardedTab(asking);
  useGuardedLinks(asking, ask);
  useGuardedBack(asking, ask);

  const leave = (go: () => void) => {
    // Back takes a moment, during which the page is drawn again.
    leaving.current = true;
    asking.current = false;
    go();
  };
  const close = () => setPending(undefined);
  const question = (
    <Dialog open={Boolean(pending)} onClose={close} aria-labelledby="unsaved-title">
      <DialogTitle id="unsaved-title">Leave without saving?</DialogTitle>
      <DialogContent>{loss}</DialogContent>
      <DialogActions>
        <Button
          color="error"
          onClick={() => {
            close();
            leave(pending!);
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
