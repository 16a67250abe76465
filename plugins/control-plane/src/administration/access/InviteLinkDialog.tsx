import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef, Problem, SkeletonRows, useOrganization } from '@krate/plugin-control-plane-react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useEffect, useState } from 'react';
import { ShownOnce } from '../shared/ShownOnce';

/** Makes the link of an invitation and shows it, this once. Each link made ends the one before. */
export function InviteLinkDialog({
  name,
  mails,
  onClose,
}: {
  name: string | undefined;
  /** Whether invitations are mailed here. */
  mails: boolean | undefined;
  onClose(): void;
}) {
  const api = useApi(krateApiRef);
  const { organization } = useOrganization();
  const [state, setState] = useState<{ link?: string; error?: Error }>({});
  useEffect(() => {
    setState({});
    if (!name) return undefined;
    let current = true;
    api
      .request('invitations/link', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ organization, name }),
      })
      .then(response => response.json())
      .then(
        ({ link }) => current && setState({ link }),
        error => current && setState({ error }),
      );
    return () => {
      current = false;
    };
  }, [api, organization, name]);
  return (
    <Dialog open={name !== undefined} onClose={onClose} aria-labelledby="invite-link" maxWidth="sm" fullWidth>
      <DialogTitle id="invite-link">The link of the invitation</DialogTitle>
      <DialogContent>
        {state.error && <Problem error={state.error} title="No link was made" />}
        {!state.error && !state.link && <SkeletonRows rows={2} />}
        {state.link && (
          <ShownOnce label="the link" value={state.link}>
            {mails
              ? 'It replaces the one that was mailed.'
              : 'Krate sends no mail here: hand it to the person it is for.'}{' '}
            It works once, and is shown only now: nobody, Krate included, can read it again. A new link ends
            this one.
          </ShownOnce>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Done</Button>
      </DialogActions>
    </Dialog>
  );
}
