import Alert from '@mui/material/Alert';
import Collapse from '@mui/material/Collapse';
import { useLiveState } from '../hooks/useLiveState';

/** Quietly says that what is on screen may be out of date. */
export function LiveBanner() {
  const lost = useLiveState() === 'lost';
  return (
    <div aria-live="polite">
      <Collapse in={lost} unmountOnExit>
        <Alert severity="warning" variant="outlined" sx={{ mb: 2, py: 0 }}>
          The connection was lost. What you see may be out of date or not there yet; Krate reconnects by
          itself and catches up.
        </Alert>
      </Collapse>
    </div>
  );
}
