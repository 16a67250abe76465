import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { namespaceOf } from '@krate/plugin-control-plane-common';
import { AccessButton, useAccess } from '@krate/plugin-control-plane-react';
import { ButtonProps } from '@mui/material/Button';
import { useState } from 'react';
import { DispatchDialog } from './DispatchDialog';

export interface DispatchButtonProps extends Pick<ButtonProps, 'size' | 'variant'> {
  organization: string;
  repository?: string;
  stack?: string;
  /** A file or folder the task is about. */
  path?: string;
  branch?: string;
  /** Why nothing can be dispatched from here now. */
  blocked?: string;
}

/** Offers to give an agent a task, with what the page knows filled in. */
export function DispatchButton({
  organization,
  repository,
  stack,
  path,
  branch,
  blocked,
  ...button
}: DispatchButtonProps) {
  const [open, setOpen] = useState(false);
  const access = useAccess('create', AgentDispatchRun, namespaceOf(organization));
  const known = Object.entries({ repository, stack, path, branch }).filter(
    ([, value]) => value !== undefined,
  );
  return (
    <>
      <AccessButton
        access={access}
        permission="dispatch agents"
        blocked={blocked}
        variant="contained"
        {...button}
        onClick={() => setOpen(true)}
      >
        Dispatch an agent
      </AccessButton>
      {open && (
        <DispatchDialog
          organization={organization}
          initial={Object.fromEntries(known)}
          open={open}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
