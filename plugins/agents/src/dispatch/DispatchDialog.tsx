import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useNavigate } from 'react-router-dom';
import { runPath } from '../shared/paths';
import { DispatchFields } from './dispatchFields';
import { DispatchForm } from './DispatchForm';

export interface DispatchDialogProps {
  organization: string;
  initial?: Partial<DispatchFields>;
  open: boolean;
  onClose(): void;
}

/** The dispatch form over the page one is on; it leads to the run. */
export function DispatchDialog({ organization, initial, open, onClose }: DispatchDialogProps) {
  const navigate = useNavigate();
  return (
    <Dialog open={open} onClose={onClose} aria-labelledby="dispatch-title" maxWidth="sm" fullWidth>
      <DialogTitle id="dispatch-title">Dispatch an agent</DialogTitle>
      <DialogContent>
        <DialogBody>
          <DispatchForm
            organization={organization}
            initial={initial}
            onCancel={onClose}
            onDispatched={run => {
              onClose();
              navigate(runPath(organization, run.metadata.name));
            }}
          />
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

/** Room for the label of the first field, which the content of a dialog would cut. */
function DialogBody({ children }: { children: JSX.Element }) {
  return <div style={{ paddingTop: 8 }}>{children}</div>;
}
