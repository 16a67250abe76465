import { Facts, Problem, RelativeTime, SkeletonRows } from '@krate/plugin-control-plane-react';
import Typography from '@mui/material/Typography';
import { ReactNode, useEffect, useState } from 'react';
import { Invitation } from './invitation';

/** Says who invites whom to what; below it, how to accept. */
export function InvitationOffer({
  load,
  children,
}: {
  load(): Promise<Invitation>;
  children(invitation: Invitation): ReactNode;
}) {
  const [state, setState] = useState<{ invitation?: Invitation; error?: Error }>({});
  useEffect(() => {
    let current = true;
    load().then(
      invitation => current && setState({ invitation }),
      error => current && setState({ error }),
    );
    return () => {
      current = false;
    };
  }, [load]);
  const { invitation, error } = state;
  if (error) return <Problem error={error} title="This invitation cannot be used" />;
  if (!invitation) return <SkeletonRows rows={4} />;
  return (
    <>
      <Typography sx={{ mb: 2 }}>
        {invitation.invitedBy ?? 'An admin'} invites you to <strong>{invitation.displayName}</strong>.
      </Typography>
      {invitation.message && (
        <Typography sx={{ mb: 2, pl: 2, borderLeft: 3, borderColor: 'divider', whiteSpace: 'pre-wrap' }}>
          {invitation.message}
        </Typography>
      )}
      <Facts
        facts={[
          ['For', invitation.email],
          ['Role', invitation.role],
          ['Teams', invitation.teams.join(', ')],
          ['Ends', <RelativeTime key="ends" time={invitation.expiresAt} />],
        ]}
      />
      {children(invitation)}
    </>
  );
}
