import Tooltip from '@mui/material/Tooltip';
import { ReactElement } from 'react';

/**
 * Wraps a control that cannot be used now and says why: on hover, on keyboard focus and to screen readers. Without a
 * reason the control stands alone.
 */
export function DisabledReason({ reason, children }: { reason: string | undefined; children: ReactElement }) {
  if (!reason) return children;
  return (
    <Tooltip title={reason} describeChild>
      {/* A disabled button takes no focus; its wrapper does, so that the reason can be reached by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <span tabIndex={0} role="group" aria-label={reason} style={{ display: 'inline-block' }}>
        {children}
      </span>
    </Tooltip>
  );
}
